"""What apps declare, collected by `config/wiring.py` at start and read by whoever shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .actor import Actor
from .asking import answered
from .declare import (
    FileSource,
    GoalSource,
    Indicator,
    NavEntry,
    PairFactSource,
    Panel,
    SearchSource,
    SheetKind,
    SheetPart,
)

indicators: dict[str, Indicator] = {}
sheet_kinds: dict[str, SheetKind] = {}
sheet_parts: list[SheetPart] = []
navigation: list[NavEntry] = []
searches: list[SearchSource] = []
file_sources: list[FileSource] = []
pair_facts: list[PairFactSource] = []
goal_sources: list[GoalSource] = []
_panels: dict[str, list[Panel]] = {}


def add_panel(panel: Panel) -> None:
    """Put a panel on a lower page."""
    _panels.setdefault(panel.page, []).append(panel)
    _panels[panel.page].sort(key=lambda p: p.order)


def panels(page: str, actor: Actor, record: Any, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    """The filled panels of a page, in order: (template, context), to be included by that page's template."""
    built = [panel.build(actor=actor, record=record, now=now) for panel in _panels.get(page, ())]
    return [found for found in answered(built) if found is not None]


def parts_of(kind: str) -> list[SheetPart]:
    """The parts of a kind of sheet, lowest app first (the order in which the wiring names them)."""
    return [part for part in sheet_parts if part.kind == kind]


def clear() -> None:
    """Empty everything; the wiring fills it again."""
    for held in (
        indicators, sheet_kinds, sheet_parts, navigation, searches, file_sources, pair_facts, goal_sources, _panels,
    ):  # fmt: skip
        held.clear()
