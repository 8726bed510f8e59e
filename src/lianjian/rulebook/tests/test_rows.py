"""Every row of the compiled list of rules that was read in a text is a data row that accepts and refuses."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from lianjian.rulebook import actions, queries, rules
from lianjian.rulebook.data.examples import EXAMPLES
from lianjian.rulebook.data.national import RULES
from lianjian.rulebook.data.rows import RuleRow
from tests.cast import NOW, Cast


def _ids(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Sections 0-3, 9 and 11 of the compiled list: rows read in a text (V1) or an official copy (V2).
READ = _ids(
    """
    VT1 VT2 VT4 VT5 VT6 VT7 VT8 VT9 VT10 VT11 VT12 VT13 VT14 VT15 VT16 VT17 S1 S2 S3 S4 S5 S6
    S7 S8 S9 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S23 S24 S25 R1.01 R1.02 R1.03
    R1.05 R1.06 R1.07 R1.08 R2.01 R2.02 R2.03 R2.04 R2.08 R2.09 R2.10 R2.11 R2.20 R2.21 R2.22
    R2.24 R2.25 R2.26 R2.28 R2.29 R2.30 R2.31 R2.32 R2.33 R2.40 R2.41 R2.42 R2.43 R2.44 R2.45
    R2.46 R2.47 R2.48 R2.49 R2.50 R2.52 R3.01 R3.02 R3.03 R3.04 R3.06 R3.08 R3.09 R3.10 R9.01
    R9.02 R9.03 R9.05 R9.06 R11.01 R11.02 R11.03 R11.05 R11.06
    """
)
# Rows that are general knowledge or local practice: shipped as configuration only.
GUESSED = _ids(
    """
    VT3 R1.04 R2.05 R2.06 R2.07 R2.12 R2.23 R2.27 R2.51 R3.05 R3.07 R3.11 R3.12 R9.04 R11.04
    R11.07
    """
)
# What the list calls CONF although a text was read: the default is shown, a place sets its own.
CONFIGURED = _ids("VT15 R2.33 R3.08")
CARRIED = {ref: [row for row in RULES if ref in row.ref.split()] for ref in READ | GUESSED}
TESTED = [row for row in RULES if row.ref and not row.params.get("off")]


def test_every_row_that_was_read_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    missing = sorted(ref for ref in READ if not CARRIED[ref])
    with capsys.disabled():
        print(
            f"\nrulebook: {len(READ) - len(missing)} of {len(READ)} rows read (sections 0-3, 9, 11) carried by "
            f"{sum(1 for row in RULES if set(row.ref.split()) & READ)} data rows; "
            f"{len(GUESSED)} guessed rows as configuration; {len(RULES)} data rows in all"
        )
    assert not missing


def test_what_was_not_read_is_only_configuration() -> None:
    for ref in GUESSED | CONFIGURED:
        assert any(
            row.confidence == "CONF" for row in CARRIED.get(ref) or [r for r in RULES if ref in r.ref]
        ), ref
    for ref in GUESSED:
        assert {row.confidence for row in CARRIED[ref]} == {"CONF"}, ref


def test_what_was_read_binds_beyond_configuration() -> None:
    for ref in READ - CONFIGURED:
        assert {row.confidence for row in CARRIED[ref]} & {"V1", "V2"}, ref


def _listed() -> Path:
    return Path(os.environ.get("LIANJIAN_SHARED", "/work/shared")) / "reference" / "rules.md"


@pytest.mark.skipif(not _listed().exists(), reason="the compiled list is not shipped")
def test_the_list_of_ids_is_that_of_the_compiled_list() -> None:
    text = _listed().read_text(encoding="utf-8")
    parts = re.split(r"^## (?=\d+\.)", text, flags=re.M)
    chosen = "".join(part for part in parts if re.match(r"(0|1|2|3|9|11)\. ", part))
    rows = [line.split("|")[1:-1] for line in chosen.splitlines() if line.startswith("| ")]
    found = {}
    for cells in rows:
        name = cells[0].strip()
        if re.fullmatch(r"R\d+\.\d+|VT\d+|\d+", name):
            found[f"S{name}" if name.isdigit() else name] = cells
    assert set(found) == READ | GUESSED
    for ref in READ:
        assert re.search(r"V[12]|mixed", " ".join(found[ref])), (ref, found[ref])
    for ref in GUESSED:
        assert not re.search(r"V[12]", found[ref][-1] + found[ref][-2]), (ref, found[ref])


def _on(row: RuleRow, act: rules.Act) -> date:
    if isinstance(act, rules.Held):
        return act.period or act.today
    return row.valid_to or max(row.valid_from, date(2026, 1, 1))


@pytest.mark.parametrize("row", TESTED, ids=lambda row: f"{row.code}-{row.version}")
def test_a_rule_accepts_one_act_and_not_the_other(cast: Cast, row: RuleRow) -> None:
    """The accepted act passes; the other one is refused, asks for a reason or reminds, as the mode says."""
    verdicts = []
    for kept in EXAMPLES[row.code]:
        act = rules.act_of(row.kind, kept)
        found = actions.check(
            actor=cast.actor("clerk"), code=row.code, act=act, day=_on(row, act), now=NOW, enforce=False,
            jurisdiction_id=cast.town.pk,
        )  # fmt: skip
        if not isinstance(act, rules.Done):
            assert found.rule_version == row.version
        verdicts.append(queries.finding(found).verdict)  # type: ignore[union-attr]
        assert queries.cite(found)
    assert verdicts == ["passed", {"BLOCK": "refused", "WARN": "reason", "ALERT": "reminder"}[row.mode]]


def test_no_example_is_without_its_rule() -> None:
    assert set(EXAMPLES) == {row.code for row in TESTED}


def test_codes_and_titles_are_one_to_one() -> None:
    titles: dict[str, str] = {}
    for row in RULES:
        assert titles.setdefault(row.title, row.code) == row.code, row.title
