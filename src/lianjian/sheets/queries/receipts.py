"""What came of an import, in words and for programs."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from lianjian.foundation.errors import _, translate

from .. import specs
from ..actions.footing import reason_sentence
from ..books import sentence_of
from ..models import Import, ImportSheet, ReviewItem
from .addresses import listing_url

NAMES = {
    "directory.organization": _("机构"),
    "directory.person": _("人员"),
    "directory.link": _("机构之间的关系"),
    "directory.membership": _("任职和联系"),
    "directory.enterpriseprofile": _("企业情况"),
    "directory.enterpriseyear": _("企业年度数据"),
    "directory.partyprofile": _("党组织情况"),
    "directory.alias": _("别名"),
    "directory.likeness": _("相近的机构"),
    "duties.duty": _("待办"),
    "rulebook.evaluation": _("期限依据"),
}
SEVERITIES = ("error", "warning", "note")


def problems(imported: Import) -> list[dict[str, Any]]:
    """Every problem of every sheet, with its sentence in the active language, by sheet, row and cell."""
    found = []
    for sheet in ImportSheet.objects.filter(imported=imported).order_by("number"):
        for held in sheet_problems(sheet):
            found.append(
                {
                    "sheet": sheet.name,
                    "row": held["row"],
                    "cell": held["cell"],
                    "field": held["field"],
                    "severity": held["severity"],
                    "code": held["code"],
                    "sentence": sentence_of(held, sheet.name),
                }
            )
    return found


def sheet_problems(sheet: ImportSheet) -> list[dict[str, Any]]:
    """Problems of the reader and of the stores, in the order of the rows."""
    held = [*sheet.problems, *sheet.outcome.get("problems", ())]
    return sorted(held, key=lambda problem: problem["row"] or 0)


def model_name(label: str) -> str:
    """What rows of a model are called."""
    if label in NAMES:
        return translate(NAMES[label])
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


def kind_lines(imported: Import, *, addresses: bool = True) -> list[dict[str, Any]]:
    """One line for each kind: counts, and where the records are listed."""
    return [
        {
            **kind,
            "title": specs.kind_title(kind["kind"]),
            "url": listing_url(kind["kind"]) if addresses else "",
        }
        for kind in imported.receipt.get("kinds", ())
    ]


def refused_lines(imported: Import) -> list[dict[str, Any]]:
    """Rows that could not be taken back, each with its reason."""
    return [
        {**facts, "sentence": reason_sentence(facts)} for facts in imported.undo_report.get("refused", ())
    ]


def receipt(imported: Import, *, addresses: bool = True) -> dict[str, Any]:
    """The whole receipt for a command or a program. Reads nothing but the import's own rows.

    A command has no use for addresses of pages, and looking one up loads every page of the house.
    """
    imported = Import.objects.get(pk=imported.pk)
    kinds = kind_lines(imported, addresses=addresses)
    reviews = ReviewItem.objects.filter(imported=imported).order_by("id")
    return {
        "key": str(imported.key),
        "file": imported.name,
        "sha256": imported.sha256,
        "state": imported.state,
        "error": imported.error,
        "rows": imported.receipt.get("rows", 0),
        "left": sum(kind["left"] for kind in kinds),
        "kinds": kinds,
        "made": imported.receipt.get("made", {}),
        "changed": imported.receipt.get("changed", {}),
        "kept": imported.receipt.get("kept", []),
        "problems": problems(imported),
        "reviews": [
            {"name": item.name, "state": item.state, "candidates": [c["name"] for c in item.candidates]}
            for item in reviews
        ],
        "undo": imported.undo_report,
    }
