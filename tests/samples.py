"""For each route with an object in its address: how to make one, so that every page can be visited in tests.

`SAMPLES[url_name](cast)` gives the keywords of the address. The object lies in the cast's town unless the route
belongs to one person; then it is the clerk's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from lianjian.foundation import clock
from tests.cast import NOW, TODAY, Cast

Sample = Callable[[Cast], dict[str, Any]]


def _evaluation(cast: Cast) -> dict[str, Any]:
    from lianjian.rulebook.actions import evaluate_deadline

    made = evaluate_deadline(
        actor=cast.system(), code="case.need", start=date(2026, 9, 18), now=NOW, jurisdiction_id=cast.town.pk
    )
    return {"key": made.key}


def _local_rule(cast: Cast) -> dict[str, Any]:
    from lianjian.rulebook.actions import set_local_rule

    admin = cast.actor("system_admin")
    made = set_local_rule(
        actor=admin, jurisdiction_id=admin.jurisdiction_id, code="branch.size", params={"max": 40}, source="柳溪镇〔2026〕3号",
        valid_from=date(2026, 1, 1), now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _message(cast: Cast) -> dict[str, Any]:
    from lianjian.notices.actions import notify
    from lianjian.notices.models import Message

    clerk = cast.actor("clerk")
    notify(actor=clerk, user_ids=[clerk.user_id], kind="duty.today", title="今天到期", url="", text="一行", now=NOW)
    return {"key": Message.objects.filter(user_id=clerk.user_id).latest("pk").key}


def _file(cast: Cast) -> dict[str, Any]:
    from lianjian.files.actions import keep_file

    made = keep_file(
        actor=cast.actor("clerk"),
        jurisdiction_id=cast.town.pk,
        name="回执.txt",
        path_or_bytes=b"ok",
        media_type="text/plain",
        now=NOW,
    )
    return {"key": made.key}


def _session(cast: Cast) -> dict[str, Any]:
    """A session of the clerk's."""
    from allauth.usersessions.models import UserSession

    made = UserSession.objects.create(user=cast.users["clerk"], session_key="of-the-clerk", ip="10.0.0.1", user_agent="")
    return {"pk": made.pk}


def _token(cast: Cast) -> dict[str, Any]:
    from lianjian.accounts.actions import new_token

    token, _text = new_token(actor=cast.actor("clerk"), user=cast.users["clerk"], name="取数", days=9, now=NOW)
    return {"key": token.key}


def _account(cast: Cast) -> dict[str, Any]:
    return {"key": cast.users["handler"].key}


def _grant(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.models import Grant

    return {"key": Grant.objects.get(user=cast.users["handler"]).key}


def _entry(cast: Cast) -> dict[str, Any]:
    """An entry of the town with values, numbered as at a commit."""
    from django.db import connection

    from lianjian.journal.models import Entry

    cast.system()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    entry = Entry.objects.filter(jurisdiction=cast.town, changes__isnull=False).order_by("seq")[0]
    return {"place": cast.town.key, "seq": entry.seq}


def _anchor(cast: Cast) -> dict[str, Any]:
    from lianjian.journal.models import Anchor

    return {"number": Anchor.objects.create(number=1, at=NOW, short="0" * 12, body="{}").number}


def _visit(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import record_visit

    clerk = cast.actor("clerk")
    made = record_visit(actor=clerk, organization=cast.firm, visited_on=NOW.date(), people=["苏禾"], now=NOW)
    return {"key": made.key}


def _visit_item(cast: Cast, settled: bool = False) -> dict[str, Any]:
    from lianjian.events.actions import set_item, settle_item
    from lianjian.events.models import Visit

    visit = Visit.objects.get(key=_visit(cast)["key"])
    made = set_item(
        actor=cast.actor("clerk"), visit=visit, text="补齐安全台账", organization=cast.firm, due_on=NOW.date(), now=NOW
    )
    if settled:
        settle_item(actor=cast.actor("clerk"), item=made, outcome="台账已补齐", now=NOW)
    return {"key": made.key}


def _with_file(record: Any, cast: Cast) -> dict[str, Any]:
    """The address of a file hung on the record."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lianjian.files.actions import attach

    upload = SimpleUploadedFile("佐证.txt", "一行字".encode(), "text/plain")
    made = attach(actor=cast.actor("clerk"), record=record, upload=upload, now=NOW)
    return {"key": record.key, "file_key": made.key}


def _visit_file(cast: Cast) -> dict[str, Any]:
    from lianjian.events.models import Visit

    return _with_file(Visit.objects.get(key=_visit(cast)["key"]), cast)


def _case(cast: Cast, move: str = "") -> dict[str, Any]:
    from lianjian.cases.actions import register_case

    made = register_case(
        actor=cast.actor("clerk"),
        text="门前道路积水",
        category="utilities",
        source="desk",
        organization=cast.firm,
        now=NOW,
    )
    return {"key": made.key, **({"move": move} if move else {})}


def _handover(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import dispatch_case, offer_case
    from lianjian.cases.models import Case

    case = Case.objects.get(key=_case(cast)["key"])
    dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    held = offer_case(
        actor=cast.actor("handler"), case=case, kind="co", organization=cast.housing, ground="现场勘测", now=NOW
    )
    cast.actor("clerk")
    return {"key": case.key, "held": held.key, "act": "accept"}


def _measure(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import add_measure, dispatch_case
    from lianjian.cases.models import Case

    case = Case.objects.get(key=_case(cast)["key"])
    dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    made = add_measure(
        actor=cast.actor("clerk"), case=case, kind="work", what="清理排水沟", quantity="300米", now=NOW
    )
    return {"key": case.key, "measure": made.key}


def _question(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import add_question

    return {"key": add_question(actor=cast.actor("clerk"), category="law", text="几个人", now=NOW).key}


def _route(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import set_route

    route = set_route(actor=cast.actor("clerk"), category="law", organization=cast.office, now=NOW)
    return {"key": route.key}


def _reply_template(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import save_template

    return {"key": save_template(actor=cast.actor("clerk"), name="已办", text="已办结。", now=NOW).key}


def _service(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import save_service

    made = save_service(actor=cast.actor("clerk"), name="代办社保", about="代办", category="other", now=NOW)
    return {"key": made.key}


def _entrance(cast: Cast) -> Any:
    from lianjian.portal.actions import open_entrance
    from lianjian.portal.models import Entrance

    held = Entrance.objects.filter(organization=cast.village).first()
    return held or open_entrance(actor=cast.actor("clerk"), organization=cast.village, now=NOW)


def _hearing(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import plan_hearing, register_case
    from lianjian.cases.models import Case

    case: Case = register_case(
        actor=cast.actor("clerk"), kind="petition", text="补偿面积", category="other", source="desk", village=cast.village, now=NOW
    )
    seats = [("周书记", "chair"), ("吴代表", "member"), ("郑律师", "member")]
    made = plan_hearing(
        actor=cast.actor("clerk"), title="听证", plan="质询", scheduled_at=NOW, place="会议室", cases=[case], people=seats, now=NOW
    )
    return {"key": made.key}


def _team(cast: Cast) -> Any:
    from lianjian.directory.actions import found_team
    from lianjian.directory.models import Team

    clerk = cast.actor("clerk")
    return Team.objects.filter(name="帮办团").select_related("organization").first() or found_team(
        actor=clerk, name="帮办团", organization=cast.office, leader=cast.people["handler"], now=NOW
    )


def _task_force(cast: Cast) -> Any:
    from lianjian.directory.actions import found_team
    from lianjian.directory.models import Team

    return Team.objects.filter(kind="task").select_related("organization").first() or found_team(
        actor=cast.actor("clerk"), kind="task", name="供气专班", project="工业供气改造", organization=cast.office,
        leader=cast.people["handler"], now=NOW,
    )  # fmt: skip


def _team_note(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.actions import note_progress

    made = note_progress(
        actor=cast.actor("clerk"), team=_task_force(cast), day=NOW.date(), contact="owner", stage="building", percent=40,
        words="管网铺到园区门口", now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _seat(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.actions import add_to_team

    return {"key": add_to_team(actor=cast.actor("clerk"), team=_team(cast), person=cast.people["village"], now=NOW).key}


def _team_unit(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.actions import add_unit_to_team

    return {"key": add_unit_to_team(actor=cast.actor("clerk"), team=_team(cast), organization=cast.firm, now=NOW).key}


def _alliance(cast: Cast) -> Any:
    from lianjian.alliances.actions import found_alliance
    from lianjian.alliances.models import Alliance

    held = Alliance.objects.filter(organization__name="家具产业党建联盟").first()
    return held or found_alliance(
        actor=cast.actor("clerk"),
        form="functional",
        mode="产业链接型",
        name="家具产业党建联盟",
        parent=cast.town_root,
        founded_on=TODAY,
        now=NOW,
    )


def _alliance_seat(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import admit

    made = admit(actor=cast.actor("clerk"), alliance=_alliance(cast), organization=cast.firm, since=TODAY, now=NOW)
    return {"key": made.key}


def _person_seat(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import seat_person
    from lianjian.alliances.models import PersonSeat

    held = PersonSeat.objects.first() or seat_person(
        actor=cast.actor("clerk"), alliance=_alliance(cast), person=cast.people["village"], role="召集人", since=TODAY,
        now=NOW,
    )  # fmt: skip
    return {"key": held.key}


def _alliance_term(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import add_term
    from lianjian.alliances.models import Term

    clerk = cast.actor("clerk")
    held = Term.objects.filter(list="chain", name="家具").first()
    return {"key": (held or add_term(actor=clerk, list_code="chain", name="家具", now=NOW)).key}


def _item(cast: Cast) -> Any:
    from lianjian.lists.actions import publish
    from lianjian.lists.models import Item

    held = Item.objects.filter(title="闲置仓库").order_by("pk").first()
    return held or publish(
        actor=cast.actor("clerk"),
        organization=cast.firm,
        kind="resource",
        category="仓储共用",
        title="闲置仓库",
        now=NOW,
    )


def _match_found(cast: Cast) -> dict[str, Any]:
    """What matching found for the store, as the address of an answer names it."""
    from lianjian.lists.actions import publish
    from lianjian.lists.models import Item

    found = Item.objects.filter(title="求租仓库").order_by("pk").first() or publish(
        actor=cast.actor("clerk"),
        organization=cast.second_firm,
        kind="need",
        category="仓储共用",
        title="求租仓库",
        source="case",
        now=NOW,
    )
    return {"key": _item(cast).key, "label": "lists.item", "found": found.key}


def _verdict(cast: Cast) -> Any:
    from lianjian.lists.actions import refuse_match
    from lianjian.lists.models import MatchEntry, Verdict

    asked = _match_found(cast)
    entry = MatchEntry.objects.get(subject_key=asked["found"])
    held = Verdict.objects.filter(found_key=asked["found"]).first()
    return held or refuse_match(actor=cast.actor("clerk"), item=_item(cast), entry=entry, reason="太小", now=NOW)


def _synonym(cast: Cast) -> Any:
    from lianjian.lists.actions import add_synonym
    from lianjian.lists.models import Synonym

    return Synonym.objects.order_by("pk").first() or add_synonym(
        actor=cast.actor("clerk"), word="恒温窖", other="地下库房", now=NOW
    )


def _public_item(cast: Cast) -> dict[str, Any]:
    from lianjian.lists.actions import publish

    made = publish(
        actor=cast.actor("clerk"),
        organization=cast.village,
        kind="project",
        category="特色禀赋",
        title="古树茶园合作",
        visibility="public",
        now=NOW,
    )
    return {"key": made.key}


def _claim(cast: Cast) -> Any:
    from lianjian.lists.actions import propose
    from lianjian.lists.models import Claim

    item = _item(cast)
    held = Claim.objects.filter(item=item, organization=cast.second_firm, state="proposed").first()
    return held or propose(actor=cast.actor("clerk"), item=item, organization=cast.second_firm, now=NOW)


def _agreed(cast: Cast) -> Any:
    from lianjian.lists.actions import agree

    return agree(actor=cast.actor("clerk"), claim=_claim(cast), side="owner", now=NOW)


def _outcome(cast: Cast) -> dict[str, Any]:
    from lianjian.lists.actions import add_outcome

    told = {"kind": "money", "amount": Decimal(1000), "on": TODAY}
    made = add_outcome(actor=cast.actor("clerk"), claim=_agreed(cast), side="owner", now=NOW, **told)
    return {"key": made.key}


def _edition(cast: Cast) -> dict[str, Any]:
    from lianjian.lists.actions import issue_edition

    _item(cast)
    made = issue_edition(actor=cast.actor("clerk"), title="2026年第1期", since=TODAY, until=TODAY, now=NOW)
    return {"key": made.key}


def _meeting(cast: Cast, *, held: bool = False) -> Any:
    """A meeting of the town with all its firms; `held` with minutes."""
    from lianjian.directory.models import Organization
    from lianjian.events import actions

    clerk, start = cast.actor("clerk"), clock.now() + timedelta(days=-1 if held else 9)
    made = actions.plan_meeting(
        actor=clerk,
        convener=cast.town_root,
        kind="联席会议",
        title="联席会议",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        place="三楼",
        bodies=[(firm, "member") for firm in Organization.objects.filter(jurisdiction=cast.town, classification="enterprise")],
        now=NOW,
    )
    if held:
        came = dict.fromkeys(made.invitations.values_list("pk", flat=True), actions.Came("attended", 2))
        actions.hold_meeting(actor=clerk, meeting=made, came=came, text="纪要", now=clock.now())
    return made


def _serving(cast: Cast) -> dict[str, Any]:
    """A meeting that was held with a team."""
    from lianjian.events import actions
    from lianjian.events.models import Minutes

    meeting, team = _meeting(cast, held=True), _team(cast)
    rows = meeting.invitations.filter(withdrawn_at__isnull=True).values_list("pk", "attendance", "people", "words")
    actions.correct_meeting(
        actor=cast.actor("clerk"), meeting=meeting, came={pk: actions.Came(*said) for pk, *said in rows},
        text=Minutes.objects.get(meeting=meeting).text, reason="补记团队", teams=[team], now=clock.now(),
    )  # fmt: skip
    return {"key": meeting.key, "team": team.key}


def _door(cast: Cast) -> Any:
    """A meeting of the town's firms that begins in ten minutes, with codes at the door."""
    from lianjian.events import actions
    from lianjian.events.models import Meeting

    meeting, now = _meeting(cast), clock.now()
    start = now + timedelta(minutes=10)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    return actions.open_door(actor=cast.actor("clerk"), meeting=meeting, now=now)


def _signing(cast: Cast) -> Any:
    """A meeting for which people may sign up until it begins in ten minutes."""
    from lianjian.events import actions
    from lianjian.events.models import Meeting

    meeting, now = _meeting(cast), clock.now()
    start = now + timedelta(minutes=10)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=start + timedelta(hours=1))
    return actions.open_sign_up(actor=cast.actor("clerk"), meeting=meeting, until=start, seats=20, now=now)


def _sign_up(cast: Cast) -> dict[str, Any]:
    from lianjian.events import actions

    return {"key": actions.sign_up(actor=cast.actor("contact"), meeting=_signing(cast), now=clock.now()).key}


def _door_code(cast: Cast) -> dict[str, Any]:
    from lianjian.events.queries.door import code_of
    from lianjian.events.rules.door import SHOWN

    meeting = _door(cast)
    return {"key": meeting.key, "code": code_of(meeting, SHOWN, clock.now())}


def _invitation(cast: Cast) -> dict[str, Any]:
    return {"key": _meeting(cast).invitations.get(organization=cast.firm).key}


def _general_meeting(cast: Cast) -> dict[str, Any]:
    """A general meeting of a branch without a list, and the branch."""
    from lianjian.events import actions

    branch, start = _branch(cast), clock.now() - timedelta(days=1)
    made = actions.plan_meeting(
        actor=cast.actor("clerk"), convener=branch, kind="支部党员大会", title="党员大会", starts_at=start,
        ends_at=start + timedelta(hours=1), place="活动室", bodies=[], now=NOW,
    )  # fmt: skip
    actions.hold_meeting(actor=cast.actor("clerk"), meeting=made, came={}, text="", now=clock.now())
    return {"key": made.key, "body": branch.key}


def _decision(cast: Cast, *, settled: bool = False) -> Any:
    from lianjian.events import actions

    meeting = _meeting(cast, held=True)
    made = actions.decide(
        actor=cast.actor("clerk"), meeting=meeting, text="共用货车", organizations=[cast.firm], due_on=clock.today(), now=NOW
    )
    if settled:
        actions.settle_decision(actor=cast.actor("clerk"), decision=made, evidence="办妥", now=NOW)
    return made


def _charge(cast: Cast) -> dict[str, Any]:
    return {"key": _decision(cast).charges.get().key}


def _voted(cast: Cast) -> dict[str, Any]:
    """A decision that was put to the vote, with the numbers typed."""
    from lianjian.events import actions
    from lianjian.events.rules.voting import Vote

    made = actions.decide(
        actor=cast.actor("clerk"), meeting=_meeting(cast, held=True), text="共用冷库", organizations=[cast.firm],
        due_on=clock.today(), now=NOW, vote=Vote(4, 1, 0, 8, 5),
    )  # fmt: skip
    return {"key": made.key}


def _minutes_file(cast: Cast) -> dict[str, Any]:
    from lianjian.events.models import Minutes

    meeting = _meeting(cast, held=True)
    return {**_with_file(Minutes.objects.get(meeting=meeting), cast), "key": meeting.key}


def _series(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import plan_series

    start = clock.now() + timedelta(days=2)
    made = plan_series(
        actor=cast.actor("clerk"),
        convener=cast.town_root,
        kind="卫生大清整",
        title="大清整",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        rhythm="weekly",
        last_on=start.date() + timedelta(days=15),
        place="村口",
        bodies=[],
        now=NOW,
    )
    return {"key": made.key}


def _venue(cast: Cast) -> Any:
    from lianjian.events.actions import open_venue
    from lianjian.events.models import Venue

    actor = cast.actor("clerk")
    held = Venue.objects.filter(name="服务中心", closed_on=None).select_related("organization").first()
    return held or open_venue(actor=actor, organization=cast.town_root, name="服务中心", functions=["会议"], now=NOW)


def _used_meeting(cast: Cast) -> Any:
    """A meeting at the venue, an hour of its own on a day that is past."""
    from lianjian.events import actions
    from lianjian.events.models import Booking

    venue = _venue(cast)
    start = NOW + timedelta(hours=Booking.objects.filter(venue=venue).count())
    return actions.plan_meeting(
        actor=cast.actor("clerk"), convener=cast.town_root, kind="联席会议", title="开放日", starts_at=start,
        ends_at=start + timedelta(hours=1), bodies=[], venue=venue, now=NOW,
    )  # fmt: skip


def _booking(cast: Cast) -> dict[str, Any]:
    from lianjian.events.models import Booking

    return {"key": Booking.objects.get(kind="events.meeting", record=_used_meeting(cast).pk).key}


def _venue_service(cast: Cast) -> Any:
    from lianjian.events.actions import offer_service
    from lianjian.events.models import VenueService

    name = f"服务{VenueService.objects.count()}"
    return offer_service(actor=cast.actor("clerk"), venue=_venue(cast), name=name, since=NOW.date(), now=NOW)


def _count(cast: Cast) -> Any:
    """How many used a service of the venue on a day; and a booking of it, counted."""
    from lianjian.events import actions
    from lianjian.events.models import Booking

    given = {"actor": cast.actor("clerk"), "members": 1, "others": 2, "now": clock.now()}
    booking = Booking.objects.select_related("venue__organization").get(key=_booking(cast)["key"])
    actions.count_booking(booking=booking, **given)
    return actions.count_day(venue=booking.venue, service=_venue_service(cast), on=NOW.date(), **given)


def _venue_user(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import share_venue

    made = share_venue(actor=cast.actor("clerk"), venue=_venue(cast), organization=cast.office, now=NOW)
    return {"key": made.key}


def _activity_template(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import add_template

    made = add_template(
        actor=cast.actor("clerk"),
        organization=cast.town_root,
        name=f"主题党日{clock.now().timestamp()}",
        kind="主题党日",
        parts=["学习", "服务"],
        hosts=[cast.village],
        place="三楼",
        now=NOW,
    )
    return {"key": made.key}


def _winner(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import add_winner

    meeting = _meeting(cast, held=True)
    made = add_winner(actor=cast.actor("clerk"), meeting=meeting, prize="一等奖", person_name="林木匠", now=NOW)
    return {"key": made.key}


def _meeting_question(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import add_question

    made = add_question(actor=cast.actor("clerk"), meeting=_meeting(cast, held=True), text="怎么拼车?", now=NOW)
    return {"key": made.key}


def _photo(cast: Cast) -> dict[str, Any]:
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from lianjian.events.actions import add_photo

    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(buffer, "PNG")
    upload = SimpleUploadedFile("植树.png", buffer.getvalue(), "image/png")
    made = add_photo(
        actor=cast.actor("clerk"), meeting=_meeting(cast, held=True), upload=upload, caption="植树", credit="张工", now=NOW
    )
    return {"key": made.key, "file_key": made.bundle.files.get().key}


def _photo_alone(cast: Cast) -> dict[str, Any]:
    return {"key": _photo(cast)["key"]}


def _display(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import put_up

    made = put_up(actor=cast.actor("clerk"), venue=_venue(cast), kind="荣誉墙", title="荣誉墙", now=clock.now())
    return {"key": made.key}


def _feed(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import make_feed

    feed, _token = make_feed(actor=cast.actor("clerk"), user=cast.users["clerk"], now=NOW)
    return {"key": feed.key}


def _event_word(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import add_word

    return {"key": add_word(actor=cast.actor("clerk"), list_code="kind", name="夕阳红关爱", now=NOW).key}


def _standing_topic(cast: Cast) -> dict[str, Any]:
    from lianjian.events.actions import set_topic

    made = set_topic(actor=cast.actor("clerk"), organization=cast.town_root, topic="安全生产", per="quarter", now=NOW)
    return {"key": made.key}


def _document(cast: Cast, who: str = "clerk") -> Any:
    """A draft of the town; of a department where its handler writes."""
    from lianjian.notices.tests.walk import draft

    return draft(cast, who, audience="place")


def _to_review(cast: Cast) -> dict[str, Any]:
    """A document that waits for its first review."""
    from lianjian.notices.tests.walk import submit

    made = submit(cast, _document(cast, "handler"))
    cast.actor("clerk")
    return {"key": made.key}


def _published(cast: Cast, audience: str) -> Any:
    from lianjian.notices.tests.walk import published

    made = published(cast, audience=audience)
    cast.actor("clerk")
    return made


def _with_picture(document: Any, cast: Cast, who: str = "clerk") -> dict[str, Any]:
    """The address of a picture of a document."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lianjian.notices.actions import add_picture
    from lianjian.notices.tests.walk import drawing

    upload = SimpleUploadedFile("现场.png", drawing(), "image/png")
    made = add_picture(
        actor=cast.actor(who), document=document, upload=upload, caption="现场", credit="镇党建办", consent=True, now=NOW
    )
    return {"key": document.key, "file_key": made.key}


def _public_file(cast: Cast, pictured: bool = False) -> dict[str, Any]:
    """The file of a published version, or its picture."""
    from lianjian.files.models import File
    from lianjian.notices.models import Document, Publication
    from lianjian.notices.tests.walk import approve, draft, submit, with_reviewers

    document = draft(with_reviewers(cast))
    if pictured:
        _with_picture(document, cast, "handler")
    else:
        _with_file(document, cast)
    document = submit(cast, Document.objects.select_related("issuer").get(pk=document.pk))
    for who in ("clerk", "editor", "chief"):
        document = approve(cast, document, who)
    cast.actor("clerk")
    held = Publication.objects.get(document=document).bundle_id
    return {"key": document.key, "file_key": File.objects.get(bundle_id=held).key}


def _opinion(cast: Cast, answered: bool = False) -> dict[str, Any]:
    """What a firm was asked about a draft."""
    from lianjian.notices.actions import answer_opinion, consult

    clerk, document = cast.actor("clerk"), _document(cast)
    made = consult(actor=clerk, document=document, organizations=[cast.firm], now=NOW)[0]
    if answered:
        made = answer_opinion(actor=clerk, opinion=made, stance="agree", text="", now=NOW)
    return {"key": made.key}


def _programme(cast: Cast) -> Any:
    """A programme with a firm and a village of the town in it."""
    from lianjian.alliances import actions
    from lianjian.alliances.models import Programme

    held = Programme.objects.filter(name="企村共建").first()
    if held is not None:
        return held
    clerk = cast.actor("clerk")
    held = actions.open_programme(
        actor=clerk, organization=cast.town_root, name="企村共建", kind="企村共建", shape="one_to_one", since=TODAY, now=NOW
    )
    for side, body in (("giver", cast.firm), ("receiver", cast.village)):
        actions.enrol(actor=clerk, programme=held, organizations=[body], side=side, now=NOW)
    return held


def _side(cast: Cast) -> dict[str, Any]:
    return {"key": _programme(cast).sides.filter(side="giver").order_by("pk").first().key}


def _pair_rule(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import set_rule

    values = {"giver": cast.firm, "receiver": cast.village, "kind": "must", "reason": "已有来往"}
    return {"key": set_rule(actor=cast.actor("clerk"), programme=_programme(cast), now=NOW, **values).key}


def _fact(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import state_fact
    from lianjian.alliances.models import PairFact

    clerk = cast.actor("clerk")
    held = PairFact.objects.filter(kind="market").first()
    made = held or state_fact(
        actor=clerk, organization=cast.firm, kind="market", text="省城", day=TODAY, source="调研", now=NOW
    )
    return {"key": made.key}


def _proposal(cast: Cast) -> Any:
    from lianjian.alliances.actions import propose
    from lianjian.alliances.models import Proposal

    programme = _programme(cast)
    clerk = cast.actor("clerk")
    held = Proposal.objects.filter(programme=programme, state="draft").first()
    return held or propose(actor=clerk, programme=programme, now=NOW)


def _proposed(cast: Cast) -> dict[str, Any]:
    return {"key": _proposal(cast).pairs.order_by("pk").first().key}


def _pairing(cast: Cast) -> Any:
    from lianjian.alliances.actions import confirm_proposal
    from lianjian.alliances.models import Pairing

    clerk = cast.actor("clerk")
    held = Pairing.objects.filter(until__isnull=True).first()
    return held or confirm_proposal(actor=clerk, proposal=_proposal(cast), since=TODAY, now=NOW)[0]


def _pair_measure(cast: Cast) -> dict[str, Any]:
    from decimal import Decimal

    from lianjian.alliances.actions import measure
    from lianjian.alliances.models import PairMeasure

    pairing = _pairing(cast)
    held = PairMeasure.objects.filter(pairing=pairing, struck_at__isnull=True).first()
    made = held or measure(
        actor=cast.actor("clerk"), pairing=pairing, kind="jobs", value=Decimal(3), day=TODAY, source="调研", now=NOW
    )
    return {"key": made.key}


def _pair_action(cast: Cast) -> dict[str, Any]:
    return {"key": _pairing(cast).actions.get(code="help").key}


def _pair_record(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import record_action

    action = _pairing(cast).actions.get(code="help")
    return {"key": record_action(actor=cast.actor("clerk"), action=action, on=TODAY, now=NOW).key}


def _pair_file(cast: Cast) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lianjian.alliances.models import PairRecord
    from lianjian.files.actions import attach

    found = _pair_record(cast)
    record = PairRecord.objects.get(**found)
    upload = SimpleUploadedFile("协议.pdf", b"%PDF-1.7")
    return {**found, "file_key": attach(actor=cast.actor("clerk"), record=record, upload=upload, now=NOW).key}


def _pair_report(cast: Cast) -> dict[str, Any]:
    """A pair of a county's programme between two towns; the town reports at home, with evidence."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lianjian.alliances import actions
    from lianjian.alliances.models import PairAction, Pairing

    county = cast.actor("county_clerk")
    held = actions.open_programme(
        actor=county, organization=cast.county_root, name=f"跨镇结对{Pairing.objects.count()}", kind="强弱结对",
        shape="one_to_one", since=TODAY, now=NOW,
    )  # fmt: skip
    for side, body in (("giver", cast.other_firm), ("receiver", cast.firm)):
        actions.enrol(
            actor=county, programme=held, organizations=[body], side=side, consent="yes", consent_on=TODAY, now=NOW
        )
    proposal = actions.propose(actor=county, programme=held, now=NOW)
    [pair] = actions.confirm_proposal(actor=county, proposal=proposal, since=TODAY, now=NOW)
    clerk = cast.actor("clerk")
    rows = PairAction.objects.select_related("pairing__giver", "pairing__receiver")
    action = rows.get(pairing=pair, code="help")
    made = actions.report_action(actor=clerk, action=action, on=TODAY, now=NOW)
    upload = SimpleUploadedFile("照片.pdf", b"%PDF-1.7")
    file = actions.hang_evidence(actor=clerk, row=made, pairing=pair, upload=upload, now=NOW)
    return {"key": made.key, "file_key": file.key}


def _contribution(cast: Cast) -> dict[str, Any]:
    from decimal import Decimal

    from lianjian.alliances.actions import contribute

    values = {"side": "giver", "amount": Decimal(20_000), "on": TODAY, "source": "社会资本", "note": "回单"}
    return {"key": contribute(actor=cast.actor("clerk"), pairing=_pairing(cast), now=NOW, **values).key}


def _campaign(cast: Cast) -> Any:
    from lianjian.alliances.actions import open_campaign
    from lianjian.alliances.models import Campaign

    clerk = cast.actor("clerk")
    held = Campaign.objects.filter(name="家具企业两整").first()
    return held or open_campaign(
        actor=clerk, organization=cast.town_root, name="家具企业两整", kind="整治整改", since=TODAY, now=NOW
    )


def _campaign_goal(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import add_campaign_action

    held = _campaign(cast)
    made = held.actions.first() or add_campaign_action(
        actor=cast.actor("clerk"), campaign=held, name="创成示范镇", counts="stated", now=NOW
    )
    return {"key": made.key}


def _part(cast: Cast) -> Any:
    from lianjian.alliances.actions import invite_to_campaign

    held = _campaign(cast)
    clerk = cast.actor("clerk")
    there = held.participants.filter(organization=cast.firm).first()
    return there or invite_to_campaign(
        actor=clerk, campaign=held, organizations=[cast.firm], status="joined", on=TODAY, now=NOW
    )[0]


def _demonstration(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import name_demonstration

    made = name_demonstration(actor=cast.actor("clerk"), alliance=_alliance(cast), year=2026, title="共富产业园", now=NOW)
    return {"key": made.key}


def _campaign_lead(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import name_lead

    made = name_lead(
        actor=cast.actor("clerk"), participant=_part(cast), person=cast.people["contact"], way="asked", since=TODAY, now=NOW
    )
    return {"key": made.key}


def _campaign_record(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import record_work

    part = _part(cast)
    made = record_work(actor=cast.actor("clerk"), participant=part, on=TODAY, problem="门口积水", due_on=TODAY, now=NOW)
    return {"key": made.key}


def _rectification(cast: Cast) -> Any:
    from lianjian.alliances.actions import open_rectification

    part = _part(cast)
    return open_rectification(
        actor=cast.actor("clerk"), participant=part, issue="废气没有收集", measure="安装设施", found_on=TODAY, due_on=TODAY,
        now=NOW,
    )  # fmt: skip


def _rectification_file(cast: Cast) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lianjian.files.actions import attach

    one = _rectification(cast)
    upload = SimpleUploadedFile("检测.pdf", b"%PDF-1.7")
    return {"key": one.key, "file_key": attach(actor=cast.actor("clerk"), record=one, upload=upload, now=NOW).key}


def _campaign_meeting(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import tag_meeting

    held, meeting = _campaign(cast), _meeting(cast)
    clerk = cast.actor("clerk")
    there = held.meetings.filter(meeting=meeting).first()
    return {"key": (there or tag_meeting(actor=clerk, campaign=held, meeting=meeting, now=NOW)).key}


def _honour(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import award_honour
    from lianjian.alliances.models import Honour

    clerk = cast.actor("clerk")
    made = Honour.objects.filter(title="先进基层党组织").first() or award_honour(
        actor=clerk, organization=cast.branch, title="先进基层党组织", level="county", awarded_by="县委", awarded_on=TODAY,
        document="1号", now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _award(cast: Cast) -> Any:
    from lianjian.awards.actions import found_scheme
    from lianjian.awards.models import Scheme

    return Scheme.objects.filter(name="最美庭院").first() or found_scheme(
        actor=cast.actor("clerk"), organization=cast.village, name="最美庭院", subject="household", per="quarter",
        criteria="院内净\n院外净", now=NOW,
    )  # fmt: skip


def _award_round(cast: Cast) -> Any:
    """A round whose list hangs out, with one who is on it."""
    from lianjian.awards.actions import open_round, show_round
    from lianjian.awards.models import Round

    found = Round.objects.filter(scheme__name="最美庭院").first()
    if found is None:
        clerk = cast.actor("clerk")
        found = open_round(actor=clerk, scheme=_award(cast), starts=date(TODAY.year, (TODAY.month - 1) // 3 * 3 + 1, 1), now=NOW)
        one = _put_forward(cast, found, "田小满")
        show_round(actor=clerk, round=found, chosen=[one.key], on=TODAY, document="会议记录", now=NOW)
    return found


def _put_forward(cast: Cast, round_: Any, name: str) -> Any:
    """One who was put forward and looked at."""
    from lianjian.awards.actions import check_nominee, nominate

    clerk = cast.actor("clerk")
    one = nominate(actor=clerk, round=round_, name=name, way="group", agreed=True, now=NOW)
    return check_nominee(actor=clerk, nominee=one, met=[1, 2], on=TODAY, by="评选小组", agreed=True, now=NOW)


def _nominee(cast: Cast) -> dict[str, Any]:
    return {"key": _award_round(cast).nominees.order_by("pk").first().key}


def _points(cast: Cast) -> Any:
    """A village's points: what gives them, two accounts, claims at each step, a good in stock, an exchange of today."""
    from lianjian.points import actions as points
    from lianjian.points.models import Scheme

    clerk, long_ago = cast.actor("clerk"), NOW - timedelta(days=30)
    found = Scheme.objects.filter(name="积分超市").first()
    if found is not None:
        return found
    day = TODAY - timedelta(days=30)
    found = points.found_scheme(
        actor=clerk, organization=cast.village, name="积分超市", unit="household", per="month", carries=False, now=long_ago
    )
    points.adopt_edition(
        actor=clerk, scheme=found, items="卫生清整 20", decided_on=day, published_on=day, starts_on=day, document="会议记录",
        now=long_ago,
    )  # fmt: skip
    points.open_accounts(actor=clerk, scheme=found, rows=[("田小满", "一组"), ("林秋实", "二组")], agreed=True, now=long_ago)
    _points_claim(cast, found, "田小满", day, long_ago)
    _points_review(cast, found, day, long_ago, posted=NOW - timedelta(days=20))
    good = points.add_good(actor=clerk, scheme=found, name="洗衣粉", unit="袋", price=8, now=long_ago)
    points.move_stock(actor=clerk, good=good, kind="bought", quantity=50, on=TODAY, document="发票", now=NOW)
    held = points.open_day(actor=clerk, scheme=found, on=TODAY, now=NOW)
    account = found.accounts.get(name="田小满")
    points.exchange(actor=clerk, day=held, account=account, good=good, quantity=1, now=NOW)
    _points_claim(cast, found, "林秋实", TODAY - timedelta(days=1), NOW)
    _points_review(cast, found, TODAY, NOW)
    _points_claim(cast, found, "林秋实", TODAY, NOW)
    return found


def _points_claim(cast: Cast, scheme: Any, name: str, on: date, now: datetime) -> None:
    from lianjian.points.actions import file_claims

    file_claims(
        actor=cast.actor("clerk"), scheme=scheme, item="卫生清整", accounts=name, on=on, proof="签到表", now=now
    )


def _points_review(cast: Cast, scheme: Any, on: date, now: datetime, posted: datetime | None = None) -> Any:
    """A review of what was filed: its list hangs out, or was entered long ago."""
    from lianjian.points import actions as points

    clerk = cast.actor("clerk")
    keys = list(scheme.claims.filter(state="filed", on__lt=TODAY).values_list("key", flat=True))
    points.check_claims(actor=clerk, scheme=scheme, claims=keys, by="组长", now=now)
    held = points.open_review(actor=clerk, scheme=scheme, on=on, jurors=[("甲", ""), ("乙", ""), ("丙", "")], now=now)
    votes = dict.fromkeys(held.claims.values_list("key", flat=True), 3)
    points.vote_on_claims(actor=clerk, review=held, votes=votes, now=now)
    points.show_review(actor=clerk, review=held, on=on, document="评议记录", now=now)
    if posted is not None:
        points.post_review(actor=clerk, review=held, on=posted.date(), now=posted)
    return held


def _points_key(of: str) -> Any:
    """The key of a record of the village's points, as a page asks for it."""

    def key(cast: Cast) -> dict[str, Any]:
        scheme = _points(cast)
        rows = {
            "scheme": lambda: scheme,
            "edition": lambda: scheme.editions.order_by("pk").first(),
            "account": lambda: scheme.accounts.get(name="田小满"),
            "entry": lambda: scheme.accounts.get(name="田小满").entries.get(kind="earned"),
            "filed": lambda: scheme.claims.filter(state="filed").order_by("pk").first(),
            "reviewed": lambda: scheme.claims.filter(state="reviewed").order_by("pk").first(),
            "review": lambda: scheme.reviews.filter(state="shown").order_by("-number").first(),
            "good": lambda: scheme.goods.get(name="洗衣粉"),
            "day": lambda: scheme.days.get(on=TODAY),
            "exchange": lambda: scheme.days.get(on=TODAY).exchanges.order_by("pk").first(),
        }
        return {"key": rows[of]().key}

    return key


def _model_case(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import add_model_case
    from lianjian.alliances.models import ModelCase

    clerk = cast.actor("clerk")
    made = ModelCase.objects.filter(title="村企联建").first() or add_model_case(
        actor=clerk, organization=cast.village, title="村企联建", year=TODAY.year, named_by="县委", document="1号",
        lessons="支部建在链上", now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _tag(cast: Cast) -> Any:
    """A class of villages, with a measure."""
    from lianjian.directory.actions import add_measure, add_tag, add_tag_scheme
    from lianjian.directory.models import Tag

    clerk = cast.actor("clerk")
    found = Tag.objects.filter(name="薄弱村").first()
    if found is None:
        scheme = add_tag_scheme(actor=clerk, name="四类村", kinds=["village"], exclusive=True, now=NOW)
        found = add_tag(actor=clerk, scheme=scheme, name="薄弱村", document="1号", now=NOW)
        add_measure(actor=clerk, tag=found, text="选派第一书记", document="1号", since=TODAY, now=NOW)
    return found


def _tagging(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.actions import set_tag
    from lianjian.directory.models import Tagging

    tag, clerk = _tag(cast), cast.actor("clerk")
    made = Tagging.objects.filter(tag=tag, organization=cast.village).first() or set_tag(
        actor=clerk, organization=cast.village, tag=tag, since=TODAY, document="1号", now=NOW
    )
    return {"key": made.key}


def _relocation(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.actions import register_organization, relocate_village
    from lianjian.directory.models import Organization, Relocation

    clerk = cast.actor("clerk")
    place = Organization.objects.filter(name="河湾安置点").first() or register_organization(
        actor=clerk, name="河湾安置点", classification="settlement", parent=cast.town_root, now=NOW
    )
    made = Relocation.objects.filter(settlement=place).first() or relocate_village(
        actor=clerk, village=cast.village, settlement=place, since=TODAY, households=3, residents=9, document="1号",
        now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _benefit(cast: Cast) -> Any:
    from lianjian.alliances.actions import Signer, sign_benefit
    from lianjian.alliances.models import BenefitAgreement

    clerk = cast.actor("clerk")
    return BenefitAgreement.objects.filter(title="镇园共享").first() or sign_benefit(
        actor=clerk, parties=[Signer("government", cast.town_root), Signer("firm", cast.firm)], title="镇园共享", document="1号", signed_on=TODAY, since=TODAY,
        now=NOW,
    )  # fmt: skip


def _benefit_item(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import share_benefit

    held = _benefit(cast)
    made = held.items.first() or share_benefit(
        actor=cast.actor("clerk"), agreement=held, kind="tax", shares={1: 6_000, 2: 4_000}, now=NOW
    )
    return {"key": made.key}


def _payout(cast: Cast) -> dict[str, Any]:
    from lianjian.alliances.actions import pay_benefit
    from lianjian.alliances.models import BenefitItem

    item = BenefitItem.objects.get(**_benefit_item(cast))
    made = pay_benefit(
        actor=cast.actor("clerk"), item=item, party=item.agreement.parties.get(number=2), on=TODAY, amount=Decimal(500),
        source="回单", now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _lesson(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import keep_lesson

    return {"key": keep_lesson(actor=cast.actor("clerk"), question="怎么办", answer="这样办", category="law", now=NOW).key}


def _channel(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.actions import open_channel

    return {"key": open_channel(actor=cast.actor("clerk"), name="法治群", organization=cast.village, now=NOW).key}


def _case_file(cast: Cast) -> dict[str, Any]:
    from lianjian.cases.models import Case

    return _with_file(Case.objects.get(key=_case(cast)["key"]), cast)


def _branch(cast: Cast) -> Any:
    """A branch of the town that has a committee."""
    from lianjian.directory.actions import register_organization
    from lianjian.directory.models import Organization

    name = "柳溪第一党支部"
    held = Organization.objects.filter(name=name).first()
    return held or register_organization(
        actor=cast.actor("clerk"), name=name, classification="party", parent=cast.town_root, since=TODAY - timedelta(days=400),
        now=NOW, profile={"level": "branch", "members": 9},
    )  # fmt: skip


def _shortfall(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import derive_cadences
    from lianjian.partylife.models import Shortfall

    branch = _branch(cast)
    late = datetime.combine(date(TODAY.year, TODAY.month, 28), time(6), tzinfo=UTC)
    derive_cadences(actor=cast.system(cast.town), jurisdiction_id=cast.town.pk, now=max(late, NOW))
    return {"key": Shortfall.objects.filter(branch=branch).earliest("pk").key}


def _standard(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import add_standard
    from lianjian.partylife.models import Standard

    first = date(TODAY.year, 1, 1)
    held = Standard.objects.filter(valid_from=first).first() or add_standard(
        actor=cast.actor("clerk"), area="life", title="三会一课", source="县委文件", valid_from=first, now=NOW
    )
    return {"key": held.key}


def _guidance(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import remark
    from lianjian.partylife.models import Guidance

    held = _meeting(cast, held=True)
    made = Guidance.objects.filter(meeting=held).first() or remark(
        actor=cast.actor("clerk"), meeting=held, branch=held.convener, quality="mend", words="缺讨论",
        mend_by=TODAY + timedelta(days=30), now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _pledge(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import pledge
    from lianjian.partylife.models import Pledge

    made = Pledge.objects.filter(until__isnull=True).first() or pledge(
        actor=cast.actor("clerk"), branch=_branch(cast), person="李建华", kind="post", post="先锋岗", promise="零事故",
        since=TODAY, now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _lead(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import notice_talent
    from lianjian.partylife.models import TalentLead

    made = TalentLead.objects.filter(state="open").first() or notice_talent(
        actor=cast.actor("clerk"), person="乔木", enterprise=cast.firm, kind="backbone", noticed_on=TODAY, source="visit",
        now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _appraisal(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import record_appraisal
    from lianjian.partylife.models import Appraisal
    from lianjian.partylife.rules.appraisals import Steps

    day = date(TODAY.year - 1, 12, 20)
    made = Appraisal.objects.first() or record_appraisal(
        actor=cast.actor("clerk"), branch=_branch(cast), year=TODAY.year - 1, held_on=day,
        members=3, qualified=3, steps=Steps(day, day, day, day), now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _committee(cast: Cast) -> Any:
    from lianjian.directory.actions import register_organization
    from lianjian.directory.models import Organization

    held = Organization.objects.filter(name="家具产业园党委").first()
    return held or register_organization(
        actor=cast.actor("clerk"), name="家具产业园党委", classification="party", parent=cast.town_root, now=NOW,
        profile={"level": "committee"},
    )  # fmt: skip


def _review(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import review_pool
    from lianjian.partylife.models import PoolReview

    made = PoolReview.objects.filter(struck_at__isnull=True).first() or review_pool(
        actor=cast.actor("clerk"), body=_committee(cast), reviewed_on=TODAY, problems="一线职工少", measures="每季度谈话",
        now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _training(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import plan_training
    from lianjian.partylife.models import TrainingLine

    made = TrainingLine.objects.filter(dropped_reason="").first() or plan_training(
        actor=cast.actor("clerk"), organization=_branch(cast), year=TODAY.year, title="轮训", audiences=["党组织书记"], now=NOW
    )
    return {"key": made.key}


def _body_approval(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import approve_exception

    made = approve_exception(
        actor=cast.actor("clerk"), branch=_branch(cast), matter="few", paper="柳党文〔2026〕8号", approved_on=date(2026, 2, 1),
        now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _election(cast: Cast) -> dict[str, Any]:
    """One that waits for the superior."""
    from lianjian.partylife.actions import Named, add_member, record_election
    from lianjian.partylife.models import Election
    from lianjian.partylife.queries.bodies import form_on
    from lianjian.partylife.queries.committees import electors
    from lianjian.partylife.rules.elections import Count

    held = Election.objects.filter(state="recorded").first()
    if held is not None:
        return {"key": held.key}
    meeting = _meeting(cast, held=True)
    meeting.refresh_from_db()
    member = add_member(
        actor=cast.actor("clerk"), person="林选", branch=meeting.convener, since=TODAY - timedelta(days=300),
        joined_on=date(2015, 7, 1), full_on=date(2016, 7, 1), now=NOW, namesake=True,
    )  # fmt: skip
    day = (clock.now() - timedelta(days=1)).date()
    here = electors(meeting.convener, form_on(meeting.convener, day), day).count()
    count = Count(seats=1, candidates=1, present=here, ballots_out=here, ballots_in=here)
    made = record_election(
        actor=cast.actor("clerk"), branch=meeting.convener, meeting=meeting, leadership="secretary", count=count,
        named=[Named(member, ["secretary"], here)], request_paper="柳党文〔2026〕3号", now=clock.now(),
    )  # fmt: skip
    return {"key": made.key}


def _found_member(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import record_found_member

    made = record_found_member(
        actor=cast.actor("clerk"), person="秦川", enterprise=cast.firm, found_on=date(2024, 5, 6), now=NOW
    )
    return {"key": made.key}


def _party_member(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import add_member

    made = add_member(
        actor=cast.actor("clerk"), person="林远", branch=cast.branch, since=date(2020, 3, 1),
        joined_on=date(2015, 7, 1), full_on=date(2016, 7, 1), now=NOW, namesake=True,
    )  # fmt: skip
    return {"key": made.key}


def _guest_seat(cast: Cast) -> dict[str, Any]:
    """A member's seat in a second branch."""
    from lianjian.directory.actions import register_organization
    from lianjian.directory.models import Organization
    from lianjian.partylife.actions import add_host
    from lianjian.partylife.models import PartyMember

    host = Organization.objects.filter(name="联合党支部").first() or register_organization(
        actor=cast.system(), name="联合党支部", classification="party", parent=cast.town_root, now=NOW
    )
    member = PartyMember.objects.get(key=_party_member(cast)["key"])
    return {"key": add_host(actor=cast.actor("clerk"), member=member, branch=host, since=date(2024, 5, 6), now=NOW).key}


def _exemption(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import exempt
    from lianjian.partylife.models import PartyMember

    member = PartyMember.objects.get(key=_party_member(cast)["key"])
    return {
        "key": exempt(actor=cast.actor("clerk"), member=member, kind="unbound", since=date(2024, 5, 6), now=NOW).key
    }


def _transfer_out(cast: Cast) -> dict[str, Any]:
    """A member on the way to another branch of the town."""
    from lianjian.directory.actions import register_organization
    from lianjian.directory.models import Organization
    from lianjian.partylife.actions import open_transfer
    from lianjian.partylife.models import PartyMember

    to = Organization.objects.filter(name="接收党支部").first() or register_organization(
        actor=cast.system(), name="接收党支部", classification="party", parent=cast.town_root, now=NOW
    )
    made = open_transfer(
        actor=cast.actor("clerk"), member=PartyMember.objects.get(key=_party_member(cast)["key"]), to_branch=to,
        reason="work", opened_on=date(2024, 5, 6), now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _transfer_outside(cast: Cast) -> dict[str, Any]:
    """A member on the way to a place outside."""
    from lianjian.partylife.actions import open_transfer
    from lianjian.partylife.models import PartyMember

    made = open_transfer(
        actor=cast.actor("clerk"), member=PartyMember.objects.get(key=_party_member(cast)["key"]), to_branch=None,
        to_text="外省某街道党工委", reason="home", opened_on=date(2024, 5, 6), now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _absence(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import record_absence
    from lianjian.partylife.models import PartyMember

    made = record_absence(
        actor=cast.actor("clerk"), member=PartyMember.objects.get(key=_party_member(cast)["key"]), kind="mobile",
        since=date(2024, 5, 6), place="广东省东莞市", now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _applicant(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import record_application

    made = record_application(
        actor=cast.actor("clerk"), person="梁田", enterprise=cast.firm, applied_on=date(2024, 5, 6), now=NOW
    )
    return {"key": made.key}


def _applicant_step(cast: Cast) -> dict[str, Any]:
    return {**_applicant(cast), "number": 2}


def _applicant_moved(cast: Cast) -> dict[str, Any]:
    """Somebody who was transferred to the other town."""
    from lianjian.partylife.actions import transfer_applicant
    from lianjian.partylife.models import Applicant

    made = _applicant(cast)
    transfer_applicant(
        actor=cast.actor("clerk"),
        applicant=Applicant.objects.get(key=made["key"]),
        transferred_on=date(2024, 6, 6),
        branch=cast.other_root,
        now=NOW,
    )
    return made


def _development_step(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.actions import take_step
    from lianjian.partylife.models import Applicant
    from lianjian.partylife.rules.facts import Facts

    row = Applicant.objects.get(key=_applicant(cast)["key"])
    facts = Facts(choice="secretary")
    made = take_step(
        actor=cast.actor("clerk"), applicant=row, number=2, done_on=date(2024, 5, 10), facts=facts, now=NOW
    )
    return {"key": made.key}


def _development_file(cast: Cast) -> dict[str, Any]:
    from lianjian.partylife.models import DevelopmentStep

    return _with_file(DevelopmentStep.objects.get(key=_development_step(cast)["key"]), cast)


def _covering(cast: Cast) -> dict[str, Any]:
    """The role by which an instructor looks after a firm."""
    from lianjian.directory.models import Membership

    return {"key": Membership.objects.get(role="instructor", organization=cast.firm).key}


def _posted(cast: Cast) -> dict[str, Any]:
    """The posting of a cadre at a firm."""
    from lianjian.coverage.actions import assign_leader
    from lianjian.directory.models import Membership

    held = Membership.objects.filter(role="firm_cadre", organization=cast.firm).first() or assign_leader(
        actor=cast.actor("clerk"), enterprise=cast.firm, person="驻企干部", role="firm_cadre", since=TODAY, now=NOW
    )
    return {"key": held.key}


def _led(cast: Cast) -> dict[str, Any]:
    """A leader who answers for a firm."""
    from lianjian.coverage.actions import assign_leader
    from lianjian.directory.models import Membership

    leader, role = cast.people["leader"], "leader"
    if not Membership.objects.filter(role=role, organization=cast.firm, person=leader).exists():
        assign_leader(
            actor=cast.actor("clerk"), enterprise=cast.firm, person=leader, role=role, since=TODAY, now=NOW
        )
    return {"key": leader.key}


def _purpose(cast: Cast) -> dict[str, Any]:
    """A purpose of visits that the town added."""
    from lianjian.events.actions import add_purpose

    return {"key": add_purpose(actor=cast.actor("clerk"), name="安全检查", now=NOW).key}


def _post(cast: Cast) -> dict[str, Any]:
    """A post of a department of the town."""
    from lianjian.directory.actions import add_post

    made = add_post(actor=cast.actor("clerk"), organization=cast.office, title="主任", role="head", now=NOW)
    return {"key": made.key}


def _term(cast: Cast) -> dict[str, Any]:
    """Somebody who holds a post."""
    from lianjian.directory.actions import add_post, appoint

    actor = cast.actor("clerk")
    post = add_post(actor=actor, organization=cast.office, title="主任", role="head", now=NOW)
    return {"key": appoint(actor=actor, post=post, person=cast.people["handler"], since=TODAY, now=NOW).key}


def _firm(cast: Cast) -> dict[str, Any]:
    return {"key": cast.firm.key}


def _colleague(cast: Cast) -> dict[str, Any]:
    return {"key": cast.people["handler"].key}


def _cover_proposal(cast: Cast) -> dict[str, Any]:
    """A proposal of stations for both firms."""
    from lianjian.coverage.actions import propose_cover

    made = propose_cover(actor=cast.actor("clerk"), kind="station", scope="all", since=TODAY, now=NOW)
    return {"key": made.key}


def _proposed_line(cast: Cast) -> dict[str, Any]:
    from lianjian.coverage.models import ProposedCover

    key = _cover_proposal(cast)["key"]
    return {"key": ProposedCover.objects.filter(proposal__key=key)[0].key}


def _leave(cast: Cast) -> dict[str, Any]:
    from lianjian.coverage.actions import start_leave

    made = start_leave(actor=cast.actor("clerk"), person=cast.people["instructor"], since=TODAY, now=NOW)
    return {"key": made.leave.key}


def _cap(cast: Cast) -> dict[str, Any]:
    from lianjian.coverage.actions import set_cap

    made = set_cap(actor=cast.actor("clerk"), holder=cast.station, most=9, since=TODAY, now=NOW)
    return {"key": made.key}


def _survey(cast: Cast) -> dict[str, Any]:
    from lianjian.coverage.actions import open_survey

    made = open_survey(
        actor=cast.actor("clerk"), name="全覆盖摸排", firms="all", facts=["staff", "willing"], opens_on=TODAY,
        closes_on=TODAY, now=NOW,
    )  # fmt: skip
    return {"key": made.key}


def _survey_row(cast: Cast) -> dict[str, Any]:
    from lianjian.coverage.models import SurveyFirm

    key = _survey(cast)["key"]
    return {"key": SurveyFirm.objects.get(survey__key=key, organization=cast.firm).key}


def _coverage_link(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.models import Link

    return {"key": Link.objects.get(kind="coverage", target=cast.firm).key}


def _likeness(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.models.merging import Likeness

    first, second = sorted((cast.firm, cast.second_firm), key=lambda firm: firm.pk)
    made = Likeness.objects.create(jurisdiction=cast.town, first=first, second=second, reason="name", found_at=NOW)
    return {"key": made.key}


def _merge(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.actions.merging import merge_organizations

    made = merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=cast.second_firm, now=NOW)
    return {"key": made.key}


def _shape(cast: Cast) -> dict[str, Any]:
    from lianjian.directory.models import AreaShape

    cast.system()
    made = AreaShape.objects.create(jurisdiction=cast.town, name="柳溪村", geojson={}, uploaded_at=NOW)
    return {"pk": made.pk}


def _figure(cast: Cast) -> dict[str, Any]:
    from lianjian.foundation import registry

    return {"code": sorted(registry.indicators)[0]}


def _imported(cast: Cast) -> dict[str, Any]:
    """An import that waits for a look at its columns."""
    return {"key": _uploaded(cast).key}


def _uploaded(cast: Cast) -> Any:
    from lianjian.sheets import actions

    clerk = cast.actor("clerk")
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write("企业名称,职工数\n柳溪样品木业有限公司,30\n".encode())
        file.flush()
        made = actions.upload(
            actor=clerk, jurisdiction_id=cast.town.pk, name="样品.csv", path=file.name, now=NOW
        )
    actions.read_import(actor=clerk, imported=made, now=NOW)
    return made


def _name_to_decide(cast: Cast) -> dict[str, Any]:
    from lianjian.sheets.models import ReviewItem

    imported = _uploaded(cast)
    made = ReviewItem.objects.create(
        jurisdiction=cast.town,
        imported=imported,
        name="晨光家居木业",
        name_key="晨光家居木业",
        candidates=[
            {"id": cast.firm.pk, "name": cast.firm.name, "likeness": 0.6, "difference": "用字不同", "left": "", "right": ""}
        ],
        found_at=NOW,
    )
    return {"key": made.key}


def _remembered(cast: Cast) -> dict[str, Any]:
    from lianjian.sheets.models import Memory

    cast.actor("clerk")
    made = Memory.objects.create(
        jurisdiction=cast.town, what="column", kind="enterprise", word="老板", target="secretary", by_name="何静", at=NOW
    )
    return {"key": made.key}


def _kept(cast: Cast) -> dict[str, Any]:
    from lianjian.sheets.models import KeptSheet

    cast.actor("clerk")
    return {"key": KeptSheet.objects.create(jurisdiction=cast.town, name="菜单", columns=["中午"]).key}


def _template(cast: Cast) -> dict[str, Any]:
    """A template of the town with one mark."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lianjian.insight.actions import add_template

    upload = SimpleUploadedFile("月报.docx", word_file("{{走访次数}}"))
    return {"key": add_template(actor=cast.actor("clerk"), name="月报", upload=upload, now=NOW).key}


def word_file(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    import io

    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SAMPLES: dict[str, Sample] = {
    **{
        f"alliances:{name}": lambda cast: {"key": _campaign(cast).key}
        for name in (
            "campaign", "change_campaign", "close_campaign", "add_campaign_action", "invite_to_campaign", "tag_meeting",
        )
    },
    "alliances:untag_meeting": _campaign_meeting,
    "alliances:change_campaign_action": _campaign_goal,
    "alliances:reach_goal": _campaign_goal,
    **{
        f"alliances:{name}": lambda cast: {"key": _part(cast).key}
        for name in ("participant", "move_participant", "name_lead", "record_work", "open_rectification")
    },
    "alliances:remove_lead": _campaign_lead,
    "alliances:drop_demonstration": _demonstration,
    "alliances:state_result": _campaign_record,
    "alliances:strike_work": _campaign_record,
    **{
        f"alliances:{name}": lambda cast: {"key": _rectification(cast).key}
        for name in (
            "rectification", "submit_rectification", "rectification_upload", "accept_rectification",
            "return_rectification", "drop_rectification",
        )
    },
    "alliances:rectification_file": _rectification_file,
    **{
        f"awards:{name}": lambda cast: {"key": _award(cast).key}
        for name in ("scheme", "change_scheme", "end_scheme", "open_round")
    },
    **{
        f"awards:{name}": lambda cast: {"key": _award_round(cast).key}
        for name in (
            "round", "paper", "nominate", "show_round", "reopen_round", "decide_round", "leave_vacant", "call_off_round",
        )
    },
    "awards:check_nominee": _nominee,
    "awards:strike_nominee": _nominee,
    "api:get_award_round": lambda cast: {"key": _award_round(cast).key},
    "api:nominate_for_award": lambda cast: {"key": _award_round(cast).key},
    **{
        f"points:{name}": _points_key(of)
        for of, names in {
            "scheme": "scheme change_scheme end_scheme resume_scheme board adopt_edition open_accounts clear_year file_claims check_claims "
            "open_review add_good open_day",
            "edition": "withdraw_edition",
            "account": "account rename_account close_account restore_account bring_balance",
            "entry": "reverse_entry",
            "filed": "claim withdraw_claim",
            "reviewed": "refuse_claim",
            "review": "review review_paper vote_on_claims show_review reopen_review post_review call_off_review",
            "good": "good change_good end_good restore_good move_stock",
            "day": "day day_paper exchange close_day reopen_day call_off_day",
            "exchange": "give_back",
        }.items()
        for name in names.split()
    },
    "api:get_points_scheme": _points_key("scheme"),
    "api:list_points_accounts": _points_key("scheme"),
    "api:file_points_claims": _points_key("scheme"),
    "api:exchange_points": _points_key("day"),
    **{
        f"alliances:{name}": _model_case
        for name in ("model_case", "model_case_paper", "change_model_case", "withdraw_model_case")
    },
    "alliances:honour": _honour,
    "alliances:withdraw_honour": _honour,
    **{
        f"alliances:{name}": lambda cast: {"key": _benefit(cast).key}
        for name in ("benefit", "share_benefit", "end_benefit")
    },
    "alliances:state_benefit": _benefit_item,
    "alliances:pay_benefit": _benefit_item,
    "alliances:strike_payout": _payout,
    "api:get_model_case": _model_case,
    "api:get_benefit": lambda cast: {"key": _benefit(cast).key},
    "api:state_benefit": _benefit_item,
    "api:pay_benefit": _benefit_item,
    "api:list_chain_firms": _alliance_term,
    "api:list_goals": lambda cast: {"key": _campaign(cast).key},
    "api:list_participants": lambda cast: {"key": _campaign(cast).key},
    **{
        f"alliances:{name}": lambda cast: {"key": _alliance(cast).key}
        for name in ("alliance", "change", "admit", "seat_person", "demonstration", "dissolve")
    },
    **{
        f"lists:{name}": lambda cast: {"key": _item(cast).key}
        for name in ("item", "change", "end", "propose", "invite", "matches")
    },
    **{f"lists:{name}": _match_found for name in ("accept_match", "refuse_match")},
    "lists:drop_verdict": lambda cast: {"key": _verdict(cast).key},
    "lists:retire_synonym": lambda cast: {"key": _synonym(cast).key},
    "portal:item": _public_item,
    "lists:claim": lambda cast: {"key": _claim(cast).key},
    "lists:move": lambda cast: {"key": _claim(cast).key, "side": "owner", "act": "agree"},
    "lists:withdraw_outcome": _outcome,
    "lists:outcome": lambda cast: {"key": _agreed(cast).key, "side": "owner"},
    **{f"lists:{name}": _edition for name in ("edition", "edition_paper", "edition_table")},
    "cases:publish": _case,
    "cases:accept_adjustment": _case,
    **{
        f"documents:{name}": lambda cast: {"key": _document(cast).key}
        for name in (
            "document",
            "paper",
            "upload",
            "add_picture",
            "change",
            "hide",
            "link",
            "unlink",
            "submit",
            "publish",
            "drop",
            "take_back",
            "take_down",
            "consult",
        )
    },
    **dict.fromkeys(("documents:file", "documents:remove"), lambda cast: _with_file(_document(cast), cast)),
    **dict.fromkeys(("documents:picture", "documents:change_picture"), lambda cast: _with_picture(_document(cast), cast)),
    "documents:review": _to_review,
    "documents:take_back": lambda cast: {"key": _document(cast).key},
    "documents:answer": _opinion,
    "documents:settle": lambda cast: _opinion(cast, answered=True),
    **dict.fromkeys(
        ("portal:notice", "portal:notice_paper"), lambda cast: {"key": _published(cast, "public").key}
    ),
    "portal:notice_file": _public_file,
    "portal:notice_picture": lambda cast: _public_file(cast, pictured=True),
    "api:get_document": lambda cast: {"key": _published(cast, "place").key},
    **{
        f"alliances:{name}": lambda cast: {"key": _programme(cast).key}
        for name in ("programme", "change_programme", "weighing", "close_programme", "enrol", "rules", "propose")
    },
    "alliances:side": _side,
    "alliances:withdraw_side": _side,
    "alliances:drop_rule": _pair_rule,
    "alliances:fact": _fact,
    "alliances:drop_fact": _fact,
    **{
        f"alliances:{name}": lambda cast: {"key": _proposal(cast).key}
        for name in ("proposal", "confirm", "withdraw_proposal")
    },
    **{f"alliances:{name}_pair": _proposed for name in ("accept", "reopen", "change", "refuse")},
    **{
        f"alliances:{name}": lambda cast: {"key": _pairing(cast).key}
        for name in ("pairing", "end_pairing", "set_duties", "contribute", "measure")
    },
    "alliances:record_action": _pair_action,
    "alliances:record_upload": _pair_record,
    "alliances:report_upload": lambda cast: {"key": _pair_report(cast)["key"]},
    "alliances:report_file": _pair_report,
    "alliances:strike_record": _pair_record,
    "alliances:record_file": _pair_file,
    "alliances:strike_contribution": _contribution,
    "alliances:strike_measure": _pair_measure,
    "alliances:chain": _alliance_term,
    "alliances:leave": _alliance_seat,
    "alliances:drop": _alliance_seat,
    **{f"alliances:{name}_person": _person_seat for name in ("end", "correct", "drop")},
    "alliances:brand": lambda cast: {"key": _alliance(cast).organization.key},
    "alliances:retire_term": _alliance_term,
    **{
        f"events:{name}": lambda cast: {"key": _meeting(cast).key}
        for name in ("meeting", "ics", "change_meeting", "cancel_meeting", "invite")
    },
    **{
        f"events:{name}": lambda cast: {"key": _meeting(cast, held=True).key}
        for name in ("hold", "correct_meeting", "decide", "upload_minutes")
    },
    "events:attend": lambda cast: {"key": _meeting(cast, held=True).key, "body": cast.town_root.key},
    "events:door": lambda cast: {"key": _door(cast).key},
    "events:open_door": lambda cast: {"key": _meeting(cast).key},
    "events:close_door": lambda cast: {"key": _door(cast).key},
    "events:door_paper": lambda cast: {"key": _door(cast).key},
    "events:arrive": _door_code,
    **{
        f"events:{name}": lambda cast: {"key": _signing(cast).key}
        for name in ("open_sign_up", "close_sign_up", "sign_up", "sign_up_people")
    },
    "events:withdraw_sign_up": _sign_up,
    "events:serve": _serving,
    "events:team_hours": lambda cast: {"key": _team(cast).key},
    "events:results": lambda cast: {"key": _meeting(cast, held=True).key},
    "events:meeting_paper": lambda cast: {"key": _meeting(cast, held=True).key},
    "events:answer": _invitation,
    "events:uninvite": _invitation,
    **{
        f"events:{name}": lambda cast: {"key": _decision(cast).key}
        for name in ("change_decision", "settle_decision", "drop_decision")
    },
    "events:recount": _voted,
    "events:reopen_decision": lambda cast: {"key": _decision(cast, settled=True).key},
    "events:report": _charge,
    "events:minutes_file": _minutes_file,
    "events:series": _series,
    "events:end_series": _series,
    "events:venue": lambda cast: {"key": _venue(cast).key},
    "events:change_venue": lambda cast: {"key": _venue(cast).key},
    "events:close_venue": lambda cast: {"key": _venue(cast).key},
    "events:share_venue": lambda cast: {"key": _venue(cast).key},
    "events:unshare_venue": _venue_user,
    "events:offer_service": lambda cast: {"key": _venue(cast).key},
    "events:count_day": lambda cast: {"key": _venue(cast).key},
    "events:count_booking": _booking,
    "events:count_meeting": lambda cast: {"key": _used_meeting(cast).key},
    **{f"events:{name}": lambda cast: {"key": _venue_service(cast).key} for name in ("change_service", "end_service")},
    **{f"events:{name}": lambda cast: {"key": _count(cast).key} for name in ("change_count", "remove_count")},
    "events:retire_word": _event_word,
    "events:set_topic": lambda cast: {"key": cast.town_root.key},
    "events:end_topic": _standing_topic,
    "api:list_bookings": lambda cast: {"key": _venue(cast).key},
    "api:get_photo": lambda cast: {"key": _photo(cast)["key"]},
    "api:add_result": lambda cast: {"key": _meeting(cast, held=True).key},
    **{f"events:{name}": _activity_template for name in ("template", "change_template", "retire_template")},
    **{
        f"events:{name}": lambda cast: {"key": _meeting(cast, held=True).key}
        for name in ("add_winner", "add_question", "add_photo")
    },
    "events:remove_winner": _winner,
    "events:change_question": _meeting_question,
    "events:change_photo": _photo_alone,
    "events:remove_photo": _photo_alone,
    "events:photo_file": _photo,
    "events:put_up": lambda cast: {"key": _venue(cast).key},
    "events:change_display": _display,
    "events:take_down": _display,
    "events:end_feed": _feed,
    "events:feed": lambda cast: {"token": "x" * 43},
    "accounts:end_session": _session,
    "accounts:end_token": _token,
    "grants:account": _account,
    "grants:grant": _account,
    "grants:reset": _account,
    "grants:reopen": _account,
    "grants:close": _account,
    "grants:end_sessions": _account,
    "grants:end": _grant,
    "journal:entry": _entry,
    "journal:erase": _entry,
    "journal:anchor": _anchor,
    "rulebook:evaluation": _evaluation,
    "rulebook:local_rule": lambda cast: {"code": "case.need"},
    "rulebook:law": lambda cast: {"code": "vote.village"},
    "rulebook:end_local": _local_rule,
    "notices:open": _message,
    "files:download": _file,
    "events:visit": _visit,
    "events:set_item": _visit,
    "api:set_item": _visit,
    "events:item": _visit_item,
    "events:change_item": _visit_item,
    "events:settle_item": _visit_item,
    "events:drop_item": _visit_item,
    "events:reopen_item": lambda cast: _visit_item(cast, settled=True),
    "events:rename_purpose": _purpose,
    "events:retire_purpose": _purpose,
    "events:change": _visit,
    "events:withdraw": _visit,
    "events:upload": _visit,
    "events:file": _visit_file,
    "cases:at_visit": _visit,
    "cases:case": _case,
    "cases:change_category": lambda cast: {"code": "approval.land"},
    "cases:retire_category": lambda cast: {"code": "approval.land"},
    "cases:question": lambda cast: {"code": "approval.land"},
    "cases:retire_question": _question,
    "cases:drop_route": _route,
    "cases:change_template": _reply_template,
    "cases:retire_template": _reply_template,
    "cases:change_service": _service,
    "cases:retire_service": _service,
    "portal:open311": lambda cast: {"form": "json"},
    "portal:open311_services": lambda cast: {"form": "json"},
    "portal:open311_service": lambda cast: {"code": "utilities", "form": "json"},
    "portal:open311_requests": lambda cast: {"form": "json"},
    "portal:open311_request": lambda cast: {"number": "LX-2026-0001", "form": "json"},
    "portal:report": lambda cast: {"code": _entrance(cast).code},
    "portal:case": lambda cast: {"number": "LX-2026-0001"},
    "portal:move": lambda cast: {"number": "LX-2026-0001", "move": "confirm"},
    "portal:paper": lambda cast: {"key": _entrance(cast).key},
    "portal:retire": lambda cast: {"key": _entrance(cast).key},
    "directory:team": lambda cast: {"key": _team(cast).key},
    "directory:change_team": lambda cast: {"key": _team(cast).key},
    "directory:add_to_team": lambda cast: {"key": _team(cast).key},
    "directory:dissolve_team": lambda cast: {"key": _team(cast).key},
    "directory:note_progress": lambda cast: {"key": _task_force(cast).key},
    "directory:team_note": _team_note,
    "directory:change_note": _team_note,
    "directory:withdraw_note": _team_note,
    "directory:leave_team": _seat,
    "directory:correct_seat": _seat,
    "directory:add_unit_to_team": lambda cast: {"key": _team(cast).key},
    "directory:leave_unit": _team_unit,
    "directory:correct_unit": _team_unit,
    "cases:lesson": _lesson,
    "cases:change_lesson": _lesson,
    "cases:retire_lesson": _lesson,
    "cases:channel": _channel,
    "cases:channel_members": _channel,
    "cases:post": _channel,
    "cases:close_channel": _channel,
    "cases:call_back": _case,
    "cases:mediate": lambda cast: {**_case(cast), "act": "party"},
    "cases:hearing": _hearing,
    "cases:hearing_paper": _hearing,
    "cases:conclude_hearing": _hearing,
    "cases:cancel_hearing": _hearing,
    "cases:paper": _case,
    "cases:upload": _case,
    "cases:file": _case_file,
    "cases:handover": _handover,
    "cases:measure": _case,
    "cases:withdraw_measure": _measure,
    "cases:move": lambda cast: _case(cast, "dispatch"),
    "partylife:choices": lambda cast: {"what": "firm"},
    **dict.fromkeys(("partylife:shortfall", "partylife:explain"), _shortfall),
    **{
        f"partylife:{name}": lambda cast: {"key": _branch(cast).key}
        for name in (
            "life", "hours", "standards_of", "display", "body", "line", "change_form", "approve_exception", "join_unit",
            "seat_in_group", "record_term", "record_election", "approve_founding", "report_change",
        )
    },
    "partylife:move_election": lambda cast: {"key": _branch(cast).key},
    "partylife:end_exception": _body_approval,
    **dict.fromkeys(("partylife:election", "partylife:approve_election", "partylife:return_election"), _election),
    "partylife:lack": lambda cast: {"key": cast.firm.key},
    "partylife:check_standard": lambda cast: {"key": _branch(cast).key, "standard": _standard(cast)["key"]},
    "partylife:end_standard": _standard,
    "partylife:count_quorum": _general_meeting,
    "partylife:remark": lambda cast: {"key": _meeting(cast, held=True).key},
    **dict.fromkeys(("partylife:guidance", "partylife:mend"), _guidance),
    **dict.fromkeys(("partylife:pledge", "partylife:change_pledge", "partylife:end_pledge"), _pledge),
    **dict.fromkeys(("partylife:lead", "partylife:follow_talent", "partylife:end_talent"), _lead),
    "partylife:appraisal": _appraisal,
    "partylife:change_appraisal": _appraisal,
    **dict.fromkeys(("partylife:review", "partylife:review_note", "partylife:strike_review"), _review),
    **dict.fromkeys(("partylife:change_training", "partylife:drop_training"), _training),
    "partylife:branch": lambda cast: {"key": cast.branch.key},
    "partylife:add_member": lambda cast: {"key": cast.branch.key},
    **dict.fromkeys(
        (
            "partylife:member", "partylife:change_member", "partylife:end_membership", "partylife:add_host",
            "partylife:exempt", "partylife:leave_out",
        ),
        _party_member,
    ),
    "partylife:enter_branch": _party_member,
    **dict.fromkeys(
        (
            "partylife:open_transfer", "partylife:record_absence", "partylife:record_contact",
            "partylife:decide_standing",
        ),
        _party_member,
    ),
    **dict.fromkeys(
        (
            "partylife:transfer", "partylife:accept_transfer", "partylife:refuse_transfer",
            "partylife:withdraw_transfer",
        ),
        _transfer_out,
    ),
    "partylife:confirm_transfer": _transfer_outside,
    "partylife:end_absence": _absence,
    "partylife:end_host": _guest_seat,
    "partylife:end_exemption": _exemption,
    "partylife:found_member": _found_member,
    "partylife:care": _found_member,
    "partylife:change_found": _found_member,
    "partylife:withdraw_found": _found_member,
    "partylife:applicant": _applicant,
    "partylife:step": _applicant_step,
    "partylife:dossier": _applicant,
    "partylife:recommend": _applicant,
    "partylife:return_applicant": _applicant,
    "partylife:transfer_applicant": _applicant,
    "partylife:take_over": _applicant_moved,
    "partylife:correct_step": _development_step,
    "partylife:strike_step": _development_step,
    "partylife:file_paper": _development_step,
    "partylife:step_upload": _development_step,
    "partylife:step_file": _development_file,
    "partylife:change_applicant": _applicant,
    "partylife:end_applicant": _applicant,
    "partylife:withdraw_applicant": _applicant,
    "coverage:station": lambda cast: {"key": cast.station.key},
    "coverage:dispatch": lambda cast: {"key": cast.station.key},
    "coverage:instructor": lambda cast: {"key": cast.people["instructor"].key},
    "coverage:end_coverage": lambda cast: {"key": cast.firm.key},
    "coverage:end_membership": _covering,
    "coverage:band": _posted,
    "coverage:leader": _led,
    "coverage:tier": lambda cast: {"key": cast.firm.key},
    "coverage:goal": lambda cast: {"key": cast.firm.key},
    "coverage:end_cap": _cap,
    "coverage:end_leave": _leave,
    **dict.fromkeys(
        (
            "coverage:proposal",
            "coverage:accept_rest",
            "coverage:confirm",
            "coverage:withdraw",
            "api:get_proposal",
        ),
        _cover_proposal,
    ),
    "coverage:accept_line": _proposed_line,
    "coverage:refuse_line": _proposed_line,
    **dict.fromkeys(
        ("coverage:survey", "coverage:newcomers", "coverage:take_over", "coverage:close_survey"), _survey
    ),
    "coverage:answer": _survey_row,
    "directory:set_tag": lambda cast: {"key": cast.village.key},
    "directory:relocate": lambda cast: {"key": cast.village.key},
    "directory:post_cadre": lambda cast: {"key": cast.village.key},
    "directory:end_tag": _tagging,
    "api:end_tag": _tagging,
    "directory:end_relocation": _relocation,
    **{f"directory:{name}": lambda cast: {"key": _tag(cast).key} for name in ("tag", "retire_tag", "add_measure")},
    **{
        f"directory:{name}": lambda cast: {"key": _tag(cast).scheme.key} for name in ("change_tag_scheme", "add_tag")
    },
    **{
        f"directory:{name}": lambda cast: {"key": _tag(cast).measures.order_by("pk")[0].key}
        for name in ("change_measure", "end_measure")
    },
    "directory:alias": _firm,
    "directory:branch": _firm,
    "directory:change": _firm,
    "directory:choose_merge": _firm,
    "directory:dissolve": _firm,
    "directory:link": _firm,
    "directory:member": _firm,
    "directory:files": _firm,
    "directory:posts": _firm,
    "directory:add_post": _firm,
    "directory:change_post": _post,
    "directory:end_post": _post,
    "directory:appoint": _post,
    "directory:change_term": _term,
    "directory:move": _firm,
    "directory:organization": _firm,
    "directory:year": _firm,
    "directory:merge": lambda cast: {"key": cast.firm.key, "other": cast.second_firm.key},
    "directory:person": _colleague,
    "directory:change_person": _colleague,
    "directory:role": _colleague,
    "directory:unmask": _colleague,
    "directory:end_link": _coverage_link,
    "directory:end_member": _covering,
    "directory:different": _likeness,
    "directory:unmerge": _merge,
    "directory:drop_shape": _shape,
    "insight:figure": _figure,
    "insight:places": _figure,
    "insight:export": _figure,
    "insight:freeze": _figure,
    "insight:restate": _figure,
    "insight:fill_template": _template,
    "insight:template_file": _template,
    "insight:replace_template": _template,
    "insight:retire_template": _template,
    "insight:report": lambda cast: {"name": "covering"},
    "api:get_organization": _firm,
    "api:change_organization": _firm,
    "api:get_team": lambda cast: {"key": _team(cast).key},
    "api:get_visit": _visit,
    "api:get_case": _case,
    "api:get_item": lambda cast: {"key": _item(cast).key},
    "api:list_claims": lambda cast: {"key": _item(cast).key},
    "api:list_matches": lambda cast: {"key": _item(cast).key},
    "api:propose_claim": lambda cast: {"key": _item(cast).key},
    "api:move_claim": lambda cast: {"key": _claim(cast).key},
    "api:get_meeting": lambda cast: {"key": _meeting(cast, held=True).key},
    "api:answer_invitation": _invitation,
    "api:list_members": lambda cast: {"key": _alliance(cast).key},
    "api:admit_member": lambda cast: {"key": _alliance(cast).key},
    "api:list_people": lambda cast: {"key": _alliance(cast).key},
    "api:seat_person": lambda cast: {"key": _alliance(cast).key},
    "api:list_handovers": _case,
    "api:reply_to_handover": _handover,
    "api:move_case": lambda cast: _case(cast, "dispatch"),
    "sheets:import": _imported,
    "sheets:match": _imported,
    "sheets:preview": _imported,
    "sheets:word": _imported,
    "sheets:commit": _imported,
    "sheets:progress": _imported,
    "sheets:resume": _imported,
    "sheets:undo": _imported,
    "sheets:problems": _imported,
    "sheets:file": _imported,
    "sheets:review": _name_to_decide,
    "sheets:forget": _remembered,
    "sheets:kept_sheet": _kept,
    "api:get_import": _imported,
    "api:commit_import": _imported,
    "api:get_receipt": _imported,
    "api:undo_import": _imported,
}
