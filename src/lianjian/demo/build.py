"""`lianjian demo`: the demonstration town, and a county with one empty town."""

from __future__ import annotations

import sys
from datetime import date, datetime
from random import Random
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from lianjian.accounts.models import User
from lianjian.directory import actions as directory
from lianjian.directory.actors import build_actor
from lianjian.foundation import clock
from lianjian.foundation.actor import Actor, SystemActor
from lianjian.foundation.errors import Refused, _
from lianjian.insight import actions as insight
from lianjian.insight import queries as figures
from lianjian.insight.rules import read_period
from lianjian.jurisdictions.actions import found_jurisdiction
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.notices.actions import mark_all_read

from . import (
    activities,
    bodies,
    campaigns,
    caring,
    classes,
    development,
    documents,
    exchange,
    gathering,
    halls,
    law,
    learning,
    living,
    pairs,
    party,
    praise,
    saving,
    settling,
    stories,
    together,
    volunteers,
)
from . import catalogue as kept
from . import frame as frames
from . import town as places
from .diary import Diary
from .frame import Frame
from .town import Town

COUNTY, TOWN, SECOND = "示范县", "云溪镇", "青石镇"
INSTRUCTORS = ("instructor", "instructor2", "instructor3", "instructor4", "instructor5", "instructor6")
# Colleagues beside the printed accounts: (account, name, role, key of the organization).
COLLEAGUES = [
    ("instructor2", "彭晓蓉", "instructor", "station1"),
    ("instructor3", "魏国梁", "instructor", "station2"),
    ("instructor4", "谢雨桐", "instructor", "station2"),
    ("instructor5", "鲁志明", "instructor", "station3"),
    ("instructor6", "汤丽华", "instructor", "station3"),
    ("business", "周文", "handler", "business"),
    ("labour", "李燕", "handler", "labour"),
    ("building", "王建", "handler", "building"),
    ("approval", "何敏", "handler", "approval"),
    ("finance", "赵磊", "handler", "finance"),
    ("commerce", "钱敏", "handler", "commerce"),
    ("justice", "孙洁", "handler", "justice"),
    ("centre", "吴静", "handler", "centre"),
    ("contact2", "唐青", "contact", "firm2"),
    ("contact3", "罗海", "contact", "firm5"),
    ("contact4", "葛云", "contact", "firm12"),
]
CONTACTS = {"firm1": "contact", "firm2": "contact2", "firm5": "contact3", "firm12": "contact4"}
FROZEN = ("cases.collected", "cases.solved", "events.visits")


class NotEmpty(Refused):
    """A demonstration is built only where nothing is."""

    sentence = _("这里已有数据,不能再建演示。请换一个数据目录(LIANJIAN_DATA)。")


def _refuse_if_used() -> None:
    if Jurisdiction.objects.exists():
        raise NotEmpty


def say(line: str) -> None:
    """Tell whoever waits how far it is."""
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


def build_empty(**_options: Any) -> dict[str, str]:
    """A county with one empty town, its offices' accounts and nothing else. Raises `NotEmpty`."""
    with transaction.atomic():
        _refuse_if_used()
        today = clock.today()
        frame = frames.found(
            county=COUNTY, prefix="SF", town="示范镇", town_prefix="SZ", now=clock.now(), today=today
        )
        frames.accounts(frame, date(today.year - 2, 1, 1))
        return {"county": frame.county.name, "town": frame.town.name}


def build(**_options: Any) -> dict[str, str]:
    """The demonstration county: one busy town and a smaller one, this year's work behind them. Raises `NotEmpty`."""
    with transaction.atomic():
        _refuse_if_used()
        chance = Random("云溪镇")
        frame = frames.found(
            county=COUNTY, prefix="SF", town=TOWN, town_prefix="YX", now=clock.now(), today=clock.today()
        )
        second = _second_town(frame)
        everywhere = (frame.county.pk, frame.town.pk, second.town.pk)
        frames.enter(frame, *everywhere)
        say(gettext("%(town)s:机构、指导站、村、企业和党组织") % {"town": TOWN})
        town = Town(frame, chance, date(frame.today.year - 2, 1, 1))
        _people_and_places(town)
        frames.enter(frame, *everywhere)
        actors = _actors([*frame.people], frame)
        frames.enter(frame, *everywhere)
        law.local_rules(frame, actors["sysadmin"])
        together.stand_together(town, actors["clerk"])
        pairs.pair_up(town, actors["clerk"])
        frames.enter(frame, *everywhere)
        classes.classify(town, actors["clerk"], actors["county"])
        documents.documents(town, actors)
        say(gettext("今年的走访和诉求"))
        _history(town, actors)
        exchange.publish_lists(town, actors["clerk"])
        gathering.meet(town, actors)
        activities.be_active(town, actors["clerk"])
        halls.use(town, actors["clerk"])
        praise.praise(town, actors["clerk"])
        saving.keep_points(town, actors["clerk"])
        campaigns.campaigns(town, actors)
        say(gettext("党员、入党申请和季度定稿"))
        party.found_members(town, actors["clerk"])
        development.applicants(town, actors["clerk"])
        development.notice(town, actors["clerk"])
        development.review(town, actors["clerk"])
        living.live(town, actors)
        bodies.organize(town, actors["clerk"])
        learning.learn(town, actors)
        caring.care(town, actors["clerk"], list(INSTRUCTORS))
        volunteers.serve(town, actors["clerk"])
        _freeze(actors["clerk"], frame)
        say(gettext("%(town)s") % {"town": SECOND})
        _second_story(second, Random("青石镇"), everywhere)
        gathering.invite_across(town, second.places["town"], actors["clerk"])
        pairs.pair_across(town, second, actors["county"], actors["clerk"])
        return {"county": COUNTY, "town": TOWN}


def _people_and_places(town: Town) -> None:
    frames.offices(town.frame, town.since)
    places.stations(town)
    places.villages(town)
    places.chains(town)
    places.firms(town, "云溪", 0, 50)
    frames.accounts(town.frame, town.since)
    places.open_accounts(town, COLLEAGUES)
    places.branches(town)
    places.cadres(town)
    places.covers(town, list(INSTRUCTORS))
    places.contacts(town, CONTACTS)
    places.outline(town)


def _actors(usernames: list[str], frame: Frame) -> dict[str, Actor]:
    """What each account may do, for the acts of the past."""
    found: dict[str, Actor] = {}
    for user in User.objects.filter(username__in=usernames):
        actor = build_actor(user_id=user.pk, name=user.name, day=frame.today)
        if actor is not None:
            found[user.username] = actor
    return found


def _history(town: Town, actors: dict[str, Actor]) -> None:
    diary = Diary(town.frame.now, town.frame.today, town.chance)
    handlers = {key: key for key in frames.OFFICES} | {"environment": "handler"}
    writer = stories.Writer(town, diary, actors, handlers)
    stories.routes(writer)
    kept.catalogue(writer)
    stories.closed_needs(writer, 66)
    stories.open_needs(writer)
    stories.village_needs(writer, "village", town.frame.places["village1"])
    kept.orders(writer, "village", town.frame.places["village1"])
    kept.publish(writer)
    settling.settle(writer)
    stories.visits(writer, 120, neglected=6)
    _read_messages(diary, actors)
    diary.live()


def _read_messages(diary: Diary, actors: dict[str, Actor]) -> None:
    """Everybody looked into the inbox two working days ago."""
    for actor in actors.values():

        def act(now: datetime, actor: Actor = actor) -> None:
            mark_all_read(actor=actor, now=now)

        diary.plan(diary.moment(diary.back(2), 17, 50), act)


def _freeze(clerk: Actor, frame: Frame) -> None:
    """The quarter before this one was reported, so its figures stand."""
    month = 3 * ((frame.today.month - 1) // 3)
    year, quarter = (frame.today.year, month // 3) if month else (frame.today.year - 1, 4)
    period = read_period(f"{year}Q{quarter}", today=frame.today)
    place = figures.place_of(clerk, "")
    for code in FROZEN:
        item = figures.indicator(code, clerk)
        if item is not None and place is not None:
            insight.freeze(actor=clerk, item=item, place=place, period=period, now=frame.now)


def _second_town(frame: Frame) -> Frame:
    """A neighbour of the same county, founded before anything is written about it."""
    town = found_jurisdiction(name=SECOND, level="town", prefix="QS", parent=frame.county)
    second = Frame(frame.county, town, frame.now, frame.today)
    frames.enter(second, frame.county.pk, frame.town.pk, town.pk)
    second.places["county"] = frame.places["county"]
    second.places["town"] = directory.found_root(
        actor=SystemActor(town.pk),
        jurisdiction_id=town.pk,
        name=f"{SECOND}党委",
        classification="party",
        parent=frame.places["county"],
        now=frame.now,
    )
    return second


def _second_story(frame: Frame, chance: Random, everywhere: tuple[int, ...]) -> None:
    """The neighbour's year: one station, ten firms, few needs."""
    town = Town(frame, chance, date(frame.today.year - 2, 1, 1))
    frames.offices(frame, town.since)
    places.stations(town, 1)
    places.firms(town, "青石", 50, 10)
    places.open_accounts(
        town,
        [
            ("clerk2", "顾清", "clerk", "town"),
            ("guide2", "石磊", "instructor", "station1"),
            ("office2", "白杨", "handler", "town"),
        ],
    )
    places.covers(town, ["guide2"], bare=2)
    places.contacts(town, {})
    frames.enter(frame, *everywhere)
    actors = _actors([*frame.people], frame)
    frames.enter(frame, *everywhere)
    diary = Diary(frame.now, frame.today, chance)
    writer = stories.Writer(town, diary, actors, dict.fromkeys(frames.OFFICES, "office2"), clerk="clerk2")
    stories.routes(writer)
    stories.closed_needs(writer, 8)
    stories.visits(writer, 16, neglected=2)
    diary.live()
