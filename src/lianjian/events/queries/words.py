"""The code lists of meetings and venues: what is known everywhere, then what the place and those above it added."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext

from lianjian.foundation.errors import translate
from lianjian.rulebook.queries import line_of

from ..models import Word
from ..rules.meetings import LISTS, UnknownWord


def word_name(code: str) -> str:
    """A word in the active language; a place's own is its own name."""
    return gettext(code) if code else ""


def every_word(jurisdiction_id: int) -> dict[str, list[tuple[str, str]]]:
    """(code, name) on offer by list; one query."""
    rows = Word.objects.filter(jurisdiction_id__in=line_of(jurisdiction_id), retired_on__isnull=True)
    found = {code: dict.fromkeys(known) for code, (_name, known) in LISTS.items()}
    for list_code, name in rows.order_by("id").values_list("list", "name"):
        found[list_code][name] = None
    return {code: [(name, gettext(name)) for name in names] for code, names in found.items()}


def check_words(jurisdiction_id: int, held: Sequence[str] = (), **lists: Sequence[str]) -> None:
    """Raises `UnknownWord` unless each word is offered in its list, or is `held` already. One query at most."""
    unknown = {
        code: [word for word in words if word and word not in LISTS[code][1] and word not in held]
        for code, words in lists.items()
    }
    if not any(unknown.values()):
        return
    offered = every_word(jurisdiction_id)
    for code, words in unknown.items():
        for word in words:
            if word not in dict(offered[code]):
                raise UnknownWord(word=word[:30], list=translate(LISTS[code][0]))


def own_words(jurisdiction_id: int) -> dict[str, list[Word]]:
    """What the place added, by list, those on offer first; one query."""
    found: dict[str, list[Word]] = {code: [] for code in LISTS}
    rows = Word.objects.filter(jurisdiction_id=jurisdiction_id)
    for row in rows.order_by(F("retired_on").asc(nulls_first=True), "id"):
        found[row.list].append(row)
    return found
