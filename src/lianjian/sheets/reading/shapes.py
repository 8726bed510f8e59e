"""What the values of a column look like, and how well that fits a type of field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from lianjian.foundation.text import fold, without_blanks
from lianjian.sheets.reading.grid import GridColumn, Value
from lianjian.sheets.reading.marks import NO, YES
from lianjian.sheets.reading.spec import FieldSpec

SAMPLED_ROWS: Final = 2_000
SAMPLED_VALUES: Final = 200

SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜"
    "郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄曲封芮储靳段富焦巴谷车侯全班秋仲伊宫宁仇"
    "甘武符刘景詹束龙叶幸司黎乔苍双闻党翟谭劳冉雍桑桂牛寿通边燕尚农温庄晏柴瞿阎充慕连习艾容向古易廖庚居衡步都耿满匡国文寇广东欧沃利师巩聂晁敖冷辛阚"
    "简饶曾沙丰关红游权闫付肖代候占涂覃欧阳上官诸葛司马皇甫尉迟"
)
USCC: Final = re.compile(r"[0-9A-Za-z]{2}\d{6}[0-9A-Za-z]{10}")
PHONE: Final = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7}")
DATE: Final = re.compile(
    r"(?:\d{2,4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?(?:\s.*)?|\d{4}[年.-]\d{1,2}月?|(?:19|20)\d{6}|\d{4}年"
)
AMOUNT: Final = re.compile(
    r"(?:约|近|超|超过|大约|不足|仅)?[\d,.]+[万亿千百十]?(?:[余多]|左右|以上|以下)?[^\d\s]{0,4}"
    r"(?:左右|以上|以下|余|多)?"
)
ORGANIZATION: Final = re.compile(
    r"(?:公司|厂|社|集团|支部|党委|总支|党组|站|中心|局|办|办公室|村|社区|居委会|村委会|所|银行|支行|院|学校|中学|小学"
    r"|大学|店|商行|经营部|部|队|协会|商会|联盟|工会|专员|镇|乡|街道|家具|家居|板材|五金|木业|材料|制造)$"
)
PARTY: Final = re.compile(r"(?:支部|党委|总支|党组|指导站|委员会|工委)$")
INDUSTRY: Final = re.compile(r"[A-T]\d{2,4}.*|\d{4}\s*[^\d\s].*|.*(?:制造|业|加工|服务|批发|零售)$|[A-T]")
PERIOD: Final = re.compile(
    r".*(?:工作日|天|日内|个月|小时|年底前?|月底前?|季度|周内?|日前|前|长期|立即|即时)"
)
PEOPLE_GAP: Final = re.compile(r"[、,，;；/\s]+")
CHINESE: Final = re.compile(r"[\u4e00-\u9fff·]+")


@dataclass(slots=True)
class Profile:
    """Shares (0 to 1) of the sampled distinct values that have each look."""

    count: int = 0
    rows: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    values: frozenset[str] = frozenset()

    def share(self, name: str) -> float:
        return self.shares.get(name, 0.0)


def profile(column: GridColumn, rows: list[int]) -> Profile:
    """Look at the first values of a column's body."""
    codes = column.codes
    seen: dict[int, int] = {}
    filled = 0
    for row in islice(rows, SAMPLED_ROWS):
        code = codes[row]
        if code:
            filled += 1
            seen[code] = seen.get(code, 0) + 1
    values = [column.values[code] for code in islice(seen, SAMPLED_VALUES)]
    texts = [_text(value) for value in values]
    kept = [(value, text) for value, text in zip(values, texts, strict=True) if text]
    if not kept:
        return Profile()
    counts: dict[str, int] = {}
    for value, text in kept:
        for name in _looks(value, text):
            counts[name] = counts.get(name, 0) + 1
    shares = {name: number / len(kept) for name, number in counts.items()}
    shares["distinct"] = len(seen) / max(filled, 1)
    return Profile(len(kept), filled, shares, frozenset(text.lower() for _value, text in kept))


def _text(value: Value) -> str:
    return without_blanks(fold(value)) if isinstance(value, str) else str(value)


def _looks(value: Value, text: str) -> list[str]:
    found = []
    if isinstance(value, date):
        return ["date"]
    if text.lower() in YES or text.lower() in NO:
        found.append("yes_no")
    if isinstance(value, int):
        found += ["integer", "number"]
    elif isinstance(value, float):
        found.append("number")
    if USCC.fullmatch(text):
        found.append("uscc")
    elif PHONE.fullmatch(text):
        found.append("phone")
    elif DATE.fullmatch(text) and not isinstance(value, int):
        found.append("date")
    elif AMOUNT.fullmatch(text):
        found.append("amount")
    if isinstance(value, str):
        found += _text_looks(text)
    return found


def _text_looks(text: str) -> list[str]:
    found = []
    if _is_person(text):
        found.append("person")
    parts = PEOPLE_GAP.split(text)
    if len(parts) > 1 and all(map(_is_person, parts)):
        found.append("people")
    if ORGANIZATION.search(text) and len(text) > 2:
        found.append("organization")
    if PARTY.search(text):
        found.append("party")
    if INDUSTRY.fullmatch(text):
        found.append("industry")
    if PERIOD.fullmatch(text):
        found.append("period")
    if len(text) > 10:
        found.append("long")
    return found


def _is_person(text: str) -> bool:
    if not 2 <= len(text) <= 4 or text[0] not in SURNAMES:
        return False
    return CHINESE.fullmatch(text) is not None and not PARTY.search(text)


WANTED: Final[dict[str, tuple[str, ...]]] = {
    "code_uscc": ("uscc",),
    "phone": ("phone",),
    "date": ("date",),
    "yes_no": ("yes_no",),
    "count": ("integer", "amount"),
    "money": ("number", "amount"),
    "area": ("number", "amount"),
    "number": ("number", "amount"),
    "name": ("person",),
    "people": ("people", "person"),
    "org_name": ("organization",),
    "industry": ("industry",),
    "deadline": ("period", "date"),
}
TELLING: Final[dict[str, float]] = {"code_uscc": 0.75, "phone": 0.5}


def fit(spec: FieldSpec, seen: Profile) -> float:
    """How well the values fit the field: -0.4 (they contradict it) to 0.3; 0 when nothing can be said."""
    if not seen.count:
        return 0.0
    if spec.type == "choice":
        return _choice_fit(spec, seen)
    if spec.type == "text":
        odd = max(seen.share("uscc"), seen.share("phone"), seen.share("date"), 0.5 * seen.share("person"))
        return 0.05 + 0.1 * seen.share("long") - 0.35 * odd
    share = min(1.0, sum(seen.share(name) for name in WANTED[spec.type]))
    return 0.7 * share - 0.4


def _choice_fit(spec: FieldSpec, seen: Profile) -> float:
    listed = {without_blanks(fold(word)).lower() for words in spec.choices.values() for word in words} | {
        without_blanks(fold(code)).lower() for code in spec.choices
    }
    share = len(seen.values & listed) / len(seen.values)
    few = 0.1 if seen.share("distinct") < 0.5 else -0.1
    odd = max(seen.share("uscc"), seen.share("phone"), seen.share("date"), seen.share("number"))
    return min(0.3, 0.35 * share + few) - 0.4 * odd
