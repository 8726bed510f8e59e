"""What the launcher says, in the language of the terminal.

These sentences do not go through gettext: they must be there before the catalogues are compiled, and when the
reason of the failure is that nothing else is there. Both languages stand side by side in each call instead.
"""

from __future__ import annotations

import os
import sys


class Stop(Exception):
    """The command cannot go on: one sentence in each language says why and what to do."""

    def __init__(self, chinese: str, english: str, code: int = 1) -> None:
        super().__init__(english)
        self.chinese = chinese
        self.english = english
        self.code = code


def chinese_terminal() -> bool:
    """True when the person's terminal speaks Chinese (LIANJIAN_LANGUAGE, LC_ALL, LC_MESSAGES, LANG in this order)."""
    for name in ("LIANJIAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value.lower().startswith("zh")
    return False


def t(chinese: str, english: str) -> str:
    """The text in the terminal's language."""
    return chinese if chinese_terminal() else english


def show(text: str = "") -> None:
    """One line for the person at the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def step(chinese: str, english: str) -> None:
    """A line of progress."""
    show("· " + t(chinese, english))


def fail(stop: Stop) -> int:
    """Print why the command ends, in both languages, and return its exit code."""
    sys.stderr.write(f"联建：{stop.chinese}\nLianjian: {stop.english}\n")
    sys.stderr.flush()
    return stop.code
