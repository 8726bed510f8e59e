"""The rules in force on a day, and one rule with its history and its examples, as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import CHINA, local_day
from lianjian.foundation.errors import translate

from ..data.examples import EXAMPLES
from ..models import LocalRule, Rule
from ..rules import MAX_DEADLINE, PASSED, TERMS, Done, Term, act_of, conclude, judge, reckon, terms
from .findings import asks, own_asks, step_text, verdict_text
from .numbers import calendar, in_force, line_of, local_rules
from .texts import day_text, moment_text, source_text, term_text

TONES = {"BLOCK": "late", "WARN": "due", "ALERT": "neutral"}
VERDICT_TONES = {"passed": "done", "refused": "late", "reason": "due", "reminder": "due"}
SOME_DAY = date(2026, 3, 2)  # a Monday: from here the example of a plain term is reckoned

# Code, or its first part with the point -> (words, page, right) where the rule bites; filled by the wiring.
places: dict[str, list[tuple[Any, str, str]]] = {}
# Codes that nothing asks -> ("held", "told" or "unused", why in words); filled by the wiring.
unasked: dict[str, tuple[str, Any]] = {}
UNUSED = "unused"


def matter_label(matter: str) -> str:
    """The name of a group of rules."""
    return matters().get(matter, matter)


def matters() -> dict[str, str]:
    """Every group of rules in the order of the page."""
    return {
        "member": _("发展党员"),
        "branch": _("党支部"),
        "life": _("组织生活"),
        "education": _("党员教育"),
        "mobile": _("组织关系和流动党员"),
        "election": _("党内选举"),
        "company": _("企业党建"),
        "village": _("村民自治"),
        "community": _("居民自治"),
        "collective": _("农村集体经济组织"),
        "land": _("土地承包"),
        "case": _("诉求办理"),
        "petition": _("信访"),
        "mediation": _("人民调解"),
        "time": _("期限计算"),
    }


@dataclass(frozen=True)
class ShownRule:
    """One rule as a page shows it, with the local content that binds here if there is one."""

    code: str
    title: str
    matter: str
    kind: str
    kind_label: str
    asks: Sequence[str]
    cite: str
    mode: str
    mode_label: str
    tone: str
    confidence_label: str
    bites: str
    places: Sequence[tuple[str, str]]
    state: str
    why: str
    since: date
    until: date | None
    version: int
    off: bool
    local: Sequence[str]
    local_source: str
    overridable_by: str
    ref: str

    @property
    def text(self) -> str:
        """Everything that a search looks through."""
        parts = (
            self.code,
            self.title,
            *self.asks,
            self.cite,
            self.bites,
            self.ref,
            self.why,
            *(words for words, _address in self.places),
            *self.local,
            self.local_source,
        )
        return "\n".join(parts).lower()


@dataclass(frozen=True)
class Wanted:
    """The filters of the page."""

    matter: str = ""
    mode: str = ""
    kind: str = ""
    text: str = ""
    local: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.matter or self.mode or self.kind or self.text or self.local)

    def takes(self, row: ShownRule) -> bool:
        """Whether the rule is shown."""
        return (
            self.matter in ("", row.matter)
            and self.mode in ("", row.mode)
            and self.kind in ("", row.kind)
            and (not self.local or bool(row.local))
            and all(word in row.text for word in self.text.lower().split())
        )


def rules_on(day: date, actor: Actor) -> list[ShownRule]:
    """Every rule in force on `day` in the order of the matters, with the content of the actor's own place."""
    order = list(matters())
    rows = sorted(
        Rule.objects.filter(in_force(day)).order_by("id"),
        key=lambda row: order.index(row.matter) if row.matter in order else len(order),
    )
    own = local_rules([row.code for row in rows], actor.jurisdiction_id, day)
    return [shown_rule(row, own.get(row.code, ()), actor) for row in rows]


def local_asks(rule: Rule, local: LocalRule) -> list[str]:
    """What a local rule says, in words."""
    if rule.kind in TERMS:
        return [term_text(local.amount, local.unit)]
    return own_asks(rule.kind, rule.params, local.params)


def shown_rule(rule: Rule, own: Sequence[LocalRule] = (), actor: Actor | None = None) -> ShownRule:
    """One rule in the active language."""
    local = own[0] if own else None
    return ShownRule(
        code=rule.code,
        title=translate(rule.title),
        matter=rule.matter,
        kind=rule.kind,
        kind_label=str(Rule.Kind(rule.kind).label),
        asks=asks(rule.kind, rule.params, rule.unit),
        cite=source_text(rule.source, rule.article),
        mode=rule.mode,
        mode_label=str(Rule.Mode(rule.mode).label),
        tone=TONES.get(rule.mode, "neutral"),
        confidence_label=str(Rule.Confidence(rule.confidence).label),
        bites=translate(rule.bites) if rule.bites else "",
        places=places_of(rule.code, actor) if actor else (),
        state=_state_word(unasked[rule.code][0]) if rule.code in unasked else "",
        why=str(unasked[rule.code][1]) if rule.code in unasked else "",
        since=rule.valid_from,
        until=rule.valid_to,
        version=rule.version,
        off=bool(rule.params.get("off")) and local is None,
        local=local_asks(rule, local) if local else (),
        local_source=local.source if local else "",
        overridable_by=translate(rule.overridable_by) if rule.overridable_by else "",
        ref=rule.ref,
    )


def places_known(code: str) -> Sequence[tuple[Any, str, str]]:
    """(words, page, right) of every page on which a rule bites; none of one that is not asked yet."""
    if code in unasked and unasked[code][0] == UNUSED:
        return ()
    return places.get(code) or places.get(f"{code.partition('.')[0]}.") or ()


def places_of(code: str, actor: Actor) -> list[tuple[str, str]]:
    """(words, address) of these pages, as far as the actor may open them."""
    return [(str(words), reverse(page)) for words, page, right in places_known(code) if actor.may(right)]


def _state_word(kind: str) -> str:
    return {"held": _("记录保证"), "told": _("仅供查阅"), UNUSED: _("暂未使用")}[kind]


def rule_title(code: str) -> str:
    """The name of the newest version of a rule."""
    title = Rule.objects.filter(code=code).order_by("-version").values_list("title", flat=True).first()
    return translate(title) if title else code


def law_facts(rule: ShownRule) -> list[tuple[str, str]]:
    """What the page of a rule says beside its content."""
    lines = [
        (_("事项"), matter_label(rule.matter)),
        (_("类型"), rule.kind_label),
        (_("效力"), rule.mode_label),
        (_("性质"), rule.confidence_label),
        (_("依据"), rule.cite),
        (_("施行"), day_text(rule.since)),
    ]
    if rule.until:
        lines.append((_("止于"), day_text(rule.until)))
    if rule.overridable_by:
        lines.append((_("可以例外的"), rule.overridable_by))
    if rule.bites and not rule.state:
        lines.append((_("用在哪里"), rule.bites))
    return [*lines, (_("代码"), rule.code)]


@dataclass(frozen=True)
class ShownExample:
    """An act held against the rule as it stands: its verdict, and the comparisons in words."""

    verdict: str
    tone: str
    lines: Sequence[str]


@dataclass(frozen=True)
class ShownLocal:
    """One local rule of this place or of one above it."""

    key: UUID
    place: str
    asks: Sequence[str]
    source: str
    since: date
    until: date | None
    own: bool


@dataclass(frozen=True)
class LawPage:
    """A rule on a day: what it asks, its versions, the local rules, one act it accepts and one it does not."""

    rule: ShownRule
    in_force: bool
    versions: Sequence[ShownRule]
    locals: Sequence[ShownLocal]
    examples: Sequence[ShownExample]


def law_page(code: str, day: date, actor: Actor) -> LawPage | None:
    """The version in force on `day`, else the newest. None where there is no such rule. Three queries."""
    versions = list(Rule.objects.filter(code=code).order_by("-version"))
    if not versions:
        return None
    now = [r for r in versions if r.valid_from <= day and (r.valid_to is None or day <= r.valid_to)]
    rule = now[0] if now else versions[0]
    line = line_of(actor.jurisdiction_id)
    rows = list(
        LocalRule.objects.filter(code=code, jurisdiction_id__in=line)
        .select_related("jurisdiction")
        .order_by("-valid_from", "-id")
    )
    binding = [r for r in rows if r.valid_from <= day and (r.valid_to is None or day <= r.valid_to)]
    binding.sort(key=lambda r: (line.index(r.jurisdiction_id), -r.valid_from.toordinal()))
    return LawPage(
        rule=shown_rule(rule, binding, actor),
        in_force=bool(now),
        versions=[shown_rule(one) for one in versions],
        locals=[
            ShownLocal(
                key=row.key,
                place=row.jurisdiction.name,
                asks=local_asks(rule, row),
                source=row.source,
                since=row.valid_from,
                until=row.valid_to,
                own=row.jurisdiction_id == actor.jurisdiction_id,
            )
            for row in rows
        ],
        examples=examples_of(rule),
    )


def examples_of(rule: Rule) -> list[ShownExample]:
    """An act that the rule accepts and one that it does not, held against it now."""
    pair = EXAMPLES.get(rule.code)
    if pair:
        return [_example(rule, kept) for kept in pair]
    return [_example(rule, kept) for kept in _plain_term(rule)] if rule.kind in TERMS else []


def _example(rule: Rule, kept: Mapping[str, Any]) -> ShownExample:
    act = act_of(rule.kind, kept)
    if isinstance(act, Done):
        roll = bool(rule.params.get("roll", True))
        term = Term(int(rule.params["amount"]), rule.unit)
        outcome = reckon(calendar(), act.start, term, kind=rule.kind, roll=roll)
        steps = terms.judge(rule.params, outcome, act)
        lines = [_("起算 %(day)s") % {"day": moment_text(act.start)}]
    else:
        steps, lines = judge(rule.kind, rule.params, act), []
    found = conclude(steps, rule.mode)
    word = _("符合") if found.verdict == PASSED else verdict_text(found.verdict)
    return ShownExample(word, VERDICT_TONES[found.verdict], [*lines, *map(step_text, steps)])


def _plain_term(rule: Rule) -> list[dict[str, str]]:
    """The last day in time and the day after; for an interval the first lawful day and the day before."""
    start: date | datetime = SOME_DAY
    if rule.unit == "h":
        start = datetime(SOME_DAY.year, SOME_DAY.month, SOME_DAY.day, 9, tzinfo=CHINA)
    outcome = reckon(calendar(), start, Term(int(rule.params["amount"]), rule.unit), kind=rule.kind)
    last: date | datetime = (
        outcome.due_at.astimezone(CHINA) if rule.unit == "h" else local_day(outcome.due_at)
    )
    step = timedelta(minutes=1) if rule.unit == "h" else timedelta(days=1)
    other = last + step if rule.kind == MAX_DEADLINE else last - step
    return [{"start": start.isoformat(), "day": day.isoformat()} for day in (last, other)]
