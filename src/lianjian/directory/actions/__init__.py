"""Verbs of the directory, by subject."""

from .grants import end_grant, grant_role
from .likenesses import find_likenesses, mark_different, note_likeness
from .links import end_link, link_organizations
from .loading import load_areas, load_industries, remove_shape, upload_shapes
from .merging import merge_organizations
from .moving import dissolve_organization, move_organization
from .organizations import (
    add_alias,
    change_organization,
    found_root,
    register_organization,
)
from .people import add_membership, change_person, end_membership, register_person, unmask
from .posts import add_post, appoint, change_post, change_term, end_post, reopen_post
from .profiles import set_enterprise_year, set_profile
from .relocations import drop_relocation, end_relocation, post_cadre, relocate_village
from .seats import add_to_team, add_unit_to_team, correct_seat, leave_team
from .tags import (
    Given,
    TagLine,
    add_measure,
    add_tag,
    add_tag_scheme,
    change_measure,
    change_tag_scheme,
    drop_tag,
    end_measure,
    end_tag,
    retire_tag,
    set_tag,
    set_tags,
    taggable,
)
from .team_import import import_team_members
from .team_notes import change_note, note_progress, withdraw_note
from .teams import change_team, dissolve_team, found_team
from .unmerging import unmerge

__all__ = [
    "Given",
    "TagLine",
    "add_measure",
    "add_tag",
    "add_tag_scheme",
    "change_measure",
    "change_tag_scheme",
    "end_measure",
    "end_relocation",
    "end_tag",
    "post_cadre",
    "relocate_village",
    "retire_tag",
    "taggable",
    "set_tag",
    "set_tags",
    "drop_relocation",
    "drop_tag",
    "add_to_team",
    "add_unit_to_team",
    "correct_seat",
    "change_team",
    "dissolve_team",
    "found_team",
    "import_team_members",
    "leave_team",
    "change_note",
    "note_progress",
    "withdraw_note",
    "add_alias",
    "add_membership",
    "add_post",
    "appoint",
    "change_organization",
    "change_person",
    "change_post",
    "change_term",
    "dissolve_organization",
    "end_grant",
    "end_link",
    "end_membership",
    "end_post",
    "reopen_post",
    "find_likenesses",
    "found_root",
    "grant_role",
    "link_organizations",
    "load_areas",
    "load_industries",
    "mark_different",
    "merge_organizations",
    "move_organization",
    "note_likeness",
    "register_organization",
    "register_person",
    "remove_shape",
    "set_enterprise_year",
    "set_profile",
    "unmask",
    "unmerge",
    "upload_shapes",
]
