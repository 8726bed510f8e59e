"""Disputes are mediated by the law on people's mediation; petitions are heard and closed by the hearing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from lianjian.cases import actions, rules
from lianjian.cases.figures import SOLVED
from lianjian.cases.models import Agreement, Attempt, Case, Hearing
from lianjian.cases.tests.walk import open_duties, register
from lianjian.duties.models import Duty
from lianjian.foundation.rights import Denied
from tests.cast import NOW, TODAY, Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEDIATORS = [("张圣福", "household"), ("江律师", "adviser")]


def told(cast: Cast, kind: str, **more: Any) -> Case:
    given = {"kind": kind, "organization": None, "village": cast.village, "category": "law", **more}
    case = register(cast, **given)
    actions.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    actions.sign_case(actor=cast.actor("handler"), case=case, now=NOW)
    return case


def dispute(cast: Cast, parties: bool = True) -> Case:
    case = told(cast, "dispute", text="两家为山林地界争执", tier="hamlet")
    if parties:
        for name, side in (("李某忠", "asking"), ("赵某发", "other")):
            actions.add_party(
                actor=cast.actor("handler"), case=case, name=name, side=side, phone="13900001111", now=NOW
            )
    return case


def attempt(cast: Cast, case: Case, outcome: str = "closer", **more: Any) -> Attempt:
    given = {"mediators": MEDIATORS, "text": "上门说理", "now": NOW + HOUR, **more}
    return actions.record_attempt(actor=cast.actor("handler"), case=case, outcome=outcome, **given)


def test_a_dispute_is_settled_in_the_hamlet_by_household_and_adviser(cast: Cast) -> None:
    case = dispute(cast)
    attempt(cast, case)
    attempt(cast, case, "agreed", text="以老界石为准", now=NOW + DAY)
    assert case.state == "handling" and Attempt.objects.filter(case=case, tier="hamlet").count() == 2
    agree = {"case": case, "form": "written", "terms": "以老界石为界,各自管护", "now": NOW + DAY}
    with pytest.raises(rules.AgreementUnsigned):
        actions.reach_agreement(actor=cast.actor("handler"), **agree)
    made = actions.reach_agreement(actor=cast.actor("handler"), **agree, signed=True)
    # 人民调解法 33: within thirty days of taking effect.
    assert made.court_until is not None and made.court_until.date() == TODAY + DAY + 30 * DAY
    assert (case.state, case.outcome) == ("answered", "solved")
    assert Duty.objects.get(subject_key=made.key, state="open").kind == "cases.court"
    with pytest.raises(rules.NotNow):
        attempt(cast, case)
    actions.confirm_case(actor=cast.actor("clerk"), case=case, reason="双方都到场确认", now=NOW + 2 * DAY)
    assert Case.objects.filter(SOLVED, pk=case.pk, tier="hamlet").exists()
    actions.follow_agreement(actor=cast.actor("clerk"), case=case, kept=True, note="界桩已立", now=NOW + 9 * DAY)
    actions.confirm_in_court(actor=cast.actor("clerk"), case=case, number="(2026)民特1号", now=NOW + 9 * DAY)
    assert not Duty.objects.filter(subject_key=made.key, state="open").exists()
    held = Agreement.objects.get(case=case)
    assert (held.kept, held.court_number) == (True, "(2026)民特1号")


def test_names_are_whole_for_who_handles_it_and_masked_for_others(cast: Cast) -> None:
    case = dispute(cast)
    attempt(cast, case)
    address = reverse("cases:case", kwargs={"key": case.key})
    for who in ("handler", "clerk"):
        assert "李某忠" in cast.client(who).get(address).content.decode()
    page = cast.client("leader").get(address).content.decode()
    assert "李**" in page and "李某忠" not in page and "张圣福(党员中心户)" in page
    assert cast.client("other_handler").get(address).status_code == 404


def test_nobody_is_mediated_against_a_clear_refusal(cast: Cast) -> None:
    """人民调解法 17."""
    case = dispute(cast, parties=False)
    with pytest.raises(rules.TwoSides):
        attempt(cast, case)
    actions.add_party(actor=cast.actor("handler"), case=case, name="甲", side="asking", now=NOW)
    actions.add_party(actor=cast.actor("handler"), case=case, name="乙", side="other", now=NOW)
    with pytest.raises(rules.MediatorNeeded):
        attempt(cast, case, mediators=[])
    attempt(cast, case, "refused")
    with pytest.raises(rules.PartyRefuses):
        attempt(cast, case)
    attempt(cast, case, agreed_again=True)
    with pytest.raises(rules.WaysNeeded):
        actions.end_mediation(actor=cast.actor("handler"), case=case, text=" ", now=NOW + DAY)
    actions.end_mediation(
        actor=cast.actor("handler"), case=case, text="可向县人民法院起诉", reported="已报派出所", now=NOW + DAY
    )
    assert (case.state, case.outcome) == ("answered", "explained") and "派出所" in case.answer
    need = register(cast)
    with pytest.raises(rules.NotMediated):
        actions.add_party(actor=cast.actor("clerk"), case=need, name="丙", side="other", now=NOW)
    with pytest.raises(Denied):
        actions.add_party(actor=cast.actor("other_handler"), case=case, name="丙", side="other", now=NOW)


def test_mediation_by_form(cast: Cast) -> None:
    case = dispute(cast, parties=False)
    client = cast.client("handler")

    def send(act: str, **values: Any) -> Any:
        return client.post(reverse("cases:mediate", kwargs={"key": case.key, "act": act}), values)

    assert send("party", side="asking", name="李某忠").status_code == 303
    assert send("party", side="other", name="赵某发").status_code == 303
    wrong = send("attempt", mediators="张圣福 路人", held_on="2026-03-09", text="x", outcome="closer")
    assert wrong.status_code == 422 and "党员中心户" in wrong.content.decode()
    lines = "张圣福 党员中心户\n江律师 村法律顾问"
    assert send("attempt", mediators=lines, held_on="2026-03-09", text="说理", outcome="agreed").status_code == 303
    assert send("agreement", form="oral", terms="各退一步", effective_on="2026-03-09").status_code == 303
    page = client.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "口头协议" in page and "江律师(村法律顾问)" in page
    assert send("follow", kept="no", on="2026-03-20", note_text="还在拖").status_code == 303
    assert send("court", number="").status_code == 303
    for act in ("party", "attempt", "agreement", "end", "follow", "court"):
        address = reverse("cases:mediate", kwargs={"key": case.key, "act": act})
        assert client.get(address).status_code == 200
    assert client.get(reverse("cases:mediate", kwargs={"key": case.key, "act": "x"})).status_code == 404


SEATS = [
    ("周书记", "chair"),
    ("吴代表", "member"),
    ("郑律师", "member"),
    ("冯秘书", "clerk"),
    ("陈某", "petitioner"),
    ("企业办", "unit"),
]


def plan(cast: Cast, *cases: Case, **more: Any) -> Hearing:
    given = {
        "title": "安置补偿积案听证",
        "plan": "争议焦点:面积认定",
        "scheduled_at": NOW + 5 * DAY,
        "place": "镇会议室",
        "people": SEATS,
        "now": NOW,
        **more,
    }
    return actions.plan_hearing(actor=cast.actor("clerk"), cases=list(cases), **given)


def conclude(cast: Cast, hearing: Hearing, outcomes: dict[int, str], who: str = "leader", **more: Any) -> Hearing:
    given = {"people": SEATS, "minutes": "逐项质询", "conclusion": "依据征收办法第十条,面积认定准确", **more}
    return actions.conclude_hearing(
        actor=cast.actor(who), hearing=hearing, outcomes=outcomes, now=NOW + 5 * DAY, **given
    )


def test_one_hearing_closes_several_petitions(cast: Cast) -> None:
    first, second, third = (told(cast, "petition", text=f"补偿面积不对{n}") for n in range(3))
    hearing = plan(cast, first, second, third)
    with pytest.raises(Denied):
        conclude(cast, hearing, {}, "handler")
    with pytest.raises(rules.PetitionerMissing):
        conclude(cast, hearing, {}, people=SEATS[:4])
    with pytest.raises(rules.PanelShort):
        conclude(cast, hearing, {}, people=SEATS[1:])
    with pytest.raises(rules.HearingWords):
        conclude(cast, hearing, {}, conclusion=" ")
    came = [*SEATS[:3], *SEATS[4:], ("王大爷", "public")]
    conclude(cast, hearing, {first.pk: "explained", second.pk: "solved"}, people=came)
    states = dict(Case.objects.filter(kind="petition").values_list("pk", "state"))
    assert states == {first.pk: "closed", second.pk: "closed", third.pk: "signed"}
    first.refresh_from_db()
    assert (first.closing, first.outcome, first.hand) == ("hearing", "explained", "") and open_duties(first) == []
    # A hearing is not the petitioner's word: it counts as solved nowhere.
    assert not Case.objects.filter(SOLVED, kind="petition").exists()
    hearing.refresh_from_db()
    assert hearing.state == "concluded"
    attended = dict(hearing.people.values_list("name", "attended"))
    assert attended["冯秘书"] is False and attended["王大爷"] is True and attended["周书记"] is True
    with pytest.raises(rules.HearingOver):
        conclude(cast, hearing, {})


def test_only_open_petitions_are_heard_by_a_whole_panel(cast: Cast) -> None:
    petition = told(cast, "petition", text="补偿面积不对")
    with pytest.raises(rules.NotHeard):
        plan(cast, register(cast))
    with pytest.raises(rules.NotHeard):
        plan(cast)
    with pytest.raises(rules.PanelShort):
        plan(cast, petition, people=SEATS[3:])
    hearing = plan(cast, petition)
    actions.cancel_hearing(actor=cast.actor("clerk"), hearing=hearing, reason="信访人撤回申请", now=NOW)
    with pytest.raises(rules.HearingOver):
        conclude(cast, hearing, {})


def test_hearings_by_form(cast: Cast) -> None:
    case = told(cast, "petition", text="补偿面积不对")
    office, head = cast.client("clerk"), cast.client("leader")
    seats = "周书记 主持人\n吴代表、郑律师 听证员\n冯秘书 记录人\n陈某 信访人\n企业办 责任单位"
    sent = {
        "title": "面积听证",
        "cases": [str(case.key)],
        "scheduled_at": "2026-03-14T09:00",
        "place": "镇会议室",
        "plan": "质询",
        "people": seats,
    }
    assert office.get(f"{reverse('cases:plan_hearing')}?case={case.key}").status_code == 200
    made = office.post(reverse("cases:plan_hearing"), sent)
    assert made.status_code == 303, made.content.decode()
    page = office.get(made.headers["Location"]).content.decode()
    assert "吴代表" in page and case.number in page
    assert "面积听证" in office.get(reverse("cases:hearings")).content.decode()
    cast.actor("clerk")
    key = Hearing.objects.get().key
    address = reverse("cases:conclude_hearing", kwargs={"key": key})
    assert "周书记 主持人" in head.get(address).content.decode()
    told_words = {"held_on": "2026-03-14", "people": seats, "minutes": "略", "conclusion": "依据第十条,认定准确"}
    closed = head.post(address, {**told_words, f"case_{case.pk}": "explained"})
    assert closed.status_code == 303, closed.content.decode()
    assert "依据第十条" in office.get(reverse("cases:hearing_paper", kwargs={"key": key})).content.decode()
    assert "面积听证" in office.get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert cast.client("other_clerk").get(reverse("cases:hearing", kwargs={"key": key})).status_code == 404
    cast.actor("clerk")
    assert Hearing.objects.get().state == "concluded"
