"""Who wrote a piece and who gave its pictures: names as they are kept, pictures with what they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from lianjian.foundation.errors import Refused, _

from . import personal

MOST_NAMES: Final = 10
LONGEST: Final = 40  # characters of a name
CAPTION: Final = 120
CREDIT: Final = 60
INSIDE: Final = "body"  # the one audience that may see a picture whose people did not agree

_HAN = "[\u3400-\u9fff]"
# 王 静: two characters set apart so that names of two and three stand below each other.
_SPREAD = re.compile(rf"(?<!{_HAN})({_HAN})[ \u3000]+({_HAN})(?!{_HAN})")
# A blank parts Chinese names; within a Latin name it belongs to it.
_BETWEEN = re.compile(rf"[、,，;；/\n\r\t\u3000]+|(?<={_HAN}) +| +(?={_HAN})")


@dataclass(frozen=True)
class Picture:
    """What is said of one file of a document: told by its name and content, so that a copy of the file is told too.

    `consent`: nobody is to be recognised on it, or those who are agreed to be shown.
    """

    name: str
    sha256: str
    caption: str
    credit: str
    consent: bool

    @property
    def mark(self) -> tuple[str, str]:
        """What it shares with its file."""
        return self.name, self.sha256


def names_in(text: str) -> list[str]:
    """Names of a list as people write it: 张亚飞 孔德虎、唐彬; 王 静."""
    return [name for one in _BETWEEN.split(_SPREAD.sub(r"\1\2", text)) if (name := one.strip())]


def settled(names: Iterable[str], held: Sequence[str], agreed: bool) -> list[str]:
    """Bylines as they are kept: in order, none twice. A name that was not there before has agreed to it.

    Raises `BylineTooLong`, `NumberInByline`, `TooManyBylines`, `BylineNotAgreed`.
    """
    found = list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))
    for name in found:
        if len(name) > LONGEST:
            raise BylineTooLong(name=name[:LONGEST], most=LONGEST)
        if personal.scan(name):
            raise NumberInByline
    if len(found) > MOST_NAMES:
        raise TooManyBylines(most=MOST_NAMES)
    if not agreed and not set(found) <= set(held):
        raise BylineNotAgreed
    return found


def pictures_in(kept: Sequence[dict[str, Any]]) -> list[Picture]:
    """Pictures as a record keeps them."""
    return [Picture(**one) for one in kept]


def kept(pictures: Iterable[Picture]) -> list[dict[str, Any]]:
    """As a record keeps them."""
    return [asdict(one) for one in pictures]


def line(pictures: Iterable[Picture]) -> str:
    """What is said of them, for the journal."""
    return "; ".join(f"{one.caption} ({one.credit})" for one in pictures)


def told(pictures: Iterable[Picture], one: Picture) -> list[Picture]:
    """With one more, or with other words about one of them, which keeps its place."""
    found = list(pictures)
    for place, other in enumerate(found):
        if other.mark == one.mark:
            return [*found[:place], one, *found[place + 1 :]]
    return [*found, one]


def masked(pictures: Iterable[Picture]) -> list[Picture]:
    """With every number of a person hidden in what is said of them."""
    return [
        replace(one, caption=personal.mask(one.caption), credit=personal.mask(one.credit)) for one in pictures
    ]


def reviewed(bylines: Sequence[str], pictures: Iterable[Picture]) -> list[Any]:
    """What a review sees of them, for its digest; nothing where there are none."""
    lines = [[one.name, one.sha256, one.caption, one.credit, one.consent] for one in pictures]
    return [list(bylines), lines] if bylines or lines else []


class BylineTooLong(Refused):
    """A name, not a sentence."""

    sentence = _("署名“%(name)s…”太长,每个姓名不超过 %(most)s 个字;几个人的请用顿号隔开。")
    field = "bylines"


class TooManyBylines(Refused):
    """A piece has few authors."""

    sentence = _("署名最多 %(most)s 个,请只写执笔的人。")
    field = "bylines"


class NumberInByline(Refused):
    """A byline is a name."""

    sentence = _("署名只写姓名,请去掉证件、手机或银行卡号码。")
    field = "bylines"


class BylineNotAgreed(Refused):
    """Who is named in public has agreed to it (个人信息保护法 13, 25)."""

    sentence = _("署名会随文件公开。请先征得署名的人同意,再勾选“署名的人同意公开姓名”。")
    field = "agreed"


class NotAPicture(Refused):
    """Captions belong to pictures."""

    sentence = _("“%(name)s”不是图片。请上传 JPG、PNG 图片;其他文件用“添加附件”。")
    field = "file"


class PictureUnsaid(Refused):
    """What it shows and who gave it."""

    sentence = _("请写明图片说明和供图人(单位)。")
    field = "caption"


class PictureGone(Refused):
    """The file is not on the document any more."""

    sentence = _("这张图片已经移除,请刷新页面。")
    status = 409


class PictureNotAgreed(Refused):
    """People on a picture agreed before it leaves the body (个人信息保护法 25)."""

    sentence = _("图片“%(name)s”还没有写明照片上的人同意公开。请征得同意后在图片说明里勾选,或移除这张图片,再送审。")
    field = "consent"
