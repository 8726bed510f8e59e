"""Numbers made of keys alone, that decide between equally good answers alike on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.uint32]


def numbers(keys: Sequence[str], side: int) -> Marks:
    """A number for each key; added to one of the other side and spread, it is the mark of a pair."""
    return spread(np.array([crc32(key.encode(), side) for key in keys], np.uint32))


def spread(marks: Marks) -> Marks:
    """Every bit of a number spread over all of its bits, in place (after Appleby's MurmurHash3, public domain)."""
    marks ^= marks >> np.uint32(16)
    marks *= np.uint32(0x85EBCA6B)
    marks ^= marks >> np.uint32(13)
    return marks
