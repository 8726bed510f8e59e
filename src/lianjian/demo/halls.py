"""The hall and the service centre of the demonstration town: one calendar, free services, how many used them."""

from __future__ import annotations

from datetime import date, timedelta

from lianjian.events import actions as events
from lianjian.events.models import MEETING, Booking, Venue
from lianjian.events.rules import meetings as rules
from lianjian.foundation.actor import Actor

from .gathering import HOUR, at
from .town import Town

SERVICES = (
    ("热水", "", "全天"),
    ("打印复印", "", "工作日9:00至17:00"),
    ("血压测量", "", "每周一上午"),
    ("长者午餐", "每餐8元", "每天11:00至13:00"),
)


def open_hall(town: Town, clerk: Actor) -> Venue:
    """The hall of the first village, which the lists offer by the day and where meetings are held."""
    village = town.frame.places["village1"]
    return events.open_venue(
        actor=clerk,
        organization=village,
        name="村文化礼堂",
        address=f"{village.name}村口",
        functions=["文体活动", "志愿服务"],
        facilities=["投影", "音响", "舞台"],
        area_m2=380,
        service_m2=360,
        seats=120,
        opening="每天8:30至21:00;办活动提前三天向村里预订。",
        opened_on=date(town.frame.today.year - 1, 1, 1),
        now=town.frame.now,
    )


def use(town: Town, clerk: Actor) -> None:
    """What both offer, an evening in the hall, and who came in the last weeks."""
    today, now = town.frame.today, town.frame.now
    centre, hall = Venue.objects.get(name="党群服务中心共享会议室"), Venue.objects.get(name="村文化礼堂")
    for name, charge, hours in SERVICES:
        events.offer_service(
            actor=clerk, venue=centre, name=name, charge=charge, hours=hours, since=centre.opened_on, now=now
        )
    events.offer_service(actor=clerk, venue=hall, name="图书借阅", since=hall.opened_on, now=now)
    _evening(town, clerk, hall)
    water, copies = centre.services.get(name="热水"), centre.services.get(name="打印复印")
    for back, members, others in ((16, 9, 31), (9, 11, 38), (2, 8, 27)):
        day = today - timedelta(days=back)
        given = {"actor": clerk, "venue": centre, "on": day, "now": now}
        events.count_day(members=members, others=others, **given)
        events.count_day(service=water, members=members - 3, others=others // 2, **given)
        events.count_day(service=copies, members=2, others=back // 2 + 3, **given)
    past = Booking.objects.filter(venue__in=(centre, hall), kind=MEETING, ahead=False)
    for number, booking in enumerate(past.select_related("venue__organization").order_by("starts_at")):
        events.count_booking(actor=clerk, booking=booking, members=14 + number, others=22 + 5 * number, now=now)


def _evening(town: Town, clerk: Actor, hall: Venue) -> None:
    """An evening that was held, and one to come: on its day nobody books the hall."""
    village = town.frame.places["village1"]
    for days, title in ((-12, "村民读书分享晚会"), (7, "移风易俗宣讲晚会")):
        starts = at(town.frame.today + timedelta(days=days), 19)
        meeting = events.plan_meeting(
            actor=clerk,
            convener=village,
            kind="志愿服务",
            title=title,
            starts_at=starts,
            ends_at=starts + 2 * HOUR,
            venue=hall,
            bodies=[(town.frame.places["village2"], rules.MEMBER)],
            now=min(town.frame.now, starts - timedelta(days=5)),
        )
        if days < 0:
            came = {pk: events.Came(rules.ATTENDED, 18) for pk in meeting.invitations.values_list("pk", flat=True)}
            events.hold_meeting(
                actor=clerk, meeting=meeting, came=came, text="四位村民分享,孩子朗诵。", now=meeting.ends_at + HOUR
            )
