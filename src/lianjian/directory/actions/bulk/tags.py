"""Tags from spreadsheets: a list of its own (单位、标签、依据文件), and the column of a ledger of enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.verbs import verb

from ...models import Organization, Tag, Tagging
from ...queries.tags import tags_named
from ...rules.tags import AlreadyTagged
from ..tags import Given, TagLine, set_tags


def words_of(value: Any) -> list[str]:
    """Words parted by 顿号 or commas."""
    text = str(value or "")
    for mark in (",", "，", ";", "；"):
        text = text.replace(mark, "、")
    return list(dict.fromkeys(word.strip() for word in text.split("、") if word.strip()))


def first_day(batch: Any, now: datetime) -> date:
    """The first day of the sheet's year, today at the latest: a list of a year speaks for that year."""
    today = local_day(now)
    return min(date(batch.year, 1, 1), today) if batch.year else today


def _since(body: Organization, day: date) -> date:
    """The first day of a tag of which the sheet gives none: that of its period, or the body's own first day."""
    return max(day, body.founded_on) if body.founded_on else day


@verb
def store_tags(*, actor: Actor, batch: Any, rows: Sequence[Any], now: datetime) -> None:
    """Store a list of who has which tags. What is known already is left alone; what is refused is told in its row."""
    known, lines = tags_named(batch.jurisdiction_id), []
    by_number: dict[int, Any] = {}
    found: list[tuple[Any, int]] = []
    for row in rows:
        values = row.values
        body = batch.resolve_org(values["name"], values.get("code") or "", row=row, field="name")
        if body is None:
            sentence = _("名册里没有叫“%(name)s”的组织,请先登记或核对名称。") % {"name": values["name"]}
            batch.problem(row, "name", "error", sentence)
            continue
        by_number[row.number] = row
        found.append((row, body.pk))
    # What the batch resolved holds only some columns; all of them are read once.
    bodies = Organization.objects.in_bulk({pk for _row, pk in found})
    for row, pk in found:
        values = row.values
        lines += [
            TagLine(
                organization=bodies[pk],
                tag=tag,
                since=values.get("since") or _since(bodies[pk], first_day(batch, now)),
                until=values.get("until"),
                document=values.get("document") or "",
                number=row.number,
            )
            for tag in _meant(batch, row, words_of(values["tags"]), known)
        ]
    done = set_tags(actor=actor, lines=lines, now=now, note=str(getattr(batch, "label", "")))
    _tell(batch, by_number, done)
    for line, refusal in done.refused:
        if isinstance(refusal, AlreadyTagged) and _other_end(line, refusal):
            _tell_end(batch, by_number[line.number], line, refusal)


def _other_end(line: TagLine, held: AlreadyTagged) -> bool:
    """Whether a row says another end than the tag has, or goes on with one that ends."""
    since, until = held.params["since"], held.params["until"]
    return line.until != until and (line.until is not None or line.since > since)


def _tell_end(batch: Any, row: Any, line: TagLine, held: AlreadyTagged) -> None:
    words = {name: held.params[name] for name in ("tag", "since", "until")} | {"name": line.organization.name}
    if held.params["until"] is None:
        sentence = _(
            "“%(name)s”从%(since)s起已认定为“%(tag)s”,没有截止日期,名单写的截止日期没有保存;到期的,请在组织页面结束。"
        )
    else:
        sentence = _(
            "“%(name)s”已认定为“%(tag)s”(%(since)s至%(until)s),名单写的期限没有保存;"
            "延续的,起始日期请写%(until)s,提前结束的,请在组织页面办理。"
        )
    batch.problem(row, "until", "warning", sentence % words)


def _meant(
    batch: Any, row: Any, words: Sequence[str], known: dict[str, list[Tag]], *, severity: str = "error"
) -> list[Tag]:
    """The tags of the office that the words name; a word that names several is told, and as an error one of none."""
    found = []
    for word in words:
        tags = known.get(word, [])
        if len(tags) == 1:
            found.append(tags[0])
        elif tags:
            groups = "、".join(tag.scheme.name for tag in tags)
            sentence = _("标签“%(tag)s”在几个标签组里都有(%(groups)s),没有认定,请在组织页面认定。")
            batch.problem(row, "tags", severity, sentence % {"tag": word, "groups": groups})
        elif severity == "error":
            sentence = _("标签“%(tag)s”不在标签表里,请先在“标签”页增加,或核对写法。") % {"tag": word}
            batch.problem(row, "tags", severity, sentence)
    return found


def _tell(batch: Any, rows: dict[int, Any], done: Given, *, severity: str = "error") -> None:
    """Report what was written and refused; the same tag given again says nothing new."""
    for line, refusal in done.refused:
        if not isinstance(refusal, AlreadyTagged):
            batch.problem(rows[line.number], "tags", severity, f"{line.organization.name}:{refusal}")
    made = list(done.made.values())
    batch.make_many(Tagging, [row.pk for row in made], [rows[number] for number in done.numbers])
    for row, until in done.ended:
        batch.change(row, {"until": until})


@verb
def store_ledger_tags(*, actor: Actor, batch: Any, rows: Sequence[Any], now: datetime) -> None:
    """Give firms of a ledger the office's tags that its column of tags names; other words are no tags.

    The firm is stored whatever becomes of its tags: a word that cannot be followed is a warning in its row.
    """
    wanted = {row.number: words_of(row.values.get("tags")) for row in rows if "organization" in row.made}
    if not any(wanted.values()):
        return
    known, by_number = tags_named(batch.jurisdiction_id), {row.number: row for row in rows}
    ids = {number: by_number[number].made["organization"].pk for number, words in wanted.items() if words}
    bodies = Organization.objects.in_bulk(list(ids.values()))
    day, source = first_day(batch, now), str(getattr(batch, "label", "") or _("企业台账"))[:120]
    lines = [
        TagLine(bodies[pk], tag, _since(bodies[pk], day), source, number=number)
        for number, pk in ids.items()
        if pk in bodies and bodies[pk].jurisdiction_id == batch.jurisdiction_id
        for tag in _meant(batch, by_number[number], wanted[number], known, severity="warning")
    ]
    done = set_tags(actor=actor, lines=lines, now=now, note=source)
    _tell(batch, by_number, done, severity="warning")
