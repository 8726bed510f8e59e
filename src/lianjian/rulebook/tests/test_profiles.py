"""Deadline profiles: shipped versions, what a place chooses, and what that does to a deadline."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lianjian.foundation.calendar import CHINA
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.rulebook import actions, queries, rules
from lianjian.rulebook.actions.profiles import ProfileChosen, UnknownProfile
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.data.profiles import NORMAL, PROFILES, limit_of
from lianjian.rulebook.models import Evaluation, ProfileChoice
from tests.cast import NOW, Cast

FRIDAY = datetime(2026, 9, 18, 7, 0, tzinfo=UTC)  # 15:00 in Beijing


def evaluate(cast: Cast, code: str, start: date | datetime, **more: Any) -> Evaluation:
    return actions.evaluate_deadline(
        actor=cast.actor("clerk"), code=code, start=start, now=NOW, jurisdiction_id=cast.town.pk, **more
    )


def choose(cast: Cast, profile: str, first: date, subject: str = "", place: str = "town") -> ProfileChoice:
    return actions.choose_profile(
        actor=cast.actor("system_admin"), jurisdiction_id=getattr(cast, place).pk, profile=profile,
        subject=subject, source="云岭〔2026〕5号", valid_from=first, now=NOW,
    )  # fmt: skip


def test_a_published_version_is_never_edited() -> None:
    """Cases remember code and version. A changed source is a new version; then add its line here."""
    marks = {
        profile.mark: hashlib.sha256(repr(sorted(profile.limits.items())).encode()).hexdigest()[:12]
        for profile in PROFILES
    }
    assert marks == {
        "beijing#1": "0cf6aebe7995",
        "thirteen#1": "2f8875e75c9f",
        "county#1": "bacdf4103bf6",
    }


def test_profiles_name_only_what_a_place_may_set() -> None:
    adjustable = {row.code for row in RULES if row.confidence == "CONF"}
    for profile in PROFILES:
        assert set(profile.limits) <= adjustable
        for numbers in profile.limits.values():
            assert set(numbers) <= {NORMAL, "soon", "urgent"} and NORMAL in numbers
            assert all(unit in rules.UNITS for _amount, unit in numbers.values())


@pytest.mark.parametrize(
    ("profile", "code", "urgency", "due"),
    [
        # Hours run through the night and the weekend, working days leave both and the holiday out.
        ("beijing#1", "case.dispatch", "urgent", "2026-09-18 16:00:00"),
        ("beijing#1", "case.dispatch", "soon", "2026-09-18 17:00:00"),
        ("beijing#1", "case.dispatch", "normal", "2026-09-19 15:00:00"),
        ("beijing#1", "case.hard", "normal", "2026-10-08 23:59:59"),
        ("thirteen#1", "case.dispatch", "normal", "2026-09-18 23:59:59"),
        ("thirteen#1", "case.urgent", "urgent", "2026-09-18 23:59:59"),
        ("thirteen#1", "case.consult", "normal", "2026-09-22 23:59:59"),
        ("thirteen#1", "case.complaint", "normal", "2026-10-13 23:59:59"),
        ("county#1", "case.dispatch", "normal", "2026-09-18 16:00:00"),
        ("county#1", "case.need", "normal", "2026-09-29 23:59:59"),
        ("county#1", "case.simple", "soon", "2026-09-24 23:59:59"),
        # What the profile does not name keeps the shipped default.
        ("beijing#1", "case.sign", "normal", "2026-09-20 23:59:59"),
    ],
)
def test_the_limits_of_the_profiles(cast: Cast, profile: str, code: str, urgency: str, due: str) -> None:
    found = evaluate(cast, code, FRIDAY, profile=profile, urgency=urgency)
    assert found.due_at is not None
    assert found.due_at.astimezone(CHINA).strftime("%F %T") == due
    assert found.inputs["profile"] == profile
    number = limit_of(profile, code, urgency)
    assert dict(queries.arithmetic(found))["依据"] == (number[2] if number else "产品默认时限,由各地规定")


def test_a_local_number_stands_above_the_profile_and_a_given_one_above_both(cast: Cast) -> None:
    start = date(2026, 3, 9)
    actions.set_local_rule(
        actor=cast.actor("system_admin"), jurisdiction_id=cast.town.pk, code="case.hard", amount=10, unit="wd",
        source="柳溪〔2026〕1号", valid_from=date(2026, 1, 1), now=NOW,
    )  # fmt: skip
    local = evaluate(cast, "case.hard", start, profile="beijing#1")
    given = evaluate(cast, "case.hard", start, profile="beijing#1", amount=4, unit="wd", ground="批示")
    assert (local.result["amount"], local.result["unit"]) == (10, "wd")
    assert (given.result["amount"], queries.cite(given)) == (4, "批示")


def test_no_profile_loosens_a_national_number(cast: Cast) -> None:
    plain = evaluate(cast, "petition.close", date(2026, 3, 9))
    for profile in PROFILES:
        assert evaluate(cast, "petition.close", date(2026, 3, 9), profile=profile.mark).due_at == plain.due_at


def test_the_nearest_place_and_the_nearest_subject_choose(cast: Cast) -> None:
    day = date(2026, 3, 9)

    def chosen(*subjects: str, on: date = day) -> str:
        return queries.profile_for(cast.town.pk, [*subjects, ""], on)

    assert chosen() == ""
    choose(cast, "county", date(2026, 1, 1), place="county")
    assert chosen("labour") == "county#1"
    choose(cast, "thirteen", date(2026, 2, 1))
    choose(cast, "beijing", date(2026, 3, 1), subject="utilities")
    assert chosen("labour") == "thirteen#1"
    assert chosen("utilities.water", "utilities") == "beijing#1"
    assert chosen("utilities", on=date(2026, 2, 28)) == "thirteen#1"
    assert queries.profile_for(cast.other_town.pk, ["utilities", ""], day) == "county#1"
    # Back to the defaults from a day on.
    choose(cast, "", date(2026, 4, 1))
    assert chosen("labour", on=date(2026, 3, 31)) == "thirteen#1"
    assert chosen("labour", on=date(2026, 4, 1)) == ""


def test_choices_follow_one_another_without_gap_or_overlap(cast: Cast) -> None:
    choose(cast, "county", date(2026, 1, 1))
    choose(cast, "beijing", date(2026, 6, 1))
    choose(cast, "thirteen", date(2026, 3, 1))
    rows = list(ProfileChoice.objects.order_by("valid_from").values_list("profile", "valid_from", "valid_to"))
    assert rows == [
        ("county", date(2026, 1, 1), date(2026, 2, 28)),
        ("thirteen", date(2026, 3, 1), date(2026, 5, 31)),
        ("beijing", date(2026, 6, 1), None),
    ]
    cast.actor("auditor")
    assert Entry.objects.filter(verb="rulebook.choose_profile").count() == 3


def test_refused_choices(cast: Cast) -> None:
    choose(cast, "county", date(2026, 1, 1))
    with pytest.raises(ProfileChosen):
        choose(cast, "thirteen", date(2026, 1, 1))
    cast.actor("system_admin")
    with pytest.raises(UnknownProfile):
        choose(cast, "thirtieth", date(2026, 2, 1))
    with pytest.raises(UnknownProfile):
        choose(cast, "beijing", date(2022, 12, 31))
    with pytest.raises(Denied):
        actions.choose_profile(
            actor=cast.actor("clerk"), jurisdiction_id=cast.town.pk, profile="county", source="文件",
            valid_from=date(2026, 5, 1), now=NOW,
        )  # fmt: skip


def test_an_extension_is_reckoned_from_the_old_limit_and_shown(cast: Cast) -> None:
    first = evaluate(cast, "case.need", date(2026, 9, 18))
    longer = actions.evaluate_again(
        actor=cast.actor("clerk"), evaluation=first, now=NOW, more=[rules.More(3, "wd", "需专家评审")]
    )
    assert (first.result["due"], longer.result["due"]) == ("2026-09-29", "2026-10-09")
    lines = queries.arithmetic(longer)
    assert ("延期", "延长 3 个工作日,至 2026-10-09 周五;需专家评审") in lines
    days = queries.day_by_day(longer)
    assert [number for _day, number, _why in days if number] == [str(n) for n in range(1, 11)]
    assert any("国庆节" in why for _day, _number, why in days)


def test_a_pause_moves_the_limit_by_the_working_days_paused(cast: Cast) -> None:
    first = evaluate(cast, "case.need", date(2026, 9, 18))
    paused = actions.evaluate_again(
        actor=cast.actor("clerk"), evaluation=first, now=NOW,
        pauses=[rules.Pause(date(2026, 9, 23), date(2026, 9, 27), "待鉴定")],
    )  # fmt: skip
    # 23 and 24 September are working days, 25 to 27 are the Mid-Autumn holiday: two days later.
    assert paused.result["due"] == "2026-10-08"
    again = actions.evaluate_again(
        actor=cast.actor("clerk"), evaluation=paused, now=NOW, more=[rules.More(1, "wd", "")]
    )
    assert again.result["due"] == "2026-10-09"
    assert dict(queries.arithmetic(again))["暂停"] == "2026-09-23 至 2026-09-27,待鉴定"


def test_an_evaluation_of_a_profile_is_reckoned_again_as_it_was(cast: Cast) -> None:
    """Loading a calendar must not forget urgency, profile, pauses or extensions."""
    found = evaluate(cast, "case.dispatch", FRIDAY, profile="beijing#1", urgency="soon")
    due = found.due_at
    actions.recompute(actor=cast.system(), jurisdiction_id=cast.town.pk, now=NOW, only=[found.pk])
    found.refresh_from_db()
    assert found.due_at == due == FRIDAY + timedelta(hours=2)


def test_a_profile_is_chosen_by_the_front_door(as_system_admin: Client, as_clerk: Client, cast: Cast) -> None:
    assert "还没有选用方案" in as_clerk.get("/rules/profiles/").content.decode()
    assert as_clerk.get("/rules/profiles/choose/").status_code == 403
    values = {
        "profile": "thirteen",
        "subject": "labour",
        "valid_from": "2026-03-01",
        "source": "云岭〔2026〕5号",
    }
    missing = as_system_admin.post("/rules/profiles/choose/", {**values, "source": ""})
    assert missing.status_code == 422
    assert as_system_admin.post("/rules/profiles/choose/", values).status_code == 303
    twice = as_system_admin.post("/rules/profiles/choose/", values)
    assert twice.status_code == 422 and "请换一个起始日" in twice.content.decode()
    page = as_clerk.get("/rules/profiles/").content.decode()
    assert "云岭县 云岭〔2026〕5号" in page and "用工" in page and "十三日办结制" in page
    assert "投诉建议办结" in page and "13 个工作日" in page and "当日" in page
    as_clerk.cookies["language"] = "en"
    other = as_clerk.get("/rules/profiles/").content.decode()
    assert "13 working days" in other
