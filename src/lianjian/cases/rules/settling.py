"""Mediation and hearings: their words and what they may not do. Free of Django."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

SIDES: Final[dict[str, str]] = {"asking": _("申请方"), "other": _("被申请方")}
# Who mediates at the doorstep, in the village, in the town.
MEDIATORS: Final[dict[str, str]] = {
    "household": _("党员中心户"),
    "adviser": _("村法律顾问"),
    "mediator": _("人民调解员"),
    "cadre": _("村(社区)干部"),
    "grid": _("网格员"),
    "police": _("民警"),
    "other": _("其他"),
}
ATTEMPT_OUTCOMES: Final[dict[str, str]] = {
    "agreed": _("达成一致"),
    "closer": _("有进展,继续调解"),
    "apart": _("分歧较大"),
    "refused": _("当事人明确拒绝调解"),
}
AGREEMENT_FORMS: Final[dict[str, str]] = {"written": _("书面协议"), "oral": _("口头协议")}
HEARING_STATES: Final[dict[str, str]] = {
    "planned": _("已定方案"),
    "concluded": _("已形成结论"),
    "cancelled": _("已取消"),
}
PANEL: Final = ("chair", "member", "clerk")
HEARING_ROLES: Final[dict[str, str]] = {
    "chair": _("主持人"),
    "member": _("听证员"),
    "clerk": _("记录人"),
    "petitioner": _("信访人"),
    "agent": _("代理人"),
    "unit": _("责任单位"),
    "lawyer": _("律师"),
    "deputy": _("人大代表、政协委员"),
    "public": _("群众代表"),
}
LEAST_PANEL: Final = 3


class NotMediated(Refused):
    """Only disputes are mediated, and by the unit that has them."""

    sentence = _("这类事项不调解,或还没有派给单位,不能记调解。")
    status = 409


class PartyRefuses(Refused):
    """人民调解法 17: nobody is mediated against a clear refusal."""

    sentence = _("当事人已明确拒绝调解,不能再调解(人民调解法第十七条)。当事人又同意的,请勾选“当事人又同意调解”。")
    field = "agreed_again"


class MediatorNeeded(Refused):
    """Somebody mediated."""

    sentence = _("请写明调解人和身份,一行一个,如“张圣福 党员中心户”。")
    field = "mediators"


class TwoSides(Refused):
    """A dispute has at least two sides."""

    sentence = _("请先登记双方当事人,申请方和被申请方至少各一人。")
    status = 409


class AgreementUnsigned(Refused):
    """人民调解法 29: signatures of the parties and of the mediator and the committee's seal."""

    sentence = _("书面协议要当事人签名、调解员签名并加盖调解委员会印章才生效,请确认后再登记。")
    field = "signed"


class AgreementMissing(Refused):
    """There is nothing to keep or to confirm."""

    sentence = _("还没有达成调解协议。")
    status = 409


class AgreementExists(Refused):
    """One agreement a case."""

    sentence = _("这件纠纷已有调解协议。")
    status = 409


class WaysNeeded(Refused):
    """人民调解法 26: when it fails the parties are told the lawful ways."""

    sentence = _("调解不成的,要写明告知当事人的仲裁、行政、诉讼等途径(人民调解法第二十六条)。")
    field = "text"


class NotHeard(Refused):
    """Only petitions are heard."""

    sentence = _("“%(number)s”不是可以听证的事项,或已经办结。")
    field = "cases"


class HearingOver(Refused):
    """It was concluded or called off."""

    sentence = _("这次听证现在是“%(state)s”,不能再改。")
    status = 409


class PanelShort(Refused):
    """A chair and members."""

    sentence = _("听证要有主持人,主持人和听证员共不少于 %(least)s 人。")
    field = "people"


class PetitionerMissing(Refused):
    """Who petitioned, or their agent, takes part."""

    sentence = _("请登记到场的信访人或代理人,以及责任单位人员。")
    field = "people"


class HearingWords(Refused):
    """A hearing leaves minutes and a conclusion that rests on law."""

    sentence = _("请写明听证笔录和结论。")
    field = "minutes"


class RoleUnknown(Refused):
    """Not one of the roles."""

    sentence = _("认不出“%(line)s”的身份,请写成“姓名 身份”,身份从说明里选。")
    field = "people"


def read_people(text: str, roles: dict[str, str], field: str) -> list[tuple[str, str]]:
    """(name, role) of lines such as "张圣福 党员中心户". Raises `RoleUnknown`."""
    by_word = {word: code for code, word in roles.items()}
    found = []
    for line in text.splitlines():
        words = line.replace(",", " ").replace("，", " ").replace("、", " ").split()
        if not words:
            continue
        role = by_word.get(words[-1]) or next((by_word[w] for w in by_word if line.strip().endswith(w)), None)
        if role is None or len(words) < 2:
            raise RoleUnknown(line=line.strip()[:40], field=field)
        found += [(name[:60], role) for name in words[:-1]]
    return list(dict.fromkeys(found))
