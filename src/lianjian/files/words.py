"""The words of a stored text or office document, as far as they are easily read: for looking through, not for showing.

Nothing is parsed as XML: tags are cut off, so that a hostile file can do no more than be long, and that is bounded.
"""

from __future__ import annotations

import html
import re
import zipfile

from . import store
from .checking import DOCX, MB, PPTX, TYPES, XLSX
from .models import File

MOST = 4 * MB  # of one part, and of all together
_PARTS = {
    DOCX: re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    XLSX: re.compile(r"xl/(sharedStrings|comments\d*|worksheets/sheet\d+)\.xml"),
    PPTX: re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"),
}
# Where a paragraph, a cell or a line ends; all other tags may stand in the middle of a number.
_ENDS = re.compile(r"</(?:w:p|w:tc|a:p|si|c|v|row|comment)>|<(?:w:br|w:tab|a:br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def readable(file: File) -> bool:
    """Whether `words_of` can say anything of such a file."""
    return file.media_type in _PARTS or file.media_type in (TYPES["txt"], TYPES["csv"])


def words_of(file: File) -> str:
    """The text, paragraph by paragraph or cell by cell; empty for pictures, PDF and what cannot be read."""
    path = store.path_of(file.sha256)
    try:
        if file.media_type in (TYPES["txt"], TYPES["csv"]):
            with path.open("rb") as stream:
                return _decoded(stream.read(MOST))
        wanted = _PARTS.get(file.media_type)
        if wanted is None:
            return ""
        found, left = [], MOST
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if left > 0 and wanted.fullmatch(part.filename):
                    with archive.open(part) as stream:
                        raw = stream.read(left)
                    left -= len(raw)
                    text = _ENDS.sub("\n", raw.decode("utf-8", "replace"))
                    found.append(html.unescape(_TAG.sub("", text)))
        return "\n".join(found)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return ""


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
