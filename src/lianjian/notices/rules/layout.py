"""How the lines of a document are set (GB/T 9704-2012 7.3.3): 一、 first level, (一) second, the rest paragraphs."""

from __future__ import annotations

import re

_FIRST = re.compile(r"[一二三四五六七八九十]{1,3}、\S")
_SECOND = re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]\S")
_HEADING = 40  # characters; a longer line that begins so is a paragraph


def laid_out(text: str) -> list[tuple[str, str]]:
    """(tag, words) of each line that is not empty: h2, h3 or p; flat for the addressee above the first paragraph."""
    found: list[tuple[str, str]] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        if not found and line.endswith((":", "\uff1a")):
            found.append(("flat", line))
        elif len(line) <= _HEADING and _FIRST.match(line):
            found.append(("h2", line))
        elif len(line) <= _HEADING and _SECOND.match(line):
            found.append(("h3", line))
        else:
            found.append(("p", line))
    return found
