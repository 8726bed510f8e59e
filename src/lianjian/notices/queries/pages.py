"""The page of one document: the version that is asked for, its files, versions, reviews and opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lianjian.files.queries import ShownFile, files_of
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import Refused
from lianjian.foundation.looks import Event, show_date
from lianjian.foundation.text import labelled

from .. import rules, subjects
from ..models import Document, Message, Opinion, Publication, Review
from ..rules import layout, personal
from .checks import hindrance, places_of_words
from .listing import GONE
from .people import accounts_of, document_url, reviewers_of
from .pictures import ShownPicture, parted, published_files


@dataclass(frozen=True)
class ShownOpinion:
    """One body that was asked."""

    opinion: Opinion
    name: str
    badge: tuple[str, str]
    outcome: str
    may_answer: bool
    may_settle: bool


@dataclass(frozen=True)
class DocumentPage:
    """One document; `document` is None for who reads only what is out."""

    key: UUID
    title: str
    badge: tuple[str, str]
    lines: list[tuple[str, str]]
    bylines: list[str]
    pictures: Sequence[ShownPicture]
    facts: list[tuple[str, str]]
    files: Sequence[ShownFile]
    file_base: str
    versions: list[tuple[str, str, bool]]
    notes: list[str]
    subjects: list[subjects.Subject]
    document: Document | None
    publication: Publication | None
    steps: list[tuple[str, str, str]]
    story: list[Event]
    opinions: list[ShownOpinion]
    warnings: list[tuple[str, str, bool]]
    moves: frozenset[str]


def find_document(actor: Actor, key: UUID) -> tuple[Document | None, list[Publication]]:
    """The document at the desk, if the actor reads it there, and its versions that the actor may read, newest first."""
    rows = Document.objects.visible_to(actor).select_related("issuer", "jurisdiction")
    out = Publication.objects.visible_to(actor).filter(document_key=key).select_related("issuer", "jurisdiction")
    return rows.filter(key=key).first(), list(out.order_by("-version"))


def document_page(
    actor: Actor, document: Document | None, out: list[Publication], version: int | None, day: date
) -> DocumentPage:
    """What is shown: a version by its number, else the draft at the desk, else what is out."""
    shown = _chosen(document, out, version)
    content: Document | Publication = shown or document  # type: ignore[assignment]
    desk = document is not None and _at_desk(actor, document)
    title, text, bylines = _words(document if desk else None, content)
    known = document or content
    held = published_files(actor, shown) if shown is not None else files_of(content.bundle_id)
    files, pictures = parted(actor, content, held)
    waits = document is not None and desk and document.state == rules.READY
    hindered = hindrance(document, day) if waits and document is not None else None
    return DocumentPage(
        key=document.key if document is not None else out[0].document_key,
        title=title or str(GONE),
        badge=_badge(content, day),
        lines=layout.laid_out(text),
        bylines=bylines,
        pictures=pictures,
        facts=facts_of(content, out),
        files=files,
        file_base=f"{document_url(document.key if document else out[0].document_key)}/files/",
        versions=_versions(document if desk else None, out, shown),
        notes=[*_late(document, hindered, day), *_notes(content, out, document if desk else None)],
        subjects=subjects.named(actor, known.subjects),
        document=document,
        publication=shown,
        steps=_steps(document) if document is not None and desk else [],
        story=story_of(document, out) if document is not None and desk else [],
        opinions=_opinions(actor, document, desk) if document is not None and shown is None else [],
        warnings=warnings_of(document, held) if document is not None and desk and shown is None else [],
        moves=moves_of(actor, document, hindered is not None) if document is not None and desk else frozenset(),
    )


def _chosen(document: Document | None, out: list[Publication], version: int | None) -> Publication | None:
    asked = next((one for one in out if one.version == version), None)
    if asked is not None or not out:
        return asked
    if document is None:
        return out[0]
    return None if document.state in rules.UNDER_WAY else out[0]


def _at_desk(actor: Actor, document: Document) -> bool:
    return actor.may("documents.desk", document.issuer)


def _words(document: Document | None, content: Document | Publication) -> tuple[str, str, list[str]]:
    """Title, text and bylines; the desk reads what was taken down."""
    kept = document.withheld.get(str(content.version), {}) if document is not None else {}
    if isinstance(content, Publication) and kept:
        return kept["title"], kept["text"], kept.get("bylines", [])
    return content.title, content.text, content.bylines


def _badge(content: Document | Publication, day: date) -> tuple[str, str]:
    if isinstance(content, Document):
        return _(rules.STATES[content.state]), rules.TONES[content.state]
    if content.down_at is not None:
        return _("已下架"), "paused"
    if content.replaced_at is not None:
        return _("旧版"), "neutral"
    if not rules.in_force(None, content.until, day):
        return _("已失效"), "neutral"
    if not rules.in_force(content.since, None, day):
        return _("尚未生效"), "info"
    return _("已公布"), "done"


def facts_of(content: Document | Publication, out: list[Publication]) -> list[tuple[str, str]]:
    """What a document is, in lines."""
    published = content.published_on if isinstance(content, Publication) else None
    lines = [
        (_("文号"), content.number),
        (_("种类"), _(rules.KINDS[content.kind])),
        (_("发文单位"), content.issuer.name),
        (_("成文日期"), show_date(content.made_on)),
        (_("生效日期"), show_date(content.since) if content.since else ""),
        (_("失效日期"), show_date(content.until) if content.until else ""),
        (_("公开范围"), _(rules.AUDIENCES[content.audience])),
        (_("公布日期"), show_date(published) if published else ""),
        (_("版次"), _("第 %(n)s 版") % {"n": content.version} if content.version > 1 or len(out) > 1 else ""),
    ]
    if isinstance(content, Document):
        lines += [
            (_("起草人"), content.author_name),
            (_("计划公布"), show_date(content.publish_on) if content.publish_on else ""),
        ]
    return [(label, words) for label, words in lines if words]


def _versions(
    document: Document | None, out: list[Publication], shown: Publication | None
) -> list[tuple[str, str, bool]]:
    """(words, query of the address, whether it is the one shown), where there is more than one to read."""
    found = []
    if document is not None and document.state in rules.UNDER_WAY and out:
        found.append((_("第 %(n)s 版(未公布)") % {"n": document.version}, "?", shown is None))
    for one in out:
        words = _("第 %(n)s 版") % {"n": one.version} + f" · {show_date(one.published_on)}"
        found.append((words, f"?version={one.version}", one is shown))
    return found if len(found) > 1 else []


def _notes(content: Document | Publication, out: list[Publication], document: Document | None) -> list[str]:
    found = []
    if isinstance(content, Publication):
        if content.down_at is not None:
            ground = {"ground": _(rules.GROUNDS[content.down_ground]), "day": show_date(content.down_at)}
            found.append(_("%(day)s 已下架:%(ground)s。登记簿里保留这条记录,正文和附件不再提供。") % ground)
            if document is not None and document.down_reason:
                found.append(labelled(_("下架说明"), document.down_reason))
        elif content.replaced_at is not None:
            found.append(
                _("这是旧版,%(day)s 起由新版替代。") % {"day": show_date(content.replaced_at)}
            )
        return found
    if out and content.state in rules.UNDER_WAY:
        found.append(_("这是正在修改的新版,公布之前仍以已公布的版本为准。"))
    if document is not None and document.state in rules.STAGES and not reviewers_of(document):
        words = _("没有能办%(stage)s的人:有权限的都写过稿子或审过一道。请安全管理员再授权一人(文件审核人或分管领导)。")
        found.append(words % {"stage": _(rules.STAGE_WORDS[document.state])})
    return found


def _late(document: Document | None, hindered: Refused | None, day: date) -> list[str]:
    """Why what passed its reviews is not out, though its day has come."""
    if document is None or document.state != rules.READY or (document.publish_on or day) > day:
        return []
    if hindered is None:
        return [_("三审已通过,计划公布日期已到,还没有公布。有终审权限的可以点“公布”,夜里也会再自动公布。")]
    words = _("三审已通过,但没有公布。%(why)s请先“撤回修改”,改好后重新送审。")
    return [words % {"why": hindered}]


def _steps(document: Document) -> list[tuple[str, str, str]]:
    """Where it is on its way."""
    line = [(rules.DRAFT, _("起草")), *((code, _(word)) for code, word in rules.STAGE_WORDS.items())]
    line.append((rules.PUBLISHED, _("公布")))
    order = [code for code, _word in line]
    state = {rules.RETURNED: rules.DRAFT, rules.READY: rules.PUBLISHED}.get(document.state, document.state)
    if state not in order:
        return []
    at = order.index(state)
    done_all = document.state == rules.PUBLISHED
    return [
        (word, "done" if number < at or done_all else "now" if number == at else "todo", "")
        for number, (_code, word) in enumerate(line)
    ]


def story_of(document: Document, out: list[Publication]) -> list[Event]:
    """Every review of every version, and every publication, newest first."""
    found = []
    for one in out:
        found.append(Event(_("公布"), _("第 %(n)s 版") % {"n": one.version}, one.published_at, state="done"))
        if one.down_at is not None:
            found.append(Event(_("下架"), _(rules.GROUNDS[one.down_ground]), one.down_at, state="late"))
    found += [_reviewed(one) for one in document.reviews.order_by("-at", "-pk")]
    return sorted(found, key=lambda one: one.at, reverse=True)  # type: ignore[arg-type, return-value]


def _reviewed(one: Review) -> Event:
    words = _("第 %(version)s 版,第 %(round)s 次送审") % {"version": one.version, "round": one.round}
    result = _("通过") if one.passed else _("退回修改")
    return Event(
        title=f"{_(rules.STAGE_WORDS[one.stage])} {result}",
        text=words,
        at=one.at,
        by=one.reviewer_name,
        note=one.reason,
        state="done" if one.passed else "late",
    )


def speaks_for(actor: Actor, opinion: Opinion) -> bool:
    """Whether the actor belongs to the body that was asked, not to one above the whole place."""
    path = opinion.organization.path
    return any(not scope.whole and path.startswith(scope.path) for scope in actor.scopes("documents.see"))


def _opinions(actor: Actor, document: Document, desk: bool) -> list[ShownOpinion]:
    rows = document.opinions.filter(version=document.version).select_related("organization").order_by("pk")
    writes = actor.may("documents.write", document.issuer)
    open_now = document.state in rules.OPEN
    found = []
    for one in rows:
        own = speaks_for(actor, one)
        if not desk and not own:
            continue
        answered = one.answered_at is not None
        badge = (_(rules.STANCES[one.stance]), "info") if answered else (_("还没反馈"), "due")
        found.append(
            ShownOpinion(
                opinion=one,
                name=one.organization.name,
                badge=badge,
                outcome=_(rules.OUTCOMES[one.outcome]) if one.outcome else "",
                may_answer=not answered and open_now and (own or writes),
                may_settle=answered and open_now and writes and not one.outcome,
            )
        )
    return found


def warnings_of(document: Document, files: Sequence[ShownFile]) -> list[tuple[str, str, bool]]:
    """(where, what, whether it stands in the way) of numbers of persons in what is being written."""
    found = []
    if document.state not in rules.UNDER_WAY:
        return []
    said = [*places_of_words(document), *(("file", _("附件的文件名"), one.name) for one in files)]
    for field, where, text in said:
        for one in personal.scan(text):
            place = where if field != "text" else _("正文第 %(line)s 行") % {"line": one.line}
            found.append((place, f"{_(personal.WORDS[one.kind])} {one.masked}", one.kind == personal.IDENTITY))
    return found


def may_review(actor: Actor, document: Document) -> bool:
    """Whether the review that is due could be this person's."""
    if document.state not in rules.STAGES or document.jurisdiction_id not in actor.writable:
        return False
    if not actor.may(rules.RIGHT_OF[document.state], document.issuer):
        return False
    own = set(accounts_of([actor.user_id or 0]).values_list("pk", flat=True))
    done = document.reviews.filter(version=document.version, round=document.round, reviewer_id__in=own)
    return not own & set(document.writers) and not done.exists()


def moves_of(actor: Actor, document: Document, stands_in_the_way: bool) -> frozenset[str]:
    """What the actor may do now; the verbs check it again. The last tells whether publishing would be refused."""
    found = set()
    here = document.jurisdiction_id in actor.writable
    state = document.state
    if here and actor.may("documents.write", document.issuer):
        if state != rules.DROPPED:
            found |= {"change", "link"}
        if state in rules.OPEN:
            found |= {"submit", "consult", "files"}
        if state in rules.UNDER_WAY:
            found.add("drop")
    if may_review(actor, document):
        found.add("review")
    final = actor.may(rules.RIGHT_OF[rules.FINAL], document.issuer)
    if here and state in (*rules.STAGES, rules.READY) and (final or "change" in found):
        found.add("take_back")
    if here and state == rules.READY and final and not stands_in_the_way:
        found.add("publish")
    if here and actor.may("documents.take_down", document.issuer) and _is_out(document):
        found.add("take_down")
    return frozenset(found)


def _is_out(document: Document) -> bool:
    return Publication.objects.filter(document=document, down_at__isnull=True).exists()


def ready_to_publish(jurisdiction_id: int, day: date) -> list[Document]:
    """Documents of a place that passed all reviews and whose day has come."""
    rows = Document.objects.filter(jurisdiction_id=jurisdiction_id, state=rules.READY)
    return list(rows.exclude(publish_on__gt=day).select_related("issuer").order_by("pk"))


def told_of(document: Document, kind: str) -> bool:
    """Whether somebody was told so since the document last changed: a refusal every night is told once."""
    rows = Message.objects.filter(url=document_url(document.key), kind=kind, at__gte=document.changed_at)
    return rows.exists()


def last_number(actor: Actor, issuer_id: int) -> str:
    """The newest number that a body gave, to go on from; one query."""
    rows = Document.objects.at_desk(actor).filter(issuer_id=issuer_id).exclude(number="")
    found: Any = rows.order_by("-made_on", "-pk").values_list("number", flat=True).first()
    return found or ""
