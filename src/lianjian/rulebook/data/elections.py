"""Grass-roots elections of the Party (rules.md 3); quorum and majority are in `votes.py`."""

from __future__ import annotations

from lianjian.foundation.errors import _

from .rows import CONF_DAY, ELECTION_REPLY, ELECTIONS, ELECTIONS_DAY, PRACTICE, Law, RuleRow

_BITES = _("党的基层组织换届选举")
_LAW = Law(ELECTIONS, ELECTIONS_DAY, "election", _BITES)
_LOCAL = Law(PRACTICE, CONF_DAY, "election", _BITES, "CONF")

BALLOTS, PERSONS = _("张选票"), _("人")

ROWS: tuple[RuleRow, ...] = (
    _LAW.row(
        "election.moved",
        _("提前或延期换届须上级批准"),
        "enum",
        "BLOCK",
        "3",
        "R3.01",
        {"all_of": {"approval": _("上级批准文号")}},
    ),
    _LAW.row(
        "election.postponed",
        _("延期换届的期限"),
        "max_deadline",
        "WARN",
        "3",
        "R3.01",
        {"amount": 1, "roll": False},
        unit="y",
    ),
    _LAW.row(
        "election.delegates",
        _("由党员代表大会选举的党员人数"),
        "enum",
        "WARN",
        "4",
        "R3.02",
        {
            "one_of": {
                "members": {"words": _("党员大会选举")},
                "delegates": {"words": _("党员代表大会选举"), "min": 500},
            }
        },
    ),
    _LAW.row(
        "election.delegates_approved",
        _("由党员代表大会选举须上级批准"),
        "enum",
        "BLOCK",
        "4",
        "R3.02",
        {"all_of": {"approval": _("上级批准")}},
    ),
    _LAW.row(
        "election.no_vote",
        _("没有选举权和被选举权的人"),
        "exclusion",
        "BLOCK",
        "5",
        "R3.03",
        {
            "none_of": {
                "probationary": _("预备党员"),
                "on_probation": _("留党察看期间的党员"),
                "suspended": _("被中止党员权利的党员"),
            }
        },
    ),
    _LOCAL.row(
        "election.proxy",
        _("不得委托投票"),
        "exclusion",
        "BLOCK",
        "",
        "R3.05",
        {"none_of": {"proxy": _("委托他人投票"), "candidate_writes": _("候选人代写选票")}},
    ),
    _LAW.row(
        "election.left_out",
        _("可以不计入应到会人数的党员"),
        "enum",
        "BLOCK",
        "",
        "R3.06",
        {
            "one_of": {
                "no_will": _("不能表达意志的"),
                "abroad": _("自费出国(境)六个月以上的"),
                "sentenced": _("受留党察看处分或服刑的"),
                "ill": _("年老体弱卧床不起或长期生病的"),
                "away": _("外出六个月以上、应转组织关系而未转的"),
                "retired": _("已回原籍或异地居住、不便参加组织生活的离退休党员"),
            },
        },
        source=ELECTION_REPLY,
    ),
    _LAW.row(
        "election.left_out_approved",
        _("不计入应到会人数的程序"),
        "enum",
        "BLOCK",
        "",
        "R3.06",
        {"all_of": {"upper": _("上级党组织同意"), "meeting": _("党员大会通过")}},
        source=ELECTION_REPLY,
    ),
    _LOCAL.row(
        "election.candidates",
        _("委员候选人多于应选人数的差额"),
        "range",
        "BLOCK",
        "",
        "R3.07",
        {"min": "limit", "ratio": [6, 5], "measure": PERSONS},
    ),
    _LAW.row(
        "election.ballots",
        _("收回选票不多于发出选票"),
        "range",
        "BLOCK",
        "",
        "R3.09",
        {"max": "limit", "limit": _("发出的选票数"), "measure": BALLOTS},
    ),
    _LAW.row(
        "election.names",
        _("一张选票所选人数不多于应选人数"),
        "range",
        "BLOCK",
        "",
        "R3.09",
        {"max": "limit", "limit": _("应选人数"), "measure": PERSONS},
    ),
    _LAW.row(
        "election.seats",
        _("当选人数不多于应选人数"),
        "range",
        "BLOCK",
        "",
        "R3.10",
        {"max": "limit", "limit": _("应选人数"), "measure": PERSONS},
    ),
    _LOCAL.row(
        "election.order",
        _("候选人名单的顺序"),
        "enum",
        "WARN",
        "",
        "R3.11",
        {"one_of": {"strokes": _("按姓氏笔画"), "approved": _("按批准的顺序")}},
    ),
    _LOCAL.row(
        "election.reported",
        _("选举请示和结果报告"),
        "enum",
        "BLOCK",
        "",
        "R3.12",
        {"all_of": {"request": _("选举前请示"), "report": _("选举后报告")}},
    ),
)
