"""Visits and needs of the past months, each lived through by the people whose work it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lianjian.cases import actions as cases
from lianjian.cases.models import Case
from lianjian.directory.models import Organization
from lianjian.events import actions as events
from lianjian.foundation.actor import Actor

from .data.needs import NEEDS, NOTES, VILLAGE_NEEDS, VISITS
from .diary import Diary
from .town import Firm, Town

# Which office deals with what; the shipped categories of `cases`.
ROUTES = {
    "approval.environment": "environment",
    "environment": "environment",
    "labour": "labour",
    "finance": "finance",
    "approval": "approval",
    "approval.land": "building",
    "approval.fire": "building",
    "utilities": "building",
    "market": "commerce",
    "policy": "business",
    "law": "justice",
    "schooling": "centre",
    "other": "business",
}

# How open needs stand today: (index of the need's text, firm, working days ago it was told, how far it went).
# The limit is 7 working days after dispatch, so 7 falls due today and 9 or 10 are overdue.
OPEN = (
    (1, 2, 1, "registered"),
    (16, 14, 1, "registered"),
    (25, 25, 2, "registered"),
    (2, 5, 1, "dispatched"),
    (4, 18, 2, "dispatched"),
    (9, 11, 1, "dispatched"),
    (18, 8, 2, "dispatched"),
    (3, 3, 4, "signed"),
    (5, 20, 3, "signed"),
    (14, 9, 5, "signed"),
    (0, 1, 10, "handling"),
    (20, 6, 9, "handling"),
    (19, 1, 7, "handling"),
    (11, 13, 7, "handling"),
    (1, 16, 7, "handling"),
    (28, 21, 5, "handling"),
    (29, 30, 4, "handling"),
    (15, 24, 3, "handling"),
    (22, 27, 6, "extension"),
    (8, 1, 8, "answered"),
    (23, 1, 6, "answered"),
    (30, 12, 7, "answered"),
    (26, 23, 9, "answered"),
    (31, 17, 16, "silent"),
    (2, 10, 12, "disputed"),
    (17, 22, 11, "disputed"),
    (13, 15, 3, "returned"),
    (12, 7, 38, "parked"),
    (33, 28, 52, "parked"),
    (34, 26, 20, "withdrawn"),
)
DAYS_TO_ANSWER = (2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 9)


@dataclass
class Need:
    """One need on its way: what is known before it is told, and the case once it is registered."""

    organization: Organization
    category: str
    text: str
    answer: str
    told: int
    case: Case | None = None
    kind: str = "need"


# Every fourth visit without a need asks the firm to do something; most have done it a week later.
ASKS = 4
ASKED = ("把消防通道清出来,保持畅通", "补齐安全生产台账", "公示栏换上最新的惠企政策")


@dataclass
class Writer:
    """Plans acts in the name of the people of one town."""

    town: Town
    diary: Diary
    actors: Mapping[str, Actor]
    handlers: Mapping[str, str]
    clerk: str = "clerk"
    visits: int = 0

    def visit(self, firm: Firm, day: date, needs: list[Need] | None = None) -> None:
        """An instructor (or, where there is none, the office) visits a firm; needs told there are registered."""
        chance = self.town.chance
        purpose, content, heard = chance.choice(VISITS)
        who = firm.instructor or self.clerk
        visitor = self.town.frame.people[who]
        received = firm.receives
        moment = self.diary.moment(day, chance.choice((16, 17)))
        self.visits += 1
        number, held = self.visits, list[Any]()
        asks = not needs and number % ASKS == 0
        text = ASKED[number // ASKS % len(ASKED)]

        def act(now: datetime) -> None:
            visit: dict[str, Any] = {
                "actor": self.actors[who],
                "organization": firm.organization,
                "visited_on": day,
                "people": [visitor],
                "purpose": purpose,
                "content": content,
                "heard": heard,
                "received_by": received,
                "now": now,
            }
            if not needs:
                made = events.record_visit(**visit)
                if asks:
                    held.append(self._ask(made, firm, text, day, now))
                return
            told = [(need.text, need.category) for need in needs]
            _visit, made = cases.record_visit_with_needs(needs=told, **visit)
            for need, case in zip(needs, made, strict=True):
                need.case = case

        self.diary.plan(moment, act)
        later = day + timedelta(days=7)
        fresh = later > self.town.frame.today - timedelta(days=40)
        if asks and later < self.town.frame.today and not (fresh and number // ASKS % 3 == 0):
            self.diary.plan(self.diary.moment(later, 10), lambda now: self._settle(held, now))

    def _ask(self, visit: Any, firm: Firm, text: str, day: date, now: datetime) -> Any:
        """What the visit asks the firm to do within two weeks."""
        return events.set_item(
            actor=self.actors[self.clerk], visit=visit, text=text,
            organization=firm.organization, due_on=day + timedelta(days=14), now=now,
        )  # fmt: skip

    def _settle(self, held: list[Any], now: datetime) -> None:
        outcome = "回头看时已办好,现场看过"
        for item in held:
            events.settle_item(actor=self.actors[self.clerk], item=item, outcome=outcome, now=now)

    def tell(self, need: Need, source: str, actor: str, urgency: str = "normal") -> None:
        """A need comes in at the desk, by telephone or from the firm itself."""

        def act(now: datetime) -> None:
            need.case = cases.register_case(
                actor=self.actors[actor],
                organization=need.organization,
                text=need.text,
                category=need.category,
                source=source,
                urgency=urgency,
                kind=need.kind,
                now=now,
            )

        self.diary.plan(self.diary.moment(self.diary.back(need.told), 9), act)

    def step(
        self, need: Need, back: int, hour: int, verb: Callable[..., Any], actor: str, **more: Any
    ) -> None:
        """Move the need on, `back` working days before today."""

        def act(now: datetime) -> None:
            verb(actor=self.actors[actor], case=need.case, now=now, **more)

        self.diary.plan(self.diary.moment(self.diary.back(back), hour), act)

    def unit(self, need: Need) -> tuple[Organization, str]:
        """The office that deals with the need, and its account."""
        key = ROUTES[need.category]
        return self.town.frame.places[key], self.handlers[key]

    def dispatch(self, need: Need, back: int) -> None:
        """The office sends it on in the afternoon."""
        unit, _handler = self.unit(need)
        self.step(need, back, 18, cases.dispatch_case, self.clerk, handler=unit)

    def sign(self, need: Need, back: int) -> None:
        """The unit signs on the morning after."""
        self.step(need, back, 9, cases.sign_case, self.unit(need)[1])

    def note(self, need: Need, back: int) -> None:
        """A word on the work."""
        self.step(need, back, 10, cases.handle_note, self.unit(need)[1], text=self.town.chance.choice(NOTES))

    def answer(self, need: Need, back: int, outcome: str = "solved") -> None:
        """The unit answers in the afternoon."""
        words = need.answer or "已办理完毕。"
        self.step(need, back, 15, cases.answer_case, self.unit(need)[1], text=words, outcome=outcome)

    def confirm(self, need: Need, back: int, contact: str, rating: str) -> None:
        """The firm says yes; without an account, by telephone to the office."""
        if contact:
            self.step(need, back, 11, cases.confirm_case, contact, rating=rating)
            return
        told = "电话回访企业负责人,答复已落实。"
        self.step(need, back, 11, cases.confirm_case, self.clerk, rating=rating, reason=told)


def need_of(number: int, firm: Firm, told: int, town: Town) -> Need:
    """The need with that text, told by a firm so many working days ago."""
    category, text, answer = NEEDS[number % len(NEEDS)]
    small = town.chance.randrange(2, 6)
    return Need(
        firm.organization, category, text.replace("{n}", str(small)), answer.replace("{n}", str(small)), told
    )


def closed_needs(writer: Writer, count: int) -> None:
    """Needs of this year that were solved, most in time, some without a word from the firm."""
    town, chance = writer.town, writer.town.chance
    spread = max(40, min(210, _working_days_of_this_year(writer.diary)))
    for number in range(count):
        firm = town.firms[(number * 7) % max(1, len(town.firms) - 4)]
        lag = chance.choice(DAYS_TO_ANSWER)
        need = need_of(number, firm, lag + 10 + (number * (spread - 24)) // count, town)
        _told(writer, need, firm, number)
        writer.dispatch(need, need.told)
        writer.sign(need, need.told - 1)
        if lag > 2:
            writer.note(need, need.told - 2)
        outcome = "explained" if "不能" in need.answer or "无需" in need.answer else "solved"
        writer.answer(need, need.told - lag, outcome)
        after = need.told - lag - chance.choice((1, 1, 2, 3))
        if number % 17 == 5 and not firm.contact:
            writer.step(need, need.told - lag - 7, 16, cases.close_silent_case, writer.clerk)
        else:
            rating = "satisfied" if number % 6 else "basically"
            writer.confirm(need, after, firm.contact, rating)


def _told(writer: Writer, need: Need, firm: Firm, number: int) -> None:
    """How the need reached the office: at a visit, or by another way."""
    if number % 2 == 0 and firm.instructor:
        writer.visit(firm, writer.diary.back(need.told), [need])
    elif firm.contact and number % 3:
        writer.tell(need, "online", firm.contact)
    else:
        writer.tell(need, ("desk", "phone", "walk_in", "chat")[number % 4], writer.clerk)


def _working_days_of_this_year(diary: Diary) -> int:
    first = date(diary.today.year, 1, 1)
    return next(n for n in range(1, 320) if n == 319 or diary.back(n + 1) < first)


def open_needs(writer: Writer) -> None:
    """What lies on people's desks today."""
    for place, (number, firm_number, told, stage) in enumerate(OPEN):
        firm = writer.town.firms[firm_number - 1]
        need = need_of(number, firm, told, writer.town)
        _told(writer, need, firm, place)
        if stage == "registered":
            continue
        # Dispatched on the day it was told; those just dispatched, yesterday.
        sent = 1 if stage == "dispatched" else told
        writer.dispatch(need, sent)
        _onward(writer, need, firm, stage)


def _onward(writer: Writer, need: Need, firm: Firm, stage: str) -> None:
    told, (_unit, handler) = need.told, writer.unit(need)
    if stage in ("dispatched", "withdrawn"):
        if stage == "withdrawn":
            writer.step(
                need, told - 1, 11, cases.withdraw_case, writer.clerk, reason="企业来电称问题已自行解决。"
            )
        return
    if stage == "returned":
        why = {"reason_code": "not_ours", "reason": "不涉及规划许可,属惠企政策咨询。"}
        proposed = writer.town.frame.places["business"]
        writer.step(need, told - 1, 10, cases.return_case, handler, proposed=proposed, **why)
        return
    writer.sign(need, told - 1)
    if stage == "signed":
        return
    writer.note(need, max(told - 2, 1))
    if stage == "extension":
        words = "涉及县级主管部门现场勘察,需等待供电方案批复。"
        writer.step(need, 2, 14, cases.ask_extension, handler, days=5, reason=words)
    elif stage == "parked":
        review = writer.diary.today + timedelta(days=12)
        words = "需等待县国土空间规划调整,纳入长期推进。"
        writer.step(need, told - 5, 15, cases.park_case, writer.clerk, reason=words, review_on=review)
    elif stage in ("answered", "disputed", "silent"):
        answered = {"answered": 2, "disputed": told - 4, "silent": told - 6}[stage]
        writer.answer(need, answered)
        if stage == "disputed":
            words = "只发了通知,现场问题还在,请再来看一次。"
            contact = firm.contact or writer.clerk
            spoken = words if firm.contact else f"电话回访:{words}"
            writer.step(need, answered - 3, 10, cases.dispute_case, contact, reason=spoken)


def village_needs(writer: Writer, secretary: str, village: Organization) -> None:
    """What a village asks for: one solved, one answered, one in work."""
    for place, (category, text, answer) in enumerate(VILLAGE_NEEDS):
        need = Need(village, category, text, answer, (30, 8, 3)[place], kind="village_need")
        writer.tell(need, "online", secretary)
        writer.dispatch(need, need.told)
        writer.sign(need, need.told - 1)
        writer.note(need, max(need.told - 2, 1))
        if answer:
            writer.answer(need, need.told - 5)
        if place == 0:
            writer.confirm(need, need.told - 7, "", "satisfied")


def visits(writer: Writer, count: int, neglected: int) -> None:
    """Visits of this year without needs. The last `neglected` firms of each instructor were not seen this quarter."""
    town, diary = writer.town, writer.diary
    quarter = date(diary.today.year, 3 * ((diary.today.month - 1) // 3) + 1, 1)
    spread = max(40, min(210, _working_days_of_this_year(diary)))
    last = len(town.firms) - neglected
    spared = {id(firm) for place, firm in enumerate(town.firms) if place % 5 == 3 or place >= last}
    guided = [firm for firm in town.firms if firm.instructor]
    for number in range(count):
        firm = guided[(number * 5) % len(guided)]
        day = diary.back(1 + (number * (spread - 2)) // count)
        if day >= quarter and id(firm) in spared:
            firm = guided[(number * 5 + 1) % len(guided)]
        if day < quarter or id(firm) not in spared:
            writer.visit(firm, day)


def routes(writer: Writer) -> None:
    """Which office a category leads to, so that the system can suggest it."""
    for category, key in ROUTES.items():
        cases.set_route(
            actor=writer.actors[writer.clerk],
            category=category,
            organization=writer.town.frame.places[key],
            ground="镇党委涉企诉求分办规则",
            now=writer.town.frame.now,
        )
