"""Names of files, made harmless, and how a name travels in a header. No Django."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 120  # characters
LONGEST_BYTES = 240  # most file systems hold 255 bytes; some room is left for " (2)"
NAMELESS = "文件"

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")
# Device names of Windows, which open a device whatever the extension.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)")
# Directional marks turn "fdp.exe" into "exe.pdf" on the screen; joiners hide differences.
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u3164\uffa0")


def safe_name(name: str) -> str:
    """A file name without folders, control, bidirectional or reserved characters, never empty, of bounded length.

    It is only shown and offered for saving: on our own disk contents lie under their digest.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(_kept(c) for c in text)
    text = text.replace("\\", "/").rpartition("/")[2]
    text = _SPACES.sub(" ", _FORBIDDEN.sub("_", text)).strip(". ")
    stem, dot, extension = text.rpartition(".")
    if not dot:
        stem, extension = text, ""
    extension = re.sub(r"[^0-9A-Za-z]", "", extension)[:10] if len(extension) <= 20 else ""
    stem = stem.strip(". ") or NAMELESS
    # The device is what stands before the first dot: "con.tar.gz" is the console too.
    if _DEVICE.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    ending = f".{extension}" if extension else ""
    return _cut(stem, LONGEST - len(ending), LONGEST_BYTES - len(ending)) + ending


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category in ("Cf", "Cs", "Co", "Cn") or character in _UNSEEN:
        return ""
    return character


def _cut(text: str, characters: int, size: int) -> str:
    text = text[:characters]
    while len(text.encode()) > size:
        text = text[:-1]
    return text.rstrip(". ") or NAMELESS


def extension_of(name: str) -> str:
    """The lower-case extension without its dot, or nothing."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def disposition(name: str, *, inline: bool = False) -> str:
    """The value of `Content-Disposition` (RFC 6266): an ASCII name for old programs and the true one (RFC 8187)."""
    safe = safe_name(name)
    plain = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^0-9A-Za-z ._()\-]", "_", plain).strip(". ") or "file"
    if plain.startswith((extension_of(safe) or "\0",)) and "." not in plain:
        plain = f"file.{plain}"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
