"""The parts of an office file as trees, read with bounds, and the texts in them that people see as one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from lianjian.foundation.errors import Refused, _

LARGEST_PART = 8 * 1024 * 1024
LARGEST = 32 * 1024 * 1024
# What holds a text that people see as one, and the pieces of it: Word, drawings and charts, sheets.
_PARAGRAPHS = {"p": "t", "si": "t", "is": "t", "pt": "v"}
_GAPS = frozenset({"br", "cr", "tab"})
_MARGINS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})


class TemplateBroken(Refused):
    """A part that cannot be read, or declares types of its own."""

    sentence = _("模板文件已损坏或结构异常,无法安全打开。")
    field = "file"


class TemplateTooLarge(Refused):
    """A part of more than 8 MB, more than 32 MB of text in all, or more than 64 MB with pictures."""

    sentence = _("模板内容过大:请只保留版式和标记,数据不要放在模板里。")
    field = "file"


@dataclass
class Text:
    """A paragraph: its pieces in order; None is a break or a tab, over which no mark reaches."""

    element: Any
    pieces: list[Any]

    @property
    def joined(self) -> str:
        return "".join("\n" if piece is None else piece.text or "" for piece in self.pieces)


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise TemplateBroken from error
    if sum(info.file_size for info in archive.infolist()) > 2 * LARGEST:
        raise TemplateTooLarge
    return archive


class Budget:
    """Reads parts and refuses more text than a template can need."""

    def __init__(self) -> None:
        self.left = LARGEST

    def read(self, archive: zipfile.ZipFile, part: str) -> bytes:
        try:
            with archive.open(part) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError) as error:
            raise TemplateBroken from error
        self.left -= len(data)
        if len(data) > LARGEST_PART or self.left < 0:
            raise TemplateTooLarge
        return data


def parsed(data: bytes) -> Any:
    """The part as a tree. No entity is resolved, nothing is fetched, a declaration of types is refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateBroken from error
    if root.getroottree().docinfo.doctype:
        raise TemplateBroken
    return root


def local_name(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def texts(root: Any) -> Iterator[Text]:
    """Every paragraph with pieces of text, in the order of the part. One inside another (a text box) is its own."""
    found: dict[Any, Text] = {}
    for element in root.iter():
        local = local_name(element)
        if local in ("t", "v") or local in _GAPS:
            owner = next(
                (up for up in element.iterancestors() if local_name(up) in (*_PARAGRAPHS, "rPh")), None
            )
            kind = "" if owner is None else local_name(owner)
            if kind not in _PARAGRAPHS or (local not in _GAPS and local != _PARAGRAPHS[kind]):
                continue
            found.setdefault(owner, Text(owner, [])).pieces.append(None if local in _GAPS else element)
        elif local in _MARGINS:
            found[element] = Text(element, [element])
    yield from found.values()
