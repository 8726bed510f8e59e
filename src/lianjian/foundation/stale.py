"""A form that was opened before somebody else changed the record: told so, with nothing lost.

`watch` puts a mark of what the form showed into it. When it comes back and the record says something else by then,
the person reads what changed and still has what was typed; saving once more writes it over the other's on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Final

from django import forms
from django.db import models
from django.utils.translation import gettext

from .looks import show_date, show_datetime, show_number

FIELD: Final = "shown"
MOST: Final = 60  # characters of a text that stands there now


def _hash(value: object) -> str:
    text = repr(value.pk if isinstance(value, models.Model) else value)
    return blake2b(text.encode(), digest_size=6).hexdigest()


def mark_of(record: models.Model, names: Iterable[str]) -> str:
    """What the record says in these fields, as a short text that changes when one of them does."""
    return ".".join(f"{name}:{_hash(getattr(record, name))}" for name in sorted(names))


def _changed(then: str, now: str) -> list[str]:
    before = dict(part.split(":", 1) for part in then.split(".") if ":" in part)
    after = dict(part.split(":", 1) for part in now.split("."))
    return [name for name, found in after.items() if before.get(name) != found]


def _says(field: forms.Field, value: object) -> str:
    """What the record says now, in the words of the form; nothing for what cannot be said in a line."""
    if value is None or value == "":
        return gettext("没有填")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    words = [str(label) for code, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)
             and str(code) == str(value)]  # fmt: skip
    if words:
        return words[0]
    if isinstance(value, datetime):
        return show_datetime(value)
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Decimal | int | float):
        return show_number(value)
    if not isinstance(value, str | models.Model):
        return ""
    text = " ".join(str(value).split())
    return text if len(text) <= MOST else f"{text[:MOST]}…"


def _named(field: forms.Field, value: object) -> str:
    """A field and what it says now."""
    now = _says(field, value)
    if not now:
        return str(field.label)
    return gettext("%(what)s(现为“%(now)s”)") % {"what": field.label, "now": now}


def watch(form: forms.Form, record: models.Model, names: Iterable[str]) -> None:
    """Let `form`, which shows `names` of `record`, notice that somebody else changed them meanwhile.

    Call it on both ways through a door, before the form is asked whether it is valid. On the way back the record is
    locked and read anew, so that what is compared is what the verb then writes on. A form without a mark (a client of
    one's own) is taken as it is.
    """
    kept = list(names)
    if form.is_bound:
        manager = type(record)._default_manager
        manager.select_for_update(of=("self",)).filter(pk=record.pk).values_list("pk").first()
        record.refresh_from_db(fields=kept)
    now = mark_of(record, kept)
    form.fields[FIELD] = forms.CharField(required=False, widget=forms.HiddenInput, initial=now)
    then = form.data.get(form.add_prefix(FIELD), "") if form.is_bound else ""
    if form.is_bound:
        form.full_clean()
        form.cleaned_data.pop(FIELD, None)
    if not then or then == now:
        return
    labels = [_named(form.fields[name], getattr(record, name)) for name in _changed(then, now) if name in form.fields]
    form.data = form.data.copy()
    form.data[form.add_prefix(FIELD)] = now
    sentence = gettext("您填写的时候,别人改了:%(what)s。您填的还在,请核对;再保存一次,就按您填的写。")
    form.add_error(None, sentence % {"what": "、".join(labels) or gettext("这条记录")})
