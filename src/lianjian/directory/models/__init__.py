"""People, organizations, posts, places and who may do what. Terms: Popolo and the W3C Organization ontology."""

from .grants import Grant
from .merging import Likeness, Merge
from .organizations import (
    Alias,
    EnterpriseProfile,
    EnterpriseYear,
    Link,
    Organization,
    PartyProfile,
    VillageProfile,
)
from .people import Membership, Person, Post
from .places import Area, AreaShape, Industry
from .relocations import Relocation
from .tags import Tag, Tagging, TagMeasure, TagScheme
from .team_notes import TeamNote
from .teams import Team, TeamArea, TeamMember, TeamUnit

__all__ = [
    "Alias",
    "Area",
    "AreaShape",
    "EnterpriseProfile",
    "EnterpriseYear",
    "Grant",
    "Industry",
    "Likeness",
    "Link",
    "Membership",
    "Merge",
    "Organization",
    "PartyProfile",
    "Person",
    "Post",
    "Relocation",
    "Tag",
    "TagMeasure",
    "TagScheme",
    "Tagging",
    "Team",
    "TeamArea",
    "TeamMember",
    "TeamNote",
    "TeamUnit",
    "VillageProfile",
]
