"""A draft is shown to those it concerns before it goes to review; what comes back is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from .. import rules
from ..models import Document, Opinion
from ..queries.pages import speaks_for
from ..queries.people import speakers
from .drafting import WRITE, locked
from .telling import tell, tell_writers


@verb(constraints={"one_opinion_of_a_body": rules.AlreadyAsked})
def consult(
    *,
    actor: Actor,
    document: Document,
    organizations: Sequence[Organization],
    now: datetime,
    due_on: date | None = None,
) -> list[Opinion]:
    """Ask bodies what they think of the draft. Those of the same place may read it from now on and answer themselves;
    for others the desk writes down what came back.

    Raises `NotOpen`, `AlreadyAsked`, `Denied`.
    """
    require(actor, WRITE, document.issuer)
    document = locked(document)
    if document.state not in rules.OPEN:
        raise rules.NotOpen(state=translate(rules.STATES[document.state]))
    asked = Opinion.objects.filter(document=document, version=document.version)
    before = set(asked.values_list("organization_id", flat=True))
    made = []
    for body in dict.fromkeys(organizations):
        if body.pk in before:
            raise rules.AlreadyAsked(name=body.name)
        made.append(
            Opinion(
                jurisdiction_id=document.jurisdiction_id,
                document=document,
                version=document.version,
                organization=body,
                asked_at=now,
                due_on=due_on,
            )
        )
    Opinion.objects.bulk_create(made)
    names = "、".join(one.organization.name for one in made)
    record(actor=actor, verb="documents.consult", subject=document, now=now, changes={"asked": ("", names)})
    here = [one.organization for one in made if one.organization.jurisdiction_id == document.jurisdiction_id]
    users = [user for body in here for user in speakers(body)]
    tell(actor, document, users, "documents.consult", now)
    return made


@verb
def answer_opinion(*, actor: Actor, opinion: Opinion, stance: str, text: str, now: datetime) -> Opinion:
    """What the body thinks: told by itself, or written down by the desk from a letter or a meeting.

    Raises `AlreadyAnswered`, `NotOpen`, `Denied`.
    """
    if speaks_for(actor, opinion):
        require(actor, "documents.see", opinion.organization)
    else:
        require(actor, WRITE, opinion.document.issuer)
    document = locked(opinion.document)
    if document.state not in rules.OPEN or document.version != opinion.version:
        raise rules.NotOpen(state=translate(rules.STATES[document.state]))
    opinion = Opinion.objects.select_related("organization").get(pk=opinion.pk)
    if opinion.answered_at is not None:
        raise rules.AlreadyAnswered
    opinion.stance, opinion.text = stance, text.strip()
    opinion.answered_at, opinion.answered_by = now, actor.name[:80]
    opinion.save(update_fields=["stance", "text", "answered_at", "answered_by"])
    changes = {"stance": ("", stance), "text": ("", opinion.text)}
    record(actor=actor, verb="documents.answer", subject=opinion, now=now, changes=changes)
    tell_writers(actor, document, "documents.opinion", now, text=opinion.organization.name)
    return opinion


@verb
def settle_opinion(
    *, actor: Actor, opinion: Opinion, outcome: str, now: datetime, response: str = ""
) -> Opinion:
    """What was made of it, said while that version is being written.

    Raises `NotOpen`, `NotAnswered`, `AlreadySettled`, `ReasonNeeded`, `Denied`.
    """
    require(actor, WRITE, opinion.document.issuer)
    document = locked(opinion.document)
    if document.state not in rules.OPEN or document.version != opinion.version:
        raise rules.NotOpen(state=translate(rules.STATES[document.state]))
    opinion = Opinion.objects.get(pk=opinion.pk)
    if opinion.answered_at is None:
        raise rules.NotAnswered
    if opinion.outcome:
        raise rules.AlreadySettled
    words = response.strip()[:300]
    if outcome == "not_taken" and not words:
        raise rules.ReasonNeeded(field="response")
    before = {"outcome": opinion.outcome, "response": opinion.response}
    opinion.outcome, opinion.response = outcome, words
    opinion.save(update_fields=["outcome", "response"])
    changes = {name: (old, getattr(opinion, name)) for name, old in before.items()}
    record(actor=actor, verb="documents.settle", subject=opinion, now=now, changes=changes)
    return opinion
