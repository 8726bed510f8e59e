"""Published heads: signed documents that say how far each chain had come, kept where the database cannot reach.

The key (Ed25519) lies in the secrets of the place, never in the database. One who holds the database alone can
neither change a document nor make one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

KIND = "lianjian.journal.heads"
SHORT = 12


def folder() -> Path:
    """Where documents lie; to be copied to a place that the house does not run."""
    return Path(settings.DATA_DIR) / "anchors"


def signing_key() -> Ed25519PrivateKey:
    """The key of this house, made at its first use."""
    path = Path(settings.DATA_DIR) / "secrets" / "journal_key"
    try:
        seed = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        seed = os.urandom(32).hex()
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(seed)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def has_key() -> bool:
    """True once this house has published."""
    return (Path(settings.DATA_DIR) / "secrets" / "journal_key").exists()


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key in hex, as it stands in every document."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _plain(document: Mapping[str, Any]) -> bytes:
    """What is signed: everything but the signature, keys in order."""
    unsigned = {name: value for name, value in document.items() if name != "signature"}
    return json.dumps(unsigned, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(document: Mapping[str, Any]) -> str:
    """The name of a document: its first twelve places are its short form."""
    return hashlib.sha256(_plain(document)).hexdigest()


def make(
    *, number: int, previous: str, heads: Iterable[tuple[int, str, int, bytes]], at: datetime, key: Ed25519PrivateKey
) -> dict[str, Any]:
    """A signed document. `heads` are (jurisdiction id, name, number, hash)."""
    document: dict[str, Any] = {
        "kind": KIND,
        "version": 1,
        "number": number,
        "previous": previous,
        "at": at.astimezone(UTC).isoformat(),
        "heads": [{"jurisdiction": j, "name": n, "seq": s, "hash": h.hex()} for j, n, s, h in heads],
        "key": public_text(key),
    }
    document["signature"] = key.sign(_plain(document)).hex()
    return document


def signed_by(document: Mapping[str, Any], key: str) -> bool:
    """True if the document is one of ours and carries the signature of `key` (hex)."""
    if document.get("kind") != KIND or document.get("key") != key:
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(str(document["signature"])), _plain(document))
    except (InvalidSignature, KeyError, ValueError):
        return False
    return True


def write(document: Mapping[str, Any]) -> Path:
    """Lay the document in the folder; one that lies there already is never replaced."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{document['number']:06d}-{document['at'][:10]}.json"
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
    return path


@dataclass(frozen=True)
class Published:
    """What the documents at hand say: for each jurisdiction the hash of each published number, and what is wrong."""

    heads: Mapping[int, Mapping[int, bytes]]
    latest: Mapping[str, Any] | None
    faults: Sequence[tuple[str, str]]  # (file, Chinese sentence)


def read(paths: Iterable[Path], key: str | None) -> Published:
    """Read documents; one that does not verify, or that the next does not follow, is a fault and is not relied on."""
    from lianjian.foundation.errors import _

    heads: dict[int, dict[int, bytes]] = {}
    faults: list[tuple[str, str]] = []
    before: Mapping[str, Any] | None = None
    latest: Mapping[str, Any] | None = None
    for path in sorted(paths):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            good = isinstance(document, dict) and signed_by(document, key or str(document.get("key", "")))
        except (OSError, ValueError):
            good = False
        if not good:
            faults.append((path.name, _("签名不对,或不是本系统公布的链头")))
            continue
        if before is not None and document["number"] == before["number"] + 1 and document["previous"] != digest(before):
            faults.append((path.name, _("与前一份公布的链头接不上")))
        for head in document["heads"]:
            heads.setdefault(int(head["jurisdiction"]), {})[int(head["seq"])] = bytes.fromhex(head["hash"])
        before = document
        if latest is None or document["number"] > latest["number"]:
            latest = document
    return Published(heads, latest, faults)
