"""Tags and classes of the demonstration town, its relocated villages, posted cadres and model cases."""

from __future__ import annotations

from datetime import date

from lianjian.alliances import actions as alliances
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Tag
from lianjian.foundation.actor import Actor

from .town import Town

# class of villages -> what is done for those of it (checklist 004-83)
CLASSES = (
    ("薄弱村", ("县直单位包抓帮扶,选派第一书记。", "上级资金优先安排,先补水电路。")),
    ("较好村", ("支部领办合作社,带动周边村抱团。",)),
    ("有条件村", ("盘活闲置房屋和集体土地,发展物业经济。",)),
    ("脱贫村", ("防返贫动态监测,帮扶政策总体稳定。",)),
)
CASES = (
    ("village2", "", "支部领办合作社", "土地入股,保底分红加二次返利\n账目每季度在公示栏公开"),
    ("chain", "", "产业链上建支部", "链主企业牵头,上下游支部轮值\n技能培训和物流线路共用"),
    ("", "邻县食用菌产业园", "共富工坊", "厂房村里建、企业租,租金归集体\n工位优先给本村妇女"),
)
POSTED = (
    ("岳海宁", "电商直播培训"),
    ("翟雪梅", "果树修剪技术"),
    ("冉志刚", "村集体账务辅导"),
    ("游春燕", "青年就业联络"),
)


def classify(town: Town, clerk: Actor, county: Actor) -> None:
    """Everything of this page; the villages' classes changed once, so that past days answer otherwise."""
    year = town.frame.today.year
    villages = [town.frame.places[f"village{number}"] for number in range(1, 7)]
    paper = f"云委办发〔{year}〕3号"
    classes = _classes(town, clerk, paper)
    for number, village in enumerate(villages):
        first = classes[number % 4]
        _give(town, clerk, village, first, date(year - 1, 3, 1), f"云委办发〔{year - 1}〕5号")
        if number < 2:
            _give(town, clerk, village, classes[(number + 1) % 4], date(year, 2, 1), paper)
    _lists(town, clerk, county, villages)
    _move(town, clerk, villages)
    _post(town, clerk, villages)
    _cases(town, clerk)


def _classes(town: Town, clerk: Actor, paper: str) -> list[Tag]:
    scheme = directory.add_tag_scheme(
        actor=clerk,
        name="四类村",
        about="因村分类、因村施策,每年评估一次。",
        kinds=["village"],
        exclusive=True,
        now=town.frame.now,
    )
    made = []
    for name, measures in CLASSES:
        tag = directory.add_tag(actor=clerk, scheme=scheme, name=name, document=paper, now=town.frame.now)
        for text in measures:
            since = date(town.frame.today.year - 1, 3, 1)
            directory.add_measure(actor=clerk, tag=tag, text=text, document=paper, since=since, now=town.frame.now)
        made.append(tag)
    return made


def _give(town: Town, clerk: Actor, body: Organization, tag: Tag, since: date, paper: str) -> None:
    directory.set_tag(actor=clerk, organization=body, tag=tag, since=since, document=paper, now=town.frame.now)


def _lists(town: Town, clerk: Actor, county: Actor, villages: list[Organization]) -> None:
    """The county's lists, used by its town (checklist 002-40, 000-20)."""
    year, now = town.frame.today.year, town.frame.now
    lists = (
        ("集体经济重点村", ["village"], f"示委办〔{year}〕8号", villages[:3]),
        ("“三强战略”重点企业", ["enterprise"], f"示政办〔{year}〕2号", [firm.organization for firm in town.firms[:8]]),
    )
    for name, kinds, paper, bodies in lists:
        scheme = directory.add_tag_scheme(actor=county, name=f"{name}名单", kinds=kinds, now=now)
        tag = directory.add_tag(actor=county, scheme=scheme, name=name, document=paper, now=now)
        lines = [directory.TagLine(body, tag, date(year, 1, 15), paper) for body in bodies]
        directory.set_tags(actor=clerk, lines=lines, now=now, note=name)


def _move(town: Town, clerk: Actor, villages: list[Organization]) -> None:
    """Households of two villages left their gullies for one settlement (checklist 004-08, 004-21)."""
    year = town.frame.today.year
    place = town.frame.organization("settlement", "云溪镇避险搬迁安置点", "settlement", since=town.since)
    for number, (village, households, residents) in enumerate(((villages[3], 26, 88), (villages[2], 11, 37))):
        directory.relocate_village(
            actor=clerk,
            village=village,
            settlement=place,
            since=date(year - 1, 9 + number, 10),
            households=households,
            residents=residents,
            document=f"云政办发〔{year - 1}〕14号",
            now=town.frame.now,
        )


def _post(town: Town, clerk: Actor, villages: list[Organization]) -> None:
    """The school posts four of its people to two villages (checklist 004-76)."""
    school, since = town.frame.places["school"], date(town.frame.today.year, 3, 1)
    for number, (name, task) in enumerate(POSTED):
        directory.post_cadre(
            actor=clerk,
            person=town.person(name),
            village=villages[number % 2],
            sent_by=school,
            since=since,
            task=task,
            now=town.frame.now,
        )


def _cases(town: Town, clerk: Actor) -> None:
    year = town.frame.today.year
    for number, (key, place, title, lessons) in enumerate(CASES):
        alliances.add_model_case(
            actor=clerk,
            organization=town.frame.places[key] if key else None,
            place=place,
            title=title,
            year=year - number % 2,
            named_by="县委组织部",
            document=f"示组通〔{year - number % 2}〕{number + 6}号",
            lessons=lessons,
            now=town.frame.now,
        )
