"""Kinds of cases as data: one file a kind (`cases/kinds/*.toml`); an office adds one without touching the program.

The fields are described in docs/how-to/kinds-of-cases.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from lianjian.foundation.errors import Refused, _, language

from .states import MOVES, STATES

HOME: Final = Path(__file__).parent.parent / "kinds"
SUBJECTS: Final = ("organization", "person", "either")
FEATURES: Final = frozenset(
    {"measures", "tiers", "accusation", "mediation", "hearing", "knowledge", "service"}
)
# Limits of the steps: what the rulebook calls them where a kind says nothing.
LIMITS: Final[Mapping[str, str]] = {
    "main": "",  # the category's
    "dispatch": "case.dispatch",
    "sign": "case.sign",
    "refuse": "case.refuse",
    "rule": "case.rule",
    "confirm": "case.confirm",
    "dispute": "case.dispute",
    "extend": "case.extend",
    "pause": "case.pause",
}
BY_HEAD: Final = frozenset({"decide_extension"})  # moves that a kind may leave to the head
_WORDS: Final = ("name", "about", "asker")
_PLAIN: Final = ("code", "order", "mark", "subject", "private", "features", "without", "by_head", "deadlines", "states")
_KNOWN: Final = frozenset((*_WORDS, *_PLAIN))


class BadKind(Refused):
    """A file of a kind cannot be used."""

    sentence = _("事项种类文件 %(file)s 有误:%(what)s。请改正后重新启动。")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; `str` gives the active one's."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if language().startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case: its words, its limits, the moves it does without, and what else belongs to it.

    `mark` stands in the numbers of its cases, `subject` says who may ask, `private` that nobody outside the case's
    own people reads it. `by_head` are moves that only the head decides. `features` are the parts of the page that
    its cases have.
    """

    code: str
    order: int
    mark: str
    subject: str
    private: bool
    name: Words
    about: Words
    asker: Words
    features: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    by_head: frozenset[str] = frozenset()
    deadlines: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, Words] = field(default_factory=dict)

    def limit(self, step: str) -> str:
        """Code of the rule that limits a step; empty where the category decides."""
        return self.deadlines.get(step, LIMITS[step])

    def has(self, feature: str) -> bool:
        """Whether cases of this kind have the part."""
        return feature in self.features


KINDS: dict[str, Kind] = {}


def kind_of(code: str) -> Kind:
    """The kind; cases of a kind whose file was taken away are shown as needs."""
    return KINDS.get(code) or KINDS["need"]


def read_folder(folder: Path) -> list[Kind]:
    """Take in every kind of a folder; a code that is known is replaced. Raises `BadKind`."""
    found = [read_kind(path) for path in sorted(folder.glob("*.toml"))]
    KINDS.update((kind.code, kind) for kind in found)
    ordered = sorted(KINDS.values(), key=lambda kind: (kind.order, kind.code))
    KINDS.clear()
    KINDS.update((kind.code, kind) for kind in ordered)
    return found


def read_kind(path: Path) -> Kind:
    """One file. Raises `BadKind` with what is wrong in words."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadKind(file=path.name, what=str(error)) from None
    try:
        return _kind(data, path.name)
    except KeyError as missing:
        raise BadKind(file=path.name, what=f"缺少 {missing.args[0]}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise BadKind(file=path.name, what=str(error)) from None


def _kind(data: Mapping[str, Any], file: str) -> Kind:
    _among(data, _KNOWN, file)
    deadlines, states = data.get("deadlines", {}), data.get("states", {})
    features, without = frozenset(data.get("features", ())), frozenset(data.get("without", ()))
    _among(deadlines, LIMITS, file)
    _among(states, STATES, file)
    _among(features, FEATURES, file)
    by_head = frozenset(data.get("by_head", ()))
    _among(without, MOVES, file)
    _among(by_head, BY_HEAD, file)
    _among([data["subject"]], SUBJECTS, file)
    if not str(data["code"]).isidentifier() or len(data["code"]) > 20:
        raise BadKind(file=file, what=f"code = {data['code']}")
    return Kind(
        code=data["code"],
        order=int(data.get("order", 100)),
        mark=str(data.get("mark", ""))[:4],
        subject=data["subject"],
        private=bool(data.get("private", False)),
        name=_words(data["name"]),
        about=_words(data["about"]),
        asker=_words(data["asker"]),
        features=features,
        without=without,
        by_head=by_head,
        deadlines=dict(deadlines),
        states={state: _words(words) for state, words in states.items()},
    )


def _words(pair: Mapping[str, str]) -> Words:
    return Words(pair["zh"], pair["en"])


def _among(names: Iterable[str], known: Iterable[str], file: str) -> None:
    strange = sorted(set(names) - set(known))
    if strange:
        raise BadKind(file=file, what=f"不认识 {', '.join(strange)}")


read_folder(HOME)
