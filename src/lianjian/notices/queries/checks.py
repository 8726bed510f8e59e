"""What stands in the way of a document: what it says and what its files say, against what was reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from lianjian.files.models import File
from lianjian.files.words import words_of
from lianjian.foundation.errors import Refused, _, translate

from .. import rules
from ..models import Document
from ..models.documents import Content
from ..rules import bylines, personal

# What a document says, and what a review is about.
WORDS = ("number", "kind", "title", "text", "made_on", "since", "until", "audience", "publish_on")
# What is reviewed with them where a document has it, and withheld with them when it is taken down.
CREDITS = ("bylines", "pictures")
_LEAST = 15  # digits in a line that can hold an identity number


def files_at_desk(document: Document) -> list[File]:
    """The files that hang on it now."""
    return list(File.objects.present().filter(bundle_id=document.bundle_id or 0).order_by("pk"))  # type: ignore[attr-defined]


def contents(document: Document) -> str:
    """The digest of every word and file of a document as it stands, with its bylines and the words of its pictures."""
    words = [getattr(document, name) for name in WORDS]
    held = [(file.name, file.sha256) for file in files_at_desk(document)]
    credited = bylines.reviewed(document.bylines, pictures_of(document))
    return rules.digest_of([document.issuer_id, *words], held, credited)


def pictures_of(content: Content) -> list[bylines.Picture]:
    """What is said of the pictures of a document or of a version of it."""
    return bylines.pictures_in(content.pictures)


def places_of_words(document: Document) -> list[tuple[str, str, str]]:
    """(field, how it is called, what it says) of what is published of a document in words.

    Bylines are not among them: a name that has agreed is no number, and a number is refused as a byline.
    """
    said = (("title", _("标题")), ("number", _("文号")), ("text", _("正文")))
    found = [(field, translate(name), getattr(document, field)) for field, name in said]
    for one in pictures_of(document):
        found += [("caption", translate(_("图片说明")), one.caption), ("credit", translate(_("供图")), one.credit)]
    return found


def check_words(document: Document) -> None:
    """Raises `IdentityInText`, `IdentityInFile` where an identity number would come out with words or file names."""
    for field, place, text in places_of_words(document):
        found = personal.first_identity(personal.scan(text))
        if found is not None:
            line = translate(_("正文第 %(line)s 行")) % {"line": found.line}
            raise rules.IdentityInText(where=line if field == "text" else place, shown=found.masked, field=field)
    for file in files_at_desk(document):
        _check_file(file, translate(_("文件名")), [file.name])


def check_pictures(document: Document) -> None:
    """Raises `PictureNotAgreed` where one would leave the body and people on it have not agreed to be shown."""
    for one in pictures_of(document):
        if not one.consent and document.audience != bylines.INSIDE:
            raise bylines.PictureNotAgreed(name=one.caption)


def check_files(document: Document) -> None:
    """Raises `IdentityInFile` where one stands in a text, Word, Excel or presentation file."""
    for file in files_at_desk(document):
        lines = words_of(file).splitlines()
        likely = (line for line in lines if len(line) >= _LEAST and len(re.findall(r"\d", line)) >= _LEAST)
        _check_file(file, translate(_("内容")), likely)


def _check_file(file: File, where: str, lines: Iterable[str]) -> None:
    for line in lines:
        found = personal.first_identity(personal.scan(line))
        if found is not None:
            raise rules.IdentityInFile(name=personal.mask(file.name), where=where, shown=found.masked)


def check_due(document: Document, day: date) -> None:
    """Whether it can come out on the day.

    Raises `NotOpen`, `DayNotReached`, `ChangedSinceSeen`, `IdentityInText`, `IdentityInFile` where not.
    """
    if document.state != rules.READY:
        raise rules.NotOpen(state=translate(rules.STATES[document.state]))
    if document.publish_on is not None and document.publish_on > day:
        raise rules.DayNotReached(day=document.publish_on)
    if contents(document) != document.digest:
        raise rules.ChangedSinceSeen
    check_words(document)


def hindrance(document: Document, day: date) -> Refused | None:
    """What would refuse to publish it today; None where nothing would."""
    try:
        check_due(document, day)
    except Refused as refusal:
        return refusal
    return None
