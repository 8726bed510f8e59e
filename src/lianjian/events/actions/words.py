"""The words that a place adds to the code lists of meetings and venues."""

from __future__ import annotations

from datetime import datetime

from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import translate
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import record

from ..models import Word
from ..rules import meetings as rules


@verb(constraints={"one_event_word_per_name": rules.WordExists})
def add_word(*, actor: Actor, list_code: str, name: str, now: datetime) -> Word:
    """A word of the place's own in a code list. Raises `WordExists`, `Denied`."""
    require(actor, "events.purposes", Whole(actor.jurisdiction_id))
    words = name.strip()[:30]
    known = rules.LISTS[list_code][1]
    if words in known or words in {translate(one) for one in known}:
        raise rules.WordExists
    made = Word.objects.create(jurisdiction_id=actor.jurisdiction_id, list=list_code, name=words)
    record(actor=actor, verb="events.add_word", subject=made, now=now, changes={list_code: ("", words)})
    return made


@verb
def retire_word(*, actor: Actor, word: Word, now: datetime, again: bool = False) -> None:
    """Offer a word no longer, or `again`; what has it keeps it. Raises `Denied`."""
    require(actor, "events.purposes", Whole(word.jurisdiction_id))
    before, after = word.retired_on, None if again else local_day(now)
    if (before is None) == (after is None):
        return
    word.retired_on = after
    word.save(update_fields=["retired_on"])
    changes = {"retired_on": (before, after)}
    record(actor=actor, verb="events.retire_word", subject=word, now=now, changes=changes)
