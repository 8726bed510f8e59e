"""What may be seen of a case from outside: by who told it or joined it, and by anybody where it was made public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianjian.foundation import context
from lianjian.foundation.actor import Actor, PublicActor, Whole
from lianjian.foundation.listing import Badge
from lianjian.foundation.looks import Event
from lianjian.foundation.names import mask_name, mask_phone
from lianjian.jurisdictions.models import Jurisdiction

from .. import rules
from ..models import Case, CaseEvent, Follower
from ..models.followers import code_digest
from .likes import near_cases
from .listing import state_badge
from .pages import steps_of
from .tree import tree_of

# Lines of the story that who asked may read; how the offices pass a case among themselves is theirs.
TOLD: Final = (
    "register",
    "dispatch",
    "redispatch",
    "sign",
    "note",
    "answer",
    "vet",
    "confirm",
    "dispute",
    "park",
    "resume",
    "reopen",
    "decline",
    "close_silent",
    "merge",
    "withdraw",
    "urge",
    "supplement",
)
# Of these the words were written for who asked.
WORDED: Final = frozenset({"note", "answer", "decline", "supplement", "dispute", "withdraw", "park"})


@dataclass(frozen=True)
class Followed:
    """A case with who follows it, and the actor that this makes of a visitor."""

    case: Case
    first: bool
    actor: PublicActor


def followed(number: str, code: str, user_id: int | None = None) -> Followed | None:
    """The case of this number if the code opens it; sets the context to its place. None for any other pair."""
    digest = code_digest(number, code)
    prefix = number.split("-")[0]
    for place in Jurisdiction.objects.filter(prefix=prefix).values_list("id", flat=True):
        actor = PublicActor(place, user_id=user_id)
        context.enter_for(actor)
        rows = Follower.objects.filter(case__number=number, code_digest=digest, left_at__isnull=True)
        found = rows.select_related("case__category", "case__handler", "case__organization", "case__village").first()
        if found is not None:
            owner = found.case.pk if found.first else None
            return Followed(found.case, found.first, PublicActor(place, user_id=user_id, asker_of=owner))
    return None


@dataclass(frozen=True)
class PublicPage:
    """A case as who follows it reads it."""

    case: Case
    badge: Badge
    category: str
    steps: list[tuple[str, str, str]]
    story: list[Event]
    moves: list[tuple[str, str]]
    unit: str


ASKER_MOVES: Final = ("confirm", "dispute", "supplement", "urge", "reopen", "withdraw")


def public_page(found: Followed) -> PublicPage:
    """The page of a followed case; two queries."""
    case = found.case
    now_possible = set(rules.moves_from(case.state)) - case.sort.without
    moves = [code for code in ASKER_MOVES if found.first and code in now_possible]
    rows = CaseEvent.objects.filter(case=case, move__in=TOLD).order_by("-id")
    return PublicPage(
        case=case,
        badge=state_badge(case.state, kind=case.kind),
        category=tree_of(case.jurisdiction_id).path(case.category.code),
        steps=steps_of(case),
        story=[_line(event, place == 0) for place, event in enumerate(rows)],
        moves=[(code, _(rules.MOVES[code].label)) for code in moves],
        unit=case.handler.name if case.handler is not None else "",
    )


def _line(event: CaseEvent, first: bool) -> Event:
    move = rules.MOVES.get(event.move)
    text = event.text or event.reason if event.move in WORDED else ""
    if event.move in ("dispatch", "redispatch"):
        text = event.unit
    return Event(
        title=_(move.word) if move else _("登记"),
        text=text,
        at=event.at,
        by="",
        note="",
        held="",
        state="now" if first else "",
    )


def published_cases(jurisdiction_id: int) -> QuerySet[Case]:
    """What anybody may read of a place: made public by the office, of a kind that is not private, no accusation."""
    kinds = [kind.code for kind in rules.KINDS.values() if not kind.private]
    return Case.objects.filter(
        jurisdiction_id=jurisdiction_id, published=True, kind__in=kinds, accused__isnull=True
    )


def published_near(jurisdiction_id: int, **like: Any) -> list[Case]:
    """Of a place, those that the office has made public; kinds kept private are never among them."""
    return near_cases(published_cases(jurisdiction_id), **like)


def near_choices(cases: Iterable[Case]) -> list[tuple[str, str]]:
    """(key, words) to choose one: place, day and the words that were made public."""
    return [
        (
            str(case.key),
            " · ".join(
                filter(None, (case.title, case.village.name if case.village else "", str(case.registered_on)))
            ),
        )
        for case in cases
    ]


def follower_panel(*, actor: Actor, record: Case, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """Who follows a case, for its page; names and phones masked but for the office."""
    if record.source != "public" and not record.published and not record.followed:
        return None
    office = actor.may("cases.dispatch", Whole(record.jurisdiction_id))
    rows = Follower.objects.filter(case=record, left_at__isnull=True).order_by("id")
    shown = [
        (
            (one.name if office else mask_name(one.name)) or _("未留姓名"),
            mask_phone(one.phone) if one.phone else "",
            _("首次提出") if one.first else _("一起跟进"),
        )
        for one in rows[:20]
    ]
    return "cases/_followers.html", {"followers": shown, "published": record.published}
