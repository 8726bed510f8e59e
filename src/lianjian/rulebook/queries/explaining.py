"""Everything that the page of an evaluation shows: the term, the act that was checked, the rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lianjian.foundation.errors import translate

from ..models import Evaluation, Rule
from ..rules import TERMS
from .findings import asks, finding, own_asks, step_text, verdict_text
from .texts import arithmetic, cite, day_by_day, moment_text

VERDICT_TONES = {"passed": "done", "refused": "late", "reason": "due", "reminder": "due"}


def explained(evaluation: Evaluation) -> dict[str, Any]:
    """Everything the page of an evaluation shows besides the evaluation."""
    rule = Rule.objects.filter(code=evaluation.rule_code, version=evaluation.rule_version).first()
    title = translate(rule.title) if rule else evaluation.rule_code
    about = [
        (_("规则"), title),
        (_("代码"), f"{evaluation.rule_code} · {evaluation.rule_version}"),
        (_("计算时间"), moment_text(evaluation.at)),
    ]
    if rule:
        about.insert(1, (_("性质"), str(Rule.Confidence(rule.confidence).label)))
        about.insert(2, (_("用在哪里"), translate(rule.bites) if rule.bites else "—"))
    earlier = [
        (day, moment_text(datetime.fromisoformat(at))) for day, at in evaluation.result.get("earlier", [])
    ]
    return {
        **_found(evaluation),
        "title": title,
        "cite": cite(evaluation),
        "lines": arithmetic(evaluation),
        "days": day_by_day(evaluation),
        "about": about,
        "earlier": earlier,
    }


def _found(evaluation: Evaluation) -> dict[str, Any]:
    """The verdict on the act, each comparison, what was compared with it, the reason that was given."""
    found = finding(evaluation)
    if found is None:
        return {"verdict": None, "steps": [], "departed": [], "compared": []}
    departed = [(_("理由"), found.reason), (_("例外决定"), found.override)]
    return {
        "verdict": (verdict_text(found.verdict), VERDICT_TONES[found.verdict]),
        "steps": [
            ((_("符合"), "done") if step["holds"] else (_("不符合"), "late"), step_text(step))
            for step in found.steps
        ],
        "departed": [(label, text) for label, text in departed if text],
        "compared": _compared(evaluation),
    }


def _compared(evaluation: Evaluation) -> list[tuple[str, str]]:
    kind = evaluation.result.get("kind", "")
    if kind in TERMS:
        return []
    rows = evaluation.inputs.get("compared", [])
    return [
        (translate(words), "; ".join(own_asks(kind, rows[0][1], params) if n else asks(kind, params)))
        for n, (words, params) in enumerate(rows)
    ]
