"""Campaigns of the demonstration town: special actions, pilots, items to be put right; honours; a shared agreement."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from lianjian.alliances import actions as alliances
from lianjian.alliances.models import Campaign, CampaignAction, Participant, Rectification
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.files.actions import attach
from lianjian.foundation.actor import Actor

from .town import Town

# (sub-action, what is counted, target, when it counts as reached)
SPECIAL = (
    ("破零行动", "bodies", 8, "没有党员的规模企业至少发展或引进一名党员"),
    ("培优行动", "done", 5, "党支部达到标准化建设要求"),
    ("助力行动", "results", 6, "走访发现的发展难题有办理结果"),
    ("提能行动", "records", 10, "组织党员骨干技能培训,一次算一条记录"),
)
PROBLEMS = (
    ("物流车辆夜间进不了园区", "协调开放东门夜间通道"),
    ("技术工人留不住", "与职校签订订单培养协议"),
    ("雨季厂门口积水", "疏通排水沟并加装格栅"),
    ("流动资金周转紧张", ""),
    ("新厂房消防验收慢", "消防部门上门指导,已通过验收"),
    ("出口订单缺少检测资质信息", ""),
)
ISSUES = (
    ("喷漆房废气没有全部收集", "加装密闭罩和负压风机", "accepted"),
    ("活性炭超期没有更换", "更换活性炭并建立更换台账", "submitted"),
    ("危废暂存间标识不全", "补齐标识,专人管理", "returned"),
    ("溶剂型涂料没有替代计划", "制定水性涂料替代计划", "open"),
)


def campaigns(town: Town, actors: dict[str, Actor]) -> None:
    """Everything of this page."""
    clerk = actors["clerk"]
    firms = [firm.organization for firm in town.firms]
    _special(town, clerk, firms)
    _tidy(town, clerk, firms)
    _vocs(town, actors, firms)
    _goals(town, clerk)
    for name, kind in (
        ("党员“三有”主题实践活动", "主题实践"),
        ("“双找”活动", "摸排"),
        ("创建全国文明城市", "文明创建"),
        ("“红纽带”党建工程", "党建工程"),
    ):
        held = _campaign(town, clerk, name, kind)
        if kind == "摸排":  # checklist 000-15 to 000-18; who was found is recorded on the page of the members
            _join(town, clerk, held, firms, 119)
            for title, counts in (("找出隐形党员、口袋党员", "found"), ("找出的党员全部纳管", "managed")):
                _goal(town, clerk, held, title, counts, 6, "所在企业或联系共管党支部参加了本活动")
        if kind == "主题实践":
            for number, part in enumerate(("有信念", "有本领", "有担当"), 1):
                _goal(town, clerk, held, part, "records", 4 * number, "按支部开展的次数计")
    _honours(town, clerk, firms)
    _share(town, clerk)
    _link_farmers(town, clerk)


def _campaign(town: Town, clerk: Actor, name: str, kind: str, back: int = 120, **more: str) -> Campaign:
    return alliances.open_campaign(
        actor=clerk,
        organization=town.frame.places["town"],
        name=name,
        kind=kind,
        since=town.frame.today - timedelta(days=back),
        now=town.frame.now,
        **more,  # type: ignore[arg-type]
    )


def _goal(
    town: Town, clerk: Actor, held: Campaign, name: str, counts: str, target: int | None, criterion: str = ""
) -> CampaignAction:
    return alliances.add_campaign_action(
        actor=clerk, campaign=held, name=name, counts=counts, target=target, criterion=criterion, now=town.frame.now
    )


def _join(
    town: Town, clerk: Actor, held: Campaign, bodies: list[Organization], back: int, status: str = "joined"
) -> list[Participant]:
    on = town.frame.today - timedelta(days=back)
    return alliances.invite_to_campaign(
        actor=clerk, campaign=held, organizations=bodies, status=status, on=on, now=town.frame.now
    )


def _move(town: Town, clerk: Actor, part: Participant, status: str, back: int, reason: str = "") -> None:
    alliances.move_participant(
        actor=clerk, participant=part, status=status, on=town.frame.today - timedelta(days=back), reason=reason,
        now=town.frame.now,
    )  # fmt: skip


def _special(town: Town, clerk: Actor, firms: list[Organization]) -> None:
    """Checklist 001-05 and 003-50: firms with records, problems and results."""
    held = _campaign(
        town, clerk, "两新党建四个专项行动", "专项行动", document="云委组发〔2026〕6号",
        about="破零、培优、助力、提能四个专项行动,一企一策,问题和结果逐家登记。",
    )  # fmt: skip
    goals = [_goal(town, clerk, held, *one) for one in SPECIAL]
    parts = _join(town, clerk, held, firms[:10], 110)
    for number, part in enumerate(parts):
        day = town.frame.today - timedelta(days=90 - 6 * number)
        alliances.record_work(
            actor=clerk, participant=part, action=goals[0 if number % 2 else 3], on=day,
            done="送学上门,确定一名入党积极分子" if number % 2 else "举办安全生产技能培训", now=town.frame.now,
        )  # fmt: skip
        if number < len(PROBLEMS):
            problem, result = PROBLEMS[number]
            work = alliances.record_work(
                actor=clerk, participant=part, action=goals[2], on=day, problem=problem, now=town.frame.now,
                due_on=None if result else town.frame.today + timedelta(days=3 * number),
            )  # fmt: skip
            if result:
                alliances.state_result(
                    actor=clerk, work=work, result=result, result_on=day + timedelta(days=12), now=town.frame.now
                )
    for part in parts[:3]:
        _move(town, clerk, part, "done", 5)


def _tidy(town: Town, clerk: Actor, firms: list[Organization]) -> None:
    """Checklist 000-39 and 000-40: three pilots, then the others in their order."""
    held = _campaign(town, clerk, "家具企业“两整”工作", "整治整改", document="云政办〔2026〕15号")
    _goal(town, clerk, held, "参加整治", "joined", 10)
    _goal(town, clerk, held, "完成整治", "done", 10)
    pilots = _join(town, clerk, held, firms[2:5], 100, "pilot")
    later = _join(town, clerk, held, firms[5:9], 60)
    _join(town, clerk, held, firms[9:12], 20, "invited")
    for number, part in enumerate([*pilots, pilots[0]]):
        person = directory.register_person(actor=clerk, name=town.person_name(), now=town.frame.now)
        alliances.name_lead(
            actor=clerk, participant=part, person=person, way="leads" if number == 3 else "asked",
            since=town.frame.today - timedelta(days=100), now=town.frame.now,
        )  # fmt: skip
    for part in pilots:
        _move(town, clerk, part, "going", 80)
    for part in pilots[:2]:
        _move(town, clerk, part, "done", 15)
    for part in later[:2]:
        _move(town, clerk, part, "going", 30)
    _move(town, clerk, later[3], "left", 10, "厂房搬迁到外镇,由迁入地继续整治")


def _vocs(town: Town, actors: dict[str, Actor], firms: list[Organization]) -> None:
    """Checklist 000-42: one item at each stage; the firm or its department submits, the office checks."""
    clerk = actors["clerk"]
    held = _campaign(town, clerk, "VOCs全链整改", "整治整改", document="云环发〔2026〕4号")
    goal = _goal(town, clerk, held, "问题整改销号", "accepted", len(ISSUES))
    parts = _join(town, clerk, held, firms[:2], 90)
    for number, (issue, measure, state) in enumerate(ISSUES):
        item = alliances.open_rectification(
            actor=clerk, participant=parts[number % 2], action=goal, issue=issue, measure=measure,
            found_on=town.frame.today - timedelta(days=70), due_on=town.frame.today + timedelta(days=20 - 10 * number),
            responsible=town.frame.places["environment"] if number == 2 else None, now=town.frame.now,
        )  # fmt: skip
        if state != "open":
            _checked(town, actors, item, state)


def _checked(town: Town, actors: dict[str, Actor], item: Rectification, state: str) -> None:
    clerk, sender = actors["clerk"], actors["handler"]
    if item.responsible_id == item.participant.organization_id:
        first = item.participant.organization_id == town.firms[0].organization.pk
        sender = actors["contact"] if first else actors["contact2"]
    paper = SimpleUploadedFile("整改情况.txt", f"{item.issue}:{item.measure}。".encode())
    attach(actor=sender, record=item, upload=paper, now=town.frame.now)
    item.refresh_from_db()
    alliances.submit_rectification(actor=sender, item=item, words="已按措施整改到位", now=town.frame.now)
    if state == "accepted":
        alliances.accept_rectification(actor=clerk, item=item, words="现场核查,已整改到位", now=town.frame.now)
    elif state == "returned":
        alliances.return_rectification(
            actor=clerk, item=item, reason="标识仍缺两处,补齐后再报", due_on=town.frame.today + timedelta(days=7),
            now=town.frame.now,
        )  # fmt: skip


def _goals(town: Town, clerk: Actor) -> None:
    """Checklist 004-29: one that a document decides, one that is counted."""
    held = _campaign(town, clerk, "两个创建目标", "创建目标")
    _goal(town, clerk, held, "创成全省两新党建示范镇", "stated", None, "以省委两新工委公布的名单为准")
    _goal(town, clerk, held, "建成示范点", "done", 6)


def _honours(town: Town, clerk: Actor, firms: list[Organization]) -> None:
    """Checklist 001-17, as published."""
    year = town.frame.today.year
    for body, title, level, by in (
        (town.frame.places["chain"], "先进基层党组织", "county", "中共云岭县委"),
        (firms[0], "党建引领高质量发展示范企业", "city", "市委两新工委"),
        (firms[3], "劳动关系和谐企业", "county", "县总工会"),
    ):
        alliances.award_honour(
            actor=clerk, organization=body, title=title, level=level, awarded_by=by, awarded_on=date(year - 1, 7, 1),
            document=f"表彰决定〔{year - 1}〕3号", now=town.frame.now,
        )  # fmt: skip


def _share(town: Town, clerk: Actor) -> None:
    """Checklist 001-22: the town and its park, two things shared, two years."""
    park = town.frame.organization("park", "云溪家具产业园管理办公室", "park")
    year = town.frame.today.year
    sides = [alliances.Signer("government", town.frame.places["town"]), alliances.Signer("park", park)]
    held = alliances.sign_benefit(
        actor=clerk, parties=sides,
        title="镇园利益共建共享协议", document=f"云政发〔{year - 2}〕21号", signed_on=date(year - 2, 11, 20),
        since=date(year - 2, 12, 1), now=town.frame.now,
    )  # fmt: skip
    for kind, first, numbers in (("tax", 6_500, (4_860_000, 5_320_000)), ("jobs", 5_000, (186, 240))):
        item = alliances.share_benefit(
            actor=clerk, agreement=held, kind=kind, shares={1: first, 2: 10_000 - first}, now=town.frame.now
        )
        for back, number in zip((2, 1), numbers, strict=True):
            alliances.state_benefit(
                actor=clerk, item=item, year=year - back, value=Decimal(number), source=f"{year - back}年度统计台账",
                now=town.frame.now,
            )  # fmt: skip


def _link_farmers(town: Town, clerk: Actor) -> None:
    """Checklist 003-05..07: branch, leading firm, cooperative and farmers; what each is due and was paid."""
    year, now = town.frame.today.year, town.frame.now
    cooperative = town.frame.organization("cooperative", "云溪村食用菌专业合作社", "cooperative")
    held = alliances.sign_benefit(
        actor=clerk,
        parties=[
            alliances.Signer("village", town.frame.places["village1"]),
            alliances.Signer("firm", town.firms[2].organization),
            alliances.Signer("cooperative", cooperative),
            alliances.Signer("farmers", group="云溪村种植户126户"),
        ],
        title="食用菌产业利益联结协议", document="村企社三方协议1号", signed_on=date(year - 2, 12, 8),
        since=date(year - 1, 1, 1), now=now,
    )  # fmt: skip
    for kind, shares, number, paid in (
        ("profit", (1_000, 4_500, 1_500, 3_000), 860_000, (86_000, 387_000, 100_000, 258_000)),
        ("rent", (2_000, 0, 0, 8_000), 96_000, (19_200, 0, 0, 76_800)),
    ):
        item = alliances.share_benefit(
            actor=clerk, agreement=held, kind=kind, shares=dict(enumerate(shares, 1)), now=now
        )
        alliances.state_benefit(
            actor=clerk, item=item, year=year - 1, value=Decimal(number), source="合作社年度决算", now=now
        )
        for party, amount in zip(held.parties.order_by("number"), paid, strict=True):
            if amount:
                alliances.pay_benefit(
                    actor=clerk, item=item, party=party, on=date(year - 1, 12, 25), amount=Decimal(amount),
                    source="银行代发回单", now=now,
                )  # fmt: skip
