"""A form that was opened before somebody else changed the record: told so, with nothing lost.

`watch` puts a mark of what the form showed into it. When it comes back and the record says something else by then,
the person reads what changed and still has what was typed; saving once more writes it over the other's on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from django import forms
from django.db import models
from django.utils.translation import gettext

FIELD: Final = "shown"


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
    labels = [str(form.fields[name].label) for name in _changed(then, now) if name in form.fields]
    form.data = form.data.copy()
    form.data[form.add_prefix(FIELD)] = now
    sentence = gettext("您填写的时候,别人改了:%(what)s。您填的还在,请核对;再保存一次,就按您填的写。")
    form.add_error(None, sentence % {"what": "、".join(labels) or gettext("这条记录")})
