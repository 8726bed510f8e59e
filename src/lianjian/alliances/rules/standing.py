"""What is known everywhere about alliances, how members are counted, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lianjian.foundation.errors import Refused, _

FORMAL: Final = "formal"
FORMS: Final = {FORMAL: _("联建党组织"), "functional": _("功能型联盟")}

# Code lists: a known term is its own code, so that a place's own terms stand beside it.
LISTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "mode": (
        _("联建模式"),
        (
            _("龙头带动型"),
            _("产业链接型"),
            _("飞地抱团型"),
            _("毗邻协作型"),
            _("社区共建型"),
            _("项目牵引型"),
            _("结对帮促型"),
        ),
    ),
    "basis": (
        _("组建依据"),
        (
            _("上下游产业链"),
            _("相近相邻产业企业区块"),
            _("行业协会"),
            _("产业相近村"),
            _("农业产业集聚片区"),
        ),
    ),
    "function": (
        _("功能"),
        (_("党群连心"), _("抱团发展"), _("区域协同"), _("人才共育"), _("信息共享")),
    ),
    "tag": (
        _("工作方法"),
        (
            _("组织共建"),
            _("活动共联"),
            _("资源共享"),
            _("同研究"),
            _("同开展"),
            _("同分享"),
            _("同交流"),
            _("组织联建"),
            _("发展联动"),
            _("活动联办"),
            _("技术联享"),
            _("品牌联创"),
            _("产品联销"),
        ),
    ),
    "role": (
        _("成员角色"),
        (
            _("牵头单位"),
            _("链主企业"),
            _("上游企业"),
            _("下游企业"),
            _("强村(强单位)"),
            _("弱村(弱单位)"),
            _("金融机构"),
            _("部门单位"),
            _("成员单位"),
        ),
    ),
    "person": (
        _("人员角色"),
        (_("链长"), _("副链长"), _("召集人"), _("联络员"), _("技术顾问")),
    ),
    "chain": (_("产业链"), ()),
    # What items of the four lists are about; needs and resources share the words, so that one finds the other.
    "item": (
        _("清单类别"),
        (
            _("人员力量"),
            _("经验技术"),
            _("设施阵地"),
            _("特色禀赋"),
            _("市场联拓"),
            _("物流共享"),
            _("仓储共用"),
            _("科研人才"),
            _("金融服务"),
            _("用工招聘"),
            _("土地厂房"),
            _("政策服务"),
            _("其他"),
        ),
    ),
    "programme": (
        _("结对类型"),
        (_("企村共建"), _("百企帮百村"), _("三联共建"), _("银企结对"), _("院村结对"), _("强弱结对")),
    ),
    # Where what is given in a pair comes from; social capital and credit are told apart (checklist 004-57, 004-58).
    "fund": (
        _("投入来源"),
        (
            _("社会资本"),
            _("银行信贷"),
            _("财政补助"),
            _("帮扶队资金"),
            _("企业自有资金"),
            _("集体自有资金"),
            _("社会捐赠"),
            _("其他来源"),
        ),
    ),
    "campaign": (
        _("活动类型"),
        (
            _("专项行动"),
            _("整治整改"),
            _("主题实践"),
            _("走访服务"),
            _("摸排"),
            _("创建目标"),
            _("文明创建"),
            _("党建工程"),
        ),
    ),
}
FINANCE: Final = "银企结对"
SOCIAL_CAPITAL: Final = "社会资本"
CREDIT: Final = "银行信贷"
CHAIR: Final = "牵头单位"
MEMBER: Final = "成员单位"
# Demonstration projects of a place in a year (checklist 004-31).
DEMONSTRATIONS: Final = (1, 2)


@dataclass(frozen=True)
class Tally:
    """Members of one kind on a day: seats in all alliances, distinct bodies, seats beyond the first of each."""

    total: int
    distinct: int
    overlap: int


def tally(seats: Iterable[tuple[int, int]]) -> Tally:
    """Of (alliance, body) pairs; a body with several roles in one alliance has one seat there."""
    bodies = Counter(body for _alliance, body in set(seats))
    total = sum(bodies.values())
    return Tally(total, len(bodies), total - len(bodies))


class UnknownTerm(Refused):
    """The word is in no list of the place."""

    sentence = _("“%(term)s”不在%(list)s的选项里,请先在“联建选项”里增加。")


class TermExists(Refused):
    """The list has this word."""

    sentence = _("这一项已经有了。")
    field = "name"
    status = 409


class FormalNeedsParty(Refused):
    """Only a party organization elects, admits members and counts among the joint bodies."""

    sentence = _("联建党组织必须是党组织;没有正式成立党组织的,请选“功能型联盟”。")
    field = "organization"


class AlreadyAlliance(Refused):
    """One body is one alliance."""

    sentence = _("这个组织已经登记为联建组织。")
    field = "organization"
    status = 409


class AlreadyMember(Refused):
    """The same body in the same role on the same day."""

    sentence = _("该单位在这段时间里已经以这个角色加入。")
    field = "since"
    status = 409


class OneChair(Refused):
    """An alliance has one chair at a time."""

    sentence = _("这段时间里已有牵头单位,请先结束原来的。")
    field = "role"
    status = 409


class AllianceStays(Refused):
    """What an alliance is hangs on its record: that one is kept when doubled records become one."""

    sentence = _("“%(name)s”登记为联盟,合并时请把它作为保留的一方;两个都是联盟的,请先解散一个。")
    field = "other"
    status = 409


class OwnMember(Refused):
    """An alliance is no member of itself."""

    sentence = _("联建组织不能是自己的成员。")
    field = "organization"


class BeforeFounding(Refused):
    """Nobody belongs to what is not founded yet."""

    sentence = _("加入日期不能早于成立日期(%(day)s)。")
    field = "since"


class LeavesTooEarly(Refused):
    """The first day without it lies after the day it joined."""

    sentence = _("退出日期必须晚于加入日期(%(since)s)。")
    field = "until"


class Over(Refused):
    """It is dissolved, or the membership has ended."""

    sentence = _("已经结束,不能再修改。")
    status = 409


class TooManyDemonstrations(Refused):
    """One or two a year (checklist 004-31)."""

    sentence = _("%(year)s年已确定%(most)s个示范项目,每年最多%(most)s个。")
    field = "year"
