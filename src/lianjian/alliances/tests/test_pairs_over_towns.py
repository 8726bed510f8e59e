"""A county pairs bodies of its towns: proposed, confirmed, reported at home, counted once. By the front door."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianjian.alliances import actions, tasks
from lianjian.alliances.models import (
    PairAction,
    PairFact,
    Pairing,
    PairRecord,
    PairReport,
    PairTask,
    Proposal,
)
from lianjian.alliances.queries.proposing import inputs
from lianjian.alliances.rules import pairing as rules
from lianjian.directory import actions as directory
from lianjian.directory.actions.merging import merge_organizations
from lianjian.directory.models import Organization
from lianjian.duties.models import Duty
from lianjian.files.models import File
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, TODAY, Cast, acting

from .towns import BEGAN, action, confirm, enrol, follow, pair, programme, proposed, report, take

DAY = timedelta(days=1)


def duties(cast: Cast, who: str, body: Organization) -> int:
    cast.actor(who)
    return Duty.objects.filter(organization=body, kind__startswith="alliances.pair_", state="open").count()


def test_a_county_pairs_its_towns_by_the_pages(cast: Cast) -> None:
    county = cast.client("county_clerk")
    held = programme(cast)
    for side, body in (("giver", cast.other_firm), ("receiver", cast.village)):
        sent = {"side": side, "names": body.name, "consent": "unknown"}
        assert county.post(reverse("alliances:enrol", kwargs={"key": held.key}), sent).status_code == 303
    assert county.post(reverse("alliances:propose", kwargs={"key": held.key})).status_code == 303
    cast.actor("county_clerk")
    url = reverse("alliances:confirm", kwargs={"key": Proposal.objects.get().key})
    assert county.post(url, {"since": "2026-03-01"}).status_code == 303
    cast.actor("county_clerk")
    made = Pairing.objects.get()
    assert made.jurisdiction == cast.county and PairAction.objects.count() == 6
    # The jobs as they run; twice is once.
    for _time in range(2):
        for town in (cast.town, cast.other_town):
            tasks.follow.run_job(jurisdiction_id=town.pk, pairing_ids=[made.pk])  # type: ignore[attr-defined]
    assert duties(cast, "other_clerk", cast.other_firm) == 6 and duties(cast, "clerk", cast.village) == 6
    assert not Duty.objects.filter(jurisdiction=cast.county).exists()
    firm = cast.client("other_clerk")
    page = reverse("alliances:pairing", kwargs={"key": made.key})
    shown = firm.get(page).content.decode()
    assert "签订一份共建协议书" in shown and "由另一个地区牵头" in shown
    assert reverse("alliances:contribute", kwargs={"key": made.key}) not in shown  # left to the office, and the page says so
    one = action(made, "agreement")
    sent = {"on": "2026-03-05", "note": "在石桥镇签订", "file": SimpleUploadedFile("协议.pdf", b"%PDF-1.7 x")}
    url = reverse("alliances:record_action", kwargs={"key": one.key})
    assert firm.get(url).status_code == 200
    assert firm.post(url, {"on": "2026-02-01"}).status_code == 422
    assert firm.post(url, sent).status_code == 303
    shown = firm.get(page).content.decode()
    assert "已上报,等牵头地区计入" in shown and "已做 0 次" in shown
    assert duties(cast, "other_clerk", cast.other_firm) == 5  # told at home, so done at home
    for _time in range(2):
        tasks.take_reports_of.run_job(jurisdiction_id=cast.county.pk, pairing_id=made.pk)  # type: ignore[attr-defined]
        tasks.follow.run_job(jurisdiction_id=cast.town.pk, pairing_ids=[made.pk])  # type: ignore[attr-defined]
    assert duties(cast, "clerk", cast.village) == 5
    cast.actor("county_clerk")
    record = PairRecord.objects.get()
    assert (record.on, record.note, record.jurisdiction) == (date(2026, 3, 5), "在石桥镇签订", cast.county)
    assert action(made, "agreement").done_on == date(2026, 3, 5)
    told = record.report
    link = reverse("alliances:report_file", kwargs={"key": told.key, "file_key": told.bundle.files.get().key})
    for who, seen in (("county_clerk", True), ("clerk", True), ("village", True), ("other_contact", False)):
        answer = cast.client(who).get(page).content.decode()
        assert ("协议.pdf" in answer) is seen, who
        assert cast.client(who).get(link).status_code == (200 if seen else 404), who
    assert "已做 1 次" in firm.get(page).content.decode()
    assert "1 / 6" in county.get(reverse("alliances:pairings")).content.decode()
    # More evidence: of its own report by the side, nowhere by who is of neither.
    url = reverse("alliances:report_upload", kwargs={"key": told.key})
    for who, code in (("other_clerk", 303), ("clerk", 404), ("other_contact", 404)):
        assert cast.client(who).post(url, {"file": SimpleUploadedFile("照片.pdf", b"%PDF-1.7 y")}).status_code == code
    assert "照片.pdf" in cast.client("village").get(page).content.decode()


def test_evidence_is_hung_and_lent_in_one_act(cast: Cast) -> None:
    """A file that is refused takes the report back with it; a good one is read by both sides, and journalled."""
    made = pair(cast)
    one, firm = action(made, "agreement"), cast.client("other_clerk")
    url = reverse("alliances:record_action", kwargs={"key": one.key})
    bad = {"on": "2026-03-05", "note": "在石桥镇签订", "file": SimpleUploadedFile("协议.exe", b"MZ\x90")}
    assert firm.post(url, bad).status_code == 422
    clerk = cast.actor("other_clerk")
    assert not PairReport.objects.exists() and duties(cast, "other_clerk", cast.other_firm) == 6
    told = actions.report_action(
        actor=clerk, action=one, on=TODAY, note="已办", file=[SimpleUploadedFile("协议.pdf", b"%PDF-1.7 x")], now=NOW
    )
    assert Entry.objects.filter(verb="files.attach", subject_key=told.key).count() == 1
    cast.actor("county_clerk")
    assert [file.name for file in File.objects.filter(bundle_id=told.bundle_id)] == ["协议.pdf"]
    cast.actor("other_clerk")
    upload = SimpleUploadedFile("照片.pdf", b"%PDF-1.7 y")
    with pytest.raises(Denied):
        actions.hang_evidence(actor=cast.actor("clerk"), row=told, pairing=made, upload=upload, now=NOW)


def test_what_is_given_and_measured_is_seen_by_both_sides_and_nobody_else(cast: Cast) -> None:
    made = pair(cast)
    county = cast.client("county_clerk")
    given = {"side": "giver", "on": "2026-03-08", "source": "企业自有资金", "note": "回单", "amount": "20000"}
    assert county.post(reverse("alliances:contribute", kwargs={"key": made.key}), given).status_code == 303
    sent = {"kind": "income", "value": "31000", "day": "2026-03-08", "source": "账"}
    assert county.post(reverse("alliances:measure", kwargs={"key": made.key}), sent).status_code == 303
    page = reverse("alliances:pairing", kwargs={"key": made.key})
    for who in ("other_clerk", "clerk", "village"):
        shown = cast.client(who).get(page).content.decode()
        assert "20,000" in shown and "31,000" in shown, who
    shown = cast.client("other_contact").get(page).content.decode()  # of a firm that has no part in it
    assert "20,000" not in shown and "规定动作只有主管部门和结对双方看得到" in shown
    for door in ("contribute", "measure", "end_pairing", "set_duties"):
        assert cast.client("other_clerk").get(reverse(f"alliances:{door}", kwargs={"key": made.key})).status_code == 404


def test_a_town_without_a_part_reads_no_row_whatever_the_query(cast: Cast) -> None:
    """The wall itself: with both sides in one town, the other town reads nothing of the county's pair."""
    held = programme(cast)
    enrol(cast, held, cast.firm, cast.village)
    made = confirm(cast, held)
    follow(cast, made, cast.town)
    report(cast, made, who="clerk")
    take(cast, made)
    cast.actor("other_clerk")
    for model in (PairAction, PairRecord, PairTask, PairReport):
        assert not model._base_manager.exists(), model
    cast.actor("clerk")
    for model in (PairAction, PairRecord, PairTask, PairReport):
        assert model._base_manager.exists(), model


def test_a_town_puts_no_duties_on_another(cast: Cast) -> None:
    held = programme(cast, "clerk", cast.town_root)
    with pytest.raises(rules.OutOfReach, match=cast.other_firm.name):
        actions.enrol(
            actor=cast.actor("clerk"), programme=held, organizations=[cast.other_firm], side="giver", consent="yes",
            consent_on=TODAY, now=NOW,
        )  # fmt: skip


def test_a_record_and_a_strike_see_that_the_pair_has_ended(cast: Cast) -> None:
    """Whoever opened the page before the end neither records nor wakes duties of a pair that stands no more."""
    made = pair(cast)
    clerk = cast.actor("county_clerk")
    done = actions.record_action(actor=clerk, action=action(made, "agreement"), on=TODAY - DAY, now=NOW)
    opened = type(done).objects.select_related("action__pairing__giver", "action__pairing__receiver").get(pk=done.pk)
    waiting = type(action(made, "plan")).objects.select_related("pairing__giver", "pairing__receiver").get(code="plan")
    ended = type(made).objects.get(pk=made.pk)
    actions.end_pairing(actor=clerk, pairing=ended, until=TODAY, reason="搬走", now=NOW)
    actions.strike_record(actor=clerk, done=opened, reason="记错", now=NOW)
    assert not Duty.objects.filter(state="open", subject_kind="alliances.pairaction").exists()
    with pytest.raises(rules.PairEnded):
        actions.record_action(actor=clerk, action=waiting, on=TODAY, now=NOW)


def test_a_body_that_another_place_enrolled_is_not_merged_away(cast: Cast) -> None:
    held = programme(cast)
    enrol(cast, held, cast.other_firm, cast.village)
    system = cast.system(cast.other_town)
    twin = directory.register_organization(
        actor=system, name="石桥清泉食品厂", classification="enterprise", parent=cast.other_root, now=NOW
    )
    with pytest.raises(rules.PairedElsewhere):
        merge_organizations(actor=system, winner=twin, loser=cast.other_firm, now=NOW)


def test_a_job_that_comes_after_the_end_makes_nothing(cast: Cast) -> None:
    held = programme(cast)
    enrol(cast, held, cast.other_firm, cast.village)
    made = confirm(cast, held)
    ended = type(made).objects.get(pk=made.pk)
    actions.end_pairing(actor=cast.actor("county_clerk"), pairing=ended, until=TODAY, reason="搬走", now=NOW)
    assert follow(cast, made, cast.other_town) == 0
    cast.system(cast.other_town)
    assert not PairTask.objects.exists()


def test_a_side_is_offered_what_is_prescribed_to_it(cast: Cast) -> None:
    made = pair(cast)
    cast.actor("county_clerk")
    held = programme(cast, "clerk", cast.town_root)
    actions.enrol(actor=cast.actor("clerk"), programme=held, organizations=[cast.firm], side="giver", now=NOW)
    actions.enrol(actor=cast.actor("clerk"), programme=held, organizations=[cast.village], side="receiver", now=NOW)
    made = confirm(cast, held, "clerk")
    with acting(cast.actor("clerk")):
        PairAction.objects.filter(pairing=made, code="plan").update(sides="giver")
        url = reverse("alliances:record_action", kwargs={"key": action(made, "plan").key})
    page = cast.client("village").get(reverse("alliances:pairing", kwargs={"key": made.key})).content.decode()
    assert url not in page and "/record" in page
    assert cast.client("village").get(url).status_code == 404
    assert cast.client("clerk").get(url).status_code == 200


def test_beyond_the_county_is_out_of_reach(cast: Cast) -> None:
    from lianjian.jurisdictions.actions import found_jurisdiction
    from tests.cast import SystemActor, context

    far = found_jurisdiction(name="远山县", level="county", prefix="YS", area_code="429800000000")
    context.enter((far.pk,), (far.pk,))
    root = directory.found_root(
        actor=SystemActor(far.pk), jurisdiction_id=far.pk, name="远山县委", classification="party", now=NOW
    )
    for who, place in (("county_clerk", cast.county_root), ("clerk", cast.town_root)):
        held = programme(cast, who, place)
        with pytest.raises(rules.OutOfReach, match="远山县委"):
            actions.enrol(actor=cast.actor(who), programme=held, organizations=[root], side="giver", now=NOW)


def test_what_a_town_found_out_counts_for_its_county_and_not_for_its_neighbour(cast: Cast) -> None:
    def stated(who: str, body: Organization, day: date, value: Decimal | None = None) -> None:
        values = {"kind": "market", "text": "省城", "day": day, "value": value, "source": "调研", "now": NOW}
        actions.state_fact(actor=cast.actor(who), organization=body, **values)

    stated("other_clerk", cast.other_firm, TODAY - DAY)
    stated("clerk", cast.village, TODAY - DAY)
    held = programme(cast)
    enrol(cast, held, cast.other_firm, cast.village)
    found = proposed(cast, held).pairs.get()
    assert found.market == 1_000
    # And nobody of the town reads what the neighbour wrote.
    cast.actor("clerk")
    assert PairFact.objects.count() == 1
    # A change in a town makes the county's draft old.
    stated("other_clerk", cast.other_firm, TODAY, Decimal(0))  # it sells there no more
    actor = cast.actor("county_clerk")
    draft = Proposal.objects.get(programme=held)
    assert inputs(actor, held, TODAY).digest != draft.digest
    with pytest.raises(rules.Stale):
        actions.confirm_proposal(actor=actor, proposal=draft, since=BEGAN, now=NOW)


def test_weak_villages_of_other_towns_first(cast: Cast) -> None:
    cast.actor("other_clerk")
    weak = directory.register_organization(
        actor=cast.actor("other_clerk"), name="石桥村", classification="village", parent=cast.other_root, now=NOW
    )
    actions.state_fact(
        actor=cast.actor("other_clerk"), organization=weak, kind="income", value=Decimal(9_000), day=TODAY,
        source="账", now=NOW,
    )  # fmt: skip
    held = programme(cast)
    enrol(cast, held, cast.firm, cast.village)
    clerk = cast.actor("county_clerk")
    actions.enrol(actor=clerk, programme=held, organizations=[weak], side="receiver", now=NOW)
    actions.set_weighing(actor=clerk, programme=held, weak_first=True, now=NOW)
    assert proposed(cast, held).pairs.get(giver__isnull=False).receiver == weak
    actions.set_rule(actor=cast.actor("county_clerk"), programme=held, giver=cast.firm, receiver=weak, kind="never",
                     reason="有纠纷", now=NOW)  # fmt: skip
    assert proposed(cast, held).pairs.get(giver__isnull=False).receiver == cast.village


def test_struck_is_to_be_done_again_at_both_sides(cast: Cast) -> None:
    made = pair(cast)
    report(cast, made)
    take(cast, made)
    follow(cast, made, cast.town)
    assert duties(cast, "clerk", cast.village) == duties(cast, "other_clerk", cast.other_firm) == 5
    cast.actor("county_clerk")
    url = reverse("alliances:strike_record", kwargs={"key": PairRecord.objects.get().key})
    assert cast.client("county_clerk").post(url, {"reason": "不是这一家"}).status_code == 303
    assert take(cast, made) == 0  # the report stays told; it is not counted anew
    for town in (cast.town, cast.other_town):
        assert follow(cast, made, town) == 1
        assert follow(cast, made, town) == 0
    assert duties(cast, "clerk", cast.village) == duties(cast, "other_clerk", cast.other_firm) == 6
    page = reverse("alliances:pairing", kwargs={"key": made.key})
    assert "不是这一家" in cast.client("other_clerk").get(page).content.decode()
    report(cast, made)
    assert take(cast, made) == 1


def test_the_end_ends_the_duties_and_loses_no_report(cast: Cast) -> None:
    made = pair(cast)
    before, after = report(cast, made, on=BEGAN), report(cast, made, "survey", on=TODAY)
    # Ended before the county counted: what was done while it stood counts, the rest is shown and does not.
    actions.end_pairing(actor=cast.actor("county_clerk"), pairing=made, until=TODAY, reason="企业搬迁", now=NOW)
    assert take(cast, made) == 1 and take(cast, made) == 0
    for town in (cast.town, cast.other_town):
        follow(cast, made, town)
    assert duties(cast, "clerk", cast.village) == duties(cast, "other_clerk", cast.other_firm) == 0
    cast.actor("other_clerk")
    assert PairRecord.objects.get().report == before
    shown = cast.client("other_clerk").get(reverse("alliances:pairing", kwargs={"key": made.key})).content.decode()
    assert "结对在这一天以前已经结束,不计入" in shown and "登记完成" not in shown
    with pytest.raises(rules.PairEnded):
        report(cast, made, "plan")
    # Replaced: the next pair has its own duties, the old one none.
    with pytest.raises(rules.SidePaired):
        old = programme(cast, name="另一轮")
        enrol(cast, old, cast.other_firm, cast.village)
        confirm(cast, old)
        actions.withdraw_side(
            actor=cast.actor("county_clerk"), side=old.sides.get(side="giver"), reason="不参加", now=NOW
        )
    again = Pairing.objects.get(programme=old)
    for town in (cast.town, cast.other_town):
        assert follow(cast, again, town) == 6
    assert after.pk and duties(cast, "other_clerk", cast.other_firm) == 6


def test_a_body_that_is_no_more_has_no_duties(cast: Cast) -> None:
    made = pair(cast)
    report(cast, made)
    actor = cast.actor("other_clerk")
    directory.dissolve_organization(actor=actor, organization=cast.other_firm, on=TODAY, now=NOW)
    assert duties(cast, "other_clerk", cast.other_firm) == 0
    assert follow(cast, made, cast.other_town) == 0  # and no job opens them again
    assert take(cast, made) == 1  # what it did stays
    assert duties(cast, "clerk", cast.village) == 6
    assert follow(cast, made, cast.town) == 1
    # In a programme of its own place likewise.
    own = programme(cast, "clerk", cast.town_root)
    enrol(cast, own, cast.second_firm, cast.village, "clerk")
    confirm(cast, own, "clerk")
    assert duties(cast, "clerk", cast.second_firm) == 6
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=cast.second_firm, on=TODAY, now=NOW)
    assert duties(cast, "clerk", cast.second_firm) == 0 and duties(cast, "clerk", cast.village) == 5 + 6


def test_who_is_paired_elsewhere_is_not_merged_away(cast: Cast) -> None:
    pair(cast)
    actor = cast.actor("other_clerk")
    twin = directory.register_organization(
        actor=actor, name="石桥清泉食品厂", classification="enterprise", parent=cast.other_root, now=NOW
    )
    with pytest.raises(rules.PairedElsewhere, match="百企帮百村"):
        merge_organizations(actor=cast.actor("other_clerk"), winner=twin, loser=cast.other_firm, now=NOW)
    merge_organizations(actor=cast.actor("other_clerk"), winner=cast.other_firm, loser=twin, now=NOW)
    twin.refresh_from_db()
    assert twin.merged_into == cast.other_firm


def test_who_may_report(cast: Cast) -> None:
    made = pair(cast)
    for who in ("county_clerk", "instructor", "leader", "contact"):
        with pytest.raises(Denied):
            report(cast, made, who=who)
    report(cast, made, who="village")
    report(cast, made, "help", who="clerk")
    for wrong in (BEGAN - DAY, TODAY + DAY):
        with pytest.raises(rules.BeforePair):
            report(cast, made, on=wrong)
    # Prescribed to the other side only.
    cast.actor("county_clerk")
    PairAction.objects.filter(code="plan").update(sides="receiver")
    with pytest.raises(Denied):
        report(cast, made, "plan")
    url = reverse("alliances:record_action", kwargs={"key": action(made, "plan").key})
    assert cast.client("other_clerk").get(url).status_code == 404
    assert cast.client("village").get(url).status_code == 200


def test_a_row_that_no_side_wrote_is_not_counted(cast: Cast) -> None:
    """A town that writes reports past every verb, for a side that is not its own, changes no count."""
    made = pair(cast)
    cast.system(cast.town)
    one = action(made, "agreement")
    forged = PairTask.objects.create(jurisdiction=cast.town, action=one, side="giver")
    PairReport.objects.create(
        jurisdiction=cast.town, task=forged, on=TODAY, reported_by="x", reported_at=NOW
    )
    from lianjian.jurisdictions.actions import share_together

    rows = [forged, PairReport.objects.get()]
    share_together(actor=cast.system(cast.town), rows=rows, grantees=[cast.county.pk], reason="x", now=NOW)
    assert take(cast, made) == 0
    report(cast, made)  # and the true side is not hindered
    assert take(cast, made) == 1


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_steps_and_jobs_ends_alike(cast: Cast, seed: int) -> None:
    """Reports, records, strikes, an end; jobs late, twice, out of order. Afterwards what is there tells all."""
    dice, made = Random(seed), pair(cast)
    told = recorded = 0
    for _step in range(14):
        step = dice.choice(["report", "report", "office", "strike", "follow", "take", "end"])
        code = dice.choice(["agreement", "help"])
        on = BEGAN + DAY * dice.randrange(8)
        made.refresh_from_db()
        if step == "report" and made.until is None:
            report(cast, made, code, dice.choice(["other_clerk", "clerk"]), on)
            told += 1
        elif step == "office" and made.until is None:
            clerk = cast.actor("county_clerk")
            actions.record_action(actor=clerk, action=action(made, code), on=on, now=NOW)
            recorded += 1
        elif step == "strike":
            clerk = cast.actor("county_clerk")
            done = PairRecord.objects.filter(struck_at__isnull=True).select_related("action__pairing__giver").first()
            if done is not None:
                actions.strike_record(actor=clerk, done=done, reason="记错", now=NOW)
        elif step == "follow":
            follow(cast, made, dice.choice([cast.town, cast.other_town]))
        elif step == "take":
            take(cast, made)
        elif step == "end" and made.until is None and dice.random() < 0.4:
            clerk = cast.actor("county_clerk")
            actions.end_pairing(actor=clerk, pairing=made, until=TODAY - DAY * 4, reason="搬走", now=NOW)
    take(cast, made)
    for town in (cast.town, cast.other_town):
        follow(cast, made, town)
        assert follow(cast, made, town) == 0
    cast.actor("county_clerk")
    made.refresh_from_db()
    late = PairReport.objects.filter(record__isnull=True)
    assert PairReport.objects.count() == told and PairRecord.objects.count() == told + recorded - late.count()
    assert all(made.until is not None and one.on >= made.until for one in late)
    missing = 0
    for one in PairAction.objects.all():
        days = sorted(one.records.filter(struck_at__isnull=True).values_list("on", flat=True))
        assert one.done_on == (days[one.times - 1] if len(days) >= one.times else None)
        missing += one.done_on is None
    wanted = missing if made.until is None else 0
    assert duties(cast, "clerk", cast.village) == duties(cast, "other_clerk", cast.other_firm) == wanted
    written = 0
    for who in ("clerk", "other_clerk"):
        cast.actor(who)
        written += Entry.objects.filter(verb="alliances.report_action").count()
    assert written == told
