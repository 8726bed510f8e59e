"""What the reader is told from outside: kinds of sheets, their fields, and what an office corrected before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

TYPES: Final = frozenset(
    {
        "text",
        "name",
        "org_name",
        "code_uscc",
        "date",
        "yes_no",
        "count",
        "money",
        "area",
        "number",
        "phone",
        "industry",
        "choice",
        "people",
        "deadline",
    }
)


@dataclass(frozen=True)
class FieldSpec:
    """One field a kind understands.

    `required`: an empty cell is an error; `expected`: an empty cell is a warning. `unit` is the unit of a bare number
    when the header names none. `choices` maps the stored code to the words people write for it; words that are not
    among them are an error when `closed`, otherwise they are kept as written with a warning.
    """

    code: str
    title: str
    type: str = "text"
    synonyms: Sequence[str] = ()
    required: bool = False
    expected: bool = False
    unit: str = ""
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    closed: bool = False

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"field {self.code}: unknown type {self.type}")


@dataclass(frozen=True)
class KindSpec:
    """A kind of sheet. `sheet_words` are words by which a title or a sheet name gives the kind away.

    `unkept` are words of headers whose columns are not even kept aside; with any, identity numbers are not either.
    """

    code: str
    title: str
    fields: Sequence[FieldSpec]
    sheet_words: Sequence[str] = ()
    unkept: Sequence[str] = ()

    def get(self, code: str) -> FieldSpec | None:
        """The field of that code."""
        return next((item for item in self.fields if item.code == code), None)


@dataclass(frozen=True)
class Memory:
    """Corrections an office made in the wizard.

    `sheets` maps a table's `signature` to a kind ("" = keep the sheet as it is); `columns` maps a kind to
    {normalised header path: field code} ("" = keep the column as it is).
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What a person chose for one table of the file at hand: its kind and {column number: field code}.

    `kind` None leaves the kind to the guess; "" keeps the table as it is. Columns not named stay guessed.
    """

    kind: str | None = None
    columns: Mapping[int, str] = field(default_factory=dict)
