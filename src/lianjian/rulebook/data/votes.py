"""The master vote table: who must be there, who must agree, of whom (rules.md 0.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianjian.foundation.errors import _

from .rows import (
    BRANCHES,
    BRANCHES_DAY,
    COLLECTIVES,
    COLLECTIVES_DAY,
    COMMUNITIES,
    CONF_DAY,
    DEVELOPMENT,
    DEVELOPMENT_DAY,
    ELECTIONS,
    ELECTIONS_DAY,
    LAND_CONTRACTS,
    LAND_DAY,
    MANUAL,
    PRACTICE,
    VILLAGES,
    VILLAGES_DAY,
    VILLAGES_OLD,
    VILLAGES_OLD_END,
    Law,
    RuleRow,
)

HALF, MORE, THIRDS = "half", "more_than_half", "two_thirds"

_SECRET = _("无记名投票")
_SINGLY = _("逐个讨论和表决")
_OPEN_COUNT = _("公开计票")
_TOWNSHIP = _("乡镇人民政府批准")

_MEMBERS = Law(DEVELOPMENT, DEVELOPMENT_DAY, "member", _("支部大会接收预备党员和转正的表决"))
_BRANCH = Law(BRANCHES, BRANCHES_DAY, "branch", _("支部党员大会和支委会的表决"))
_ELECTION = Law(ELECTIONS, ELECTIONS_DAY, "election", _("党的基层组织换届选举"))
_VILLAGE = _("村民会议、村民代表会议、村民小组会议的表决")
_VILLAGE_VOTE = _("村民委员会选举和罢免")
_OLD = Law(VILLAGES, VILLAGES_OLD, "village", _VILLAGE, "V1")
_NEW = Law(VILLAGES, VILLAGES_DAY, "village", _VILLAGE, "V1")
_COLLECTIVE = Law(COLLECTIVES, COLLECTIVES_DAY, "collective", _("成员大会、成员代表大会、理事会的表决"), "V1")
_LAND = Law(LAND_CONTRACTS, LAND_DAY, "land", _("土地承包方案、调整和对外发包的表决"), "V1")
_COMMUNITY = Law(COMMUNITIES, date(2026, 1, 1), "community", _("居民会议、居民代表会议的表决"), "V1")
_FOUR = Law(MANUAL, CONF_DAY, "village", _("“四议两公开”第三步党员大会审议"), "CONF")
_CUSTOM = Law(PRACTICE, CONF_DAY, "branch", _("支部党员大会和支委会的表决"), "CONF")


def vote(**rolls: tuple[str, str, str]) -> dict[str, Any]:
    """Params from roll = (quorum, pass, of); "" leaves one out."""
    made: dict[str, Any] = {}
    for roll, (quorum, share, of) in rolls.items():
        asked = {"quorum": quorum} if quorum else {}
        made[roll] = {**asked, "pass": share, "of": of} if share else asked
    return {"rolls": made}


def _both(
    code: str, title: str, ref: str, old: str, new: str, params: dict[str, Any], bites: str = _VILLAGE
) -> tuple[RuleRow, RuleRow]:
    """The article of the text of 2018 and that of the text of 2025, for acts of their own days."""
    return (
        _OLD.row(code, title, "majority", "BLOCK", old, ref, params, valid_to=VILLAGES_OLD_END, bites=bites),
        _NEW.row(code, title, "majority", "BLOCK", new, ref, params, version=2, bites=bites),
    )


_ASSEMBLED = vote(adults=(MORE, MORE, "present"), households=(THIRDS, MORE, "present"))
_GROUP = vote(adults=(THIRDS, MORE, "present"), households=(THIRDS, MORE, "present"))
_REPRESENTED = vote(assembly=(THIRDS, MORE, "present"))
_BALLOT = {
    **vote(electors=(MORE, MORE, "present")),
    "needs": {"secret": _SECRET, "open_count": _OPEN_COUNT},
}
_RUN_OFF = {
    **vote(electors=("", "one_third", "present")),
    "plurality": True,
    "needs": {"secret": _SECRET, "open_count": _OPEN_COUNT},
}
_ALL_MEMBERS = vote(members=(THIRDS, THIRDS, "eligible"))
_LAND_VOTE = vote(members_meeting=("", THIRDS, "present"), village_representatives=("", THIRDS, "eligible"))

ROWS: tuple[RuleRow, ...] = (
    _MEMBERS.row(
        "vote.member",
        _("接收预备党员、转正、延长和取消预备党员资格的表决"),
        "majority",
        "BLOCK",
        "20、21、33",
        "VT1 S15 S23",
        {
            **vote(voters=(MORE, MORE, "eligible")),
            "written": True,
            "needs": {"secret": _SECRET, "singly": _SINGLY},
        },
    ),
    _BRANCH.row(
        "vote.branch",
        _("支部党员大会其他事项的表决"),
        "majority",
        "BLOCK",
        "11",
        "VT2",
        vote(voters=(HALF, MORE, "eligible")),
    ),
    _CUSTOM.row(
        "vote.committee",
        _("支委会的表决"),
        "majority",
        "WARN",
        "",
        "VT3",
        vote(committee=(HALF, MORE, "present")),
    ),
    _ELECTION.row(
        "election.quorum",
        _("党的基层组织选举的到会人数"),
        "quorum",
        "BLOCK",
        "",
        "VT4 R3.04",
        vote(party_electors=("four_fifths", "", "")),
    ),
    _ELECTION.row(
        "election.pass",
        _("党的基层组织选举的当选票数"),
        "majority",
        "BLOCK",
        "",
        "VT4 R3.08",
        {**vote(party_electors=("", MORE, "eligible")), "needs": {"secret": _SECRET}},
        source=_("选举条例的表决基数各文本不一,默认按应到会人数,由各地规定"),
        confidence="CONF",
        valid_from=CONF_DAY,
    ),
    *_both("vote.village", _("村民会议的表决"), "VT5", "22", "26", _ASSEMBLED),
    *_both("vote.village_representatives", _("村民代表会议的表决"), "VT6", "26", "30", _REPRESENTED),
    *_both("vote.village_group", _("村民小组会议的表决"), "VT7", "28", "32", _GROUP),
    *_both("vote.village_election", _("村民委员会选举"), "VT8", "15", "18", _BALLOT, _VILLAGE_VOTE),
    *_both("vote.village_run_off", _("村民委员会另行选举"), "VT8", "15", "18", _RUN_OFF, _VILLAGE_VOTE),
    *_both(
        "vote.village_recall",
        _("罢免村民委员会成员"),
        "VT9",
        "16",
        "19",
        vote(electors=(MORE, MORE, "present")),
        _VILLAGE_VOTE,
    ),
    _COLLECTIVE.row("vote.collective", _("成员大会的表决"), "majority", "BLOCK", "27", "VT10", _ALL_MEMBERS),
    _COLLECTIVE.row(
        "vote.collective_representatives",
        _("成员代表大会的表决"),
        "majority",
        "BLOCK",
        "28",
        "VT11",
        vote(representatives=("", THIRDS, "eligible")),
    ),
    _COLLECTIVE.row(
        "vote.collective_board",
        _("理事会的表决"),
        "majority",
        "BLOCK",
        "31",
        "VT12",
        vote(directors=(THIRDS, MORE, "eligible")),
    ),
    _COLLECTIVE.row(
        "vote.collective_benefit",
        _("给予长期工作的非成员收益和福利的表决"),
        "majority",
        "BLOCK",
        "15",
        "VT13",
        vote(members=(THIRDS, "three_quarters", "eligible")),
    ),
    _LAND.row("vote.land_plan", _("土地承包方案的表决"), "majority", "BLOCK", "19", "VT14", _LAND_VOTE),
    _LAND.row("vote.land_adjust", _("调整承包地的表决"), "majority", "BLOCK", "28", "VT14", _LAND_VOTE),
    _LAND.row(
        "vote.land_outsider",
        _("发包给本集体以外的单位或个人的表决"),
        "majority",
        "BLOCK",
        "52",
        "VT14",
        {**_LAND_VOTE, "needs": {"township": _TOWNSHIP}},
    ),
    _FOUR.row(
        "vote.deliberation",
        _("“四议两公开”党员大会审议"),
        "majority",
        "BLOCK",
        "",
        "VT15",
        {
            **vote(party_members=(THIRDS, MORE, "eligible")),
            "floor": vote(party_members=(HALF, MORE, "eligible")),
        },
    ),
    _COMMUNITY.row(
        "vote.community",
        _("居民会议的表决"),
        "majority",
        "BLOCK",
        "27",
        "VT16",
        vote(residents=(MORE, MORE, "present"), households=(MORE, MORE, "present")),
    ),
    _COMMUNITY.row(
        "vote.community_representatives",
        _("居民代表会议的表决"),
        "majority",
        "BLOCK",
        "29",
        "VT17",
        vote(resident_assembly=(THIRDS, MORE, "present")),
    ),
)
