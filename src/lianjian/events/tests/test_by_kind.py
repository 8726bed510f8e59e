"""Meetings and their people by kind: the parts add up to the figure, and each opens onto its rows."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.test import Client

from lianjian.events import actions
from lianjian.events.rules import meetings as rules
from lianjian.events.tests.meetingwork import held, planned
from tests.cast import NOW, Cast

HREF = re.compile(r'part=([^"&#]+)#rows"[^>]*>([^<]+)</a></td><td class="is-number">([\d,]+)<')


def _parts(client: Client, code: str) -> dict[str, int]:
    page = client.get(f"/figures/{code}/?period=2026-03").content.decode()
    return {word: int(number) for _code, word, number in HREF.findall(page)}


def _three(cast: Cast) -> None:
    """Two of one kind, one of a kind that the office added, and one that was never held."""
    actions.add_word(actor=cast.actor("clerk"), list_code="kind", name="茶话会", now=NOW)
    firm = [(cast.firm, rules.MEMBER)]
    for kind, title in (("座谈会", "第一次座谈"), ("座谈会", "第二次座谈"), ("茶话会", "新春茶话")):
        held(cast, planned(cast, kind=kind, title=title, bodies=firm, answer_by=None))
    planned(cast, kind="座谈会", title="没有开的座谈", bodies=firm, answer_by=None)


def test_each_kind_opens_onto_its_own_meetings(cast: Cast) -> None:
    _three(cast)
    leader = cast.client("leader")
    assert _parts(leader, "events.meetings") == {"座谈会": 2, "茶话会": 1}
    assert _parts(leader, "events.meeting_people") == {"座谈会": 4, "茶话会": 2}
    whole = leader.get("/figures/events.meetings/?period=2026-03").content.decode()
    assert "<strong>3</strong>" in whole and "只列出" not in whole
    one = leader.get("/figures/events.meetings/", {"period": "2026-03", "part": "座谈会"}).content.decode()
    assert "第一次座谈" in one and "第二次座谈" in one and "新春茶话" not in one and "没有开的座谈" not in one
    assert "只列出" in one and "这 2 次" in one and "<strong>3</strong>" in one
    people = leader.get("/figures/events.meeting_people/", {"period": "2026-03", "part": "茶话会"}).content.decode()
    assert "新春茶话" in people and "第一次座谈" not in people


def test_nothing_of_a_kind_and_a_figure_that_is_not_taken_apart(cast: Cast) -> None:
    _three(cast)
    leader = cast.client("leader")
    none = leader.get("/figures/events.meetings/", {"period": "2026-03", "part": "竞赛"}).content.decode()
    assert "没有符合定义的记录" in none and "这 0 次" in none
    for wrong in ("\0", "'"):
        assert leader.get("/figures/events.meetings/", {"period": "2026-03", "part": wrong}).status_code == 200
    other = leader.get("/figures/events.joint_meetings/", {"period": "2026-03", "part": "座谈会"}).content.decode()
    assert "只列出" not in other


def test_in_english_the_known_kinds_are_words_and_a_place_s_own_stays(cast: Cast) -> None:
    _three(cast)
    leader = cast.client("leader")
    leader.cookies["language"] = "en"
    page = leader.get("/figures/events.meetings/?period=2026-03").content.decode()
    assert "By kind" in page and "座谈会" not in page.split("<main", 1)[1].replace(quote("座谈会"), "")
    assert page.count("Round table") == 3 and page.count("茶话会") == 2
