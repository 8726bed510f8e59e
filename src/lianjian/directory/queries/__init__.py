"""What the pages of the directory show, by subject."""

from django.utils.translation import gettext_lazy as _

from lianjian.foundation.declare import SearchSource

from .lists import ENDED, ORGANIZATIONS, PEOPLE, organization_url, person_url, role_word
from .lookups import (
    body_to_start_with,
    named_organization,
    organization_choices,
    person_choices,
    search_organizations,
    search_people,
)
from .records import organization_record, person_record, register_link_kind
from .relocations import posting_panel, relocation_panel
from .resolving import Resolution, Resolver, county_of, resolve_area
from .sectors import sector_of
from .tags import tag_panel
from .team_notes import progress_panel

SEARCHES = [
    SearchSource(_("组织机构"), "directory.read", search_organizations, 10),  # type: ignore[arg-type]
    SearchSource(_("人员"), "people.see", search_people, 20),  # type: ignore[arg-type]
]

__all__ = [
    "ENDED",
    "ORGANIZATIONS",
    "PEOPLE",
    "SEARCHES",
    "Resolution",
    "Resolver",
    "county_of",
    "body_to_start_with",
    "named_organization",
    "organization_choices",
    "organization_record",
    "organization_url",
    "person_choices",
    "person_record",
    "person_url",
    "posting_panel",
    "progress_panel",
    "register_link_kind",
    "relocation_panel",
    "resolve_area",
    "role_word",
    "sector_of",
    "tag_panel",
]
