"""Of what ownership an enterprise is, and the field (领域) in which a body stands (checklist 001-20, 002-58)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lianjian.foundation.errors import _, translate

# By who controls the firm: one held by the state is of the state, whatever its legal form.
OWNERSHIPS: Final[Mapping[str, str]] = {
    "state": _("国有(含国有控股)"),
    "collective": _("集体(含集体控股)"),
    "private": _("民营(私营)"),
    "hmt": _("港澳台资"),
    "foreign": _("外资"),
}
NON_PUBLIC: Final = ("private", "hmt", "foreign")

ORGAN, STATE_FIRM, COLLECTIVE_FIRM, NON_PUBLIC_FIRM = "organ", "state_firm", "collective_firm", "non_public_firm"
FIRM, BANK, SOCIAL, COOPERATIVE, VILLAGE = "firm", "bank", "social", "cooperative", "village"
INSTITUTE, OTHER, UNKNOWN = "institute", "other", "unknown"
SECTORS: Final[Mapping[str, str]] = {
    ORGAN: _("机关(党政、群团)"),
    STATE_FIRM: _("国有企业"),
    COLLECTIVE_FIRM: _("集体企业"),
    NON_PUBLIC_FIRM: _("非公有制企业"),
    FIRM: _("企业(没有登记所有制)"),
    BANK: _("金融机构"),
    SOCIAL: _("社会组织"),
    COOPERATIVE: _("农民合作社"),
    VILLAGE: _("村(社区)"),
    INSTITUTE: _("院校院所"),
    OTHER: _("其他领域"),
    UNKNOWN: _("没有登记所在单位"),
}
# The field of a body of each kind; a firm's follows from its ownership.
OF_KIND: Final[Mapping[str, str]] = {
    "government": ORGAN, "mass": ORGAN, "party": ORGAN, "station": ORGAN, "bank": BANK, "social": SOCIAL,
    "cooperative": COOPERATIVE, "village": VILLAGE, "institute": INSTITUTE,
}  # fmt: skip
OF_OWNERSHIP: Final[Mapping[str, str]] = {
    "state": STATE_FIRM, "collective": COLLECTIVE_FIRM, **dict.fromkeys(NON_PUBLIC, NON_PUBLIC_FIRM),
}  # fmt: skip
FIRMS: Final = ("enterprise", "property")


def sector_word(code: str) -> str:
    """A field in words."""
    return translate(SECTORS[code])
