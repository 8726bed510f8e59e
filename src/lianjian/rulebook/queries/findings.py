"""Findings and rules in words: the comparisons, what follows, and what a rule asks, in the active language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lianjian.foundation.errors import translate

from ..models import Evaluation
from ..rules import PASSED, REASON, REFUSED, REMINDER, ROLLS, SHARES, Finding, Share, finding_of
from ..rules.findings import ordered
from .texts import term_text


def finding(evaluation: Evaluation) -> Finding | None:
    """What came out when an act was checked; None where only a deadline was reckoned."""
    kept = evaluation.result.get("finding")
    return finding_of(kept) if kept else None


def title_of(evaluation: Evaluation) -> str:
    """The name of the rule that was applied."""
    return translate(evaluation.result.get("title") or evaluation.rule_code)


def verdict_text(verdict: str) -> str:
    """The verdict in a word or two."""
    return {
        PASSED: _("符合"),
        REFUSED: _("不符合,不能办理"),
        REASON: _("不一致,须写明理由"),
        REMINDER: _("提醒"),
    }[verdict]


def why(found: Finding) -> str:
    """The comparisons that do not hold, as sentences."""
    return "".join(_sentence(step_text(step)) for step in found.steps if not step["holds"])


def _sentence(text: str) -> str:
    return _("%(text)s。") % {"text": text}


def step_text(step: Mapping[str, Any]) -> str:
    """One comparison with its arithmetic."""
    return _begin(_STEPS[step["test"]](step))


def _begin(text: str) -> str:
    """With a capital, where the language has them."""
    return text[:1].upper() + text[1:]


def _share(step: Mapping[str, Any]) -> str:
    entitled, came = map(translate, ROLLS[step["roll"]])
    share = SHARES[step["share"]]
    words = {
        "came": came,
        "n": step["n"],
        "of": entitled if step["of"] == "eligible" else came,
        "total": step["total"],
        "share": translate(share.word),
        "least": step["least"],
        "sum": _sum(share, step["n"], step["total"]),
    }
    if step["what"] == "quorum":
        text = _("%(came)s %(n)d 人,%(of)s %(total)d 人,须%(share)s,至少 %(least)d 人(%(sum)s)") % words
    else:
        text = _("赞成 %(n)d 票,%(of)s %(total)d 人,须%(share)s赞成,至少 %(least)d 票(%(sum)s)") % words
    if step.get("written"):
        text += _(",其中会前书面意见 %(n)d 份") % {"n": step["written"]}
    return text


def _sum(share: Share, n: int, total: int) -> str:
    """The integers that were compared: 3×20=60 ≥ 2×30=60."""
    right = share.top * total
    signs = (">", "≤") if share.beyond else ("≥", "<")
    of = f"{share.top}×{total}={right}" if share.top > 1 else str(right)
    return f"{share.bottom}×{n}={share.bottom * n} {signs[0] if share.met(n, total) else signs[1]} {of}"


def _plurality(step: Mapping[str, Any]) -> str:
    return _("得票 %(n)d 票,下一名 %(rival)d 票,须多于下一名") % step


def _names(words: Sequence[str]) -> str:
    return _("、").join(translate(word) for word in words)


def _all_of(step: Mapping[str, Any]) -> str:
    if step["missing"]:
        return _("缺:%(names)s") % {"names": _names(step["missing"])}
    return _("须有的都有:%(names)s") % {"names": _names(step["names"])}


def _one_of(step: Mapping[str, Any]) -> str:
    words = {"chosen": _names(step["chosen"]) or _("无"), "options": _names(step["options"])}
    return _("所选:%(chosen)s;可选:%(options)s") % words


def _none_of(step: Mapping[str, Any]) -> str:
    return _("不得有:%(names)s") % {"names": _names(step["found"])} if step["found"] else _("没有不得有的项")


def _bound(step: Mapping[str, Any]) -> str:
    words = {
        "n": step["n"],
        "bound": bound_text(step["bound"], step["than"], step["measure"]),
        "measure": translate(step["measure"]) if step["measure"] else "",
        "of": translate(step["of"]) if step.get("of") else "",
    }
    if words["of"]:
        return _("%(of)s:现有 %(n)d,须%(bound)s") % words
    if not words["measure"]:
        return _("现有 %(n)d,须%(bound)s") % words
    return _("现有 %(n)d %(measure)s,须%(bound)s") % words


def bound_text(key: str, bound: Any, measure: str = "") -> str:
    """A bound in words: 3 人以上."""
    words = {"n": bound, "measure": translate(measure) if measure else ""}
    text = {
        "min": _("不少于 %(n)s %(measure)s"),
        "over": _("超过 %(n)s %(measure)s"),
        "max": _("不多于 %(n)s %(measure)s"),
        "below": _("不满 %(n)s %(measure)s"),
    }[key]
    return (text % words).strip()


def _any(step: Mapping[str, Any]) -> str:
    parts = [
        _("%(measure)s:现有 %(n)d,须不少于 %(bound)d") % {**row, "measure": translate(row["measure"])}
        for row in step["rows"]
    ]
    return _(",或者 ").join(parts)


def _day(step: Mapping[str, Any]) -> str:
    return {
        "not_after": _("办理日 %(day)s,最迟 %(than)s"),
        "not_before": _("办理日 %(day)s,最早 %(than)s"),
        "on": _("日期 %(day)s,应为 %(than)s"),
        "after": _("办理日 %(day)s,须在 %(than)s 之后"),
        "before": _("%(day)s 已到 %(than)s,应当办理"),
    }[step["test"]] % {"day": step["day"], "than": step["than"]}


def _times(step: Mapping[str, Any]) -> str:
    words = {**step, "measure": translate(step["measure"]) if step["measure"] else ""}
    return _("%(first)s 至 %(last)s:已有 %(n)d %(measure)s,要求 %(than)d %(measure)s") % words


_STEPS = {
    "share": _share,
    "plurality": _plurality,
    "all_of": _all_of,
    "one_of": _one_of,
    "none_of": _none_of,
    "bound": _bound,
    "any": _any,
    "not_after": _day,
    "not_before": _day,
    "on": _day,
    "after": _day,
    "before": _day,
    "times": _times,
}


def asks(kind: str, params: Mapping[str, Any], unit: str = "") -> list[str]:
    """What a rule asks, a line for each part; the number words stand as the law has them."""
    return [_begin(line) for line in _lines(kind, params, unit)]


def _lines(kind: str, params: Mapping[str, Any], unit: str) -> list[str]:
    if "amount" in params:
        return [_term(kind, params, unit)]
    if "rolls" in params:
        return _vote(params)
    if "per" in params:
        return _cadence(params)
    if any(key in params for key in ("one_of", "all_of", "none_of")):
        return _set(params)
    return _range(params)


def own_asks(kind: str, national: Mapping[str, Any], params: Mapping[str, Any]) -> list[str]:
    """What a local rule says, in words; empty params take up a default as it is."""
    if not params:
        return [_("按默认内容采用")]
    own = dict(params)
    if "per" in national:
        own = {**national, **own}
    if "rolls" in own:
        own["rolls"] = {
            roll: {"of": national["rolls"][roll].get("of", "eligible"), **asked}
            for roll, asked in own["rolls"].items()
        }
    if "default" in national:
        return [_option(national["one_of"][code]) for code in own["one_of"] if code in national["one_of"]]
    if "one_of" in own:
        own["one_of"] = {code: o for code, o in national.get("one_of", {}).items() if code in own["one_of"]}
    if not any(key in own for key in ("any", "one_of", "all_of", "none_of", "rolls", "per")):
        own = {"measure": national.get("measure", ""), **own}
    return asks(kind, own)


def _term(kind: str, params: Mapping[str, Any], unit: str) -> str:
    words = {"term": term_text(params["amount"], unit)}
    if params.get("sample"):
        return _("例如 %(term)s") % words
    if params.get("exact"):
        return _("正好 %(term)s") % words if params["amount"] else _("同一日")
    if params.get("beyond"):
        return _("超过 %(term)s") % words
    if params.get("trigger"):
        return _("满 %(term)s 时提醒") % words
    return _("不少于 %(term)s") % words if kind == "min_interval" else _("不超过 %(term)s") % words


def _vote(params: Mapping[str, Any]) -> list[str]:
    lines = []
    for roll, asked in ordered(params, "rolls"):
        entitled, came = map(translate, ROLLS[roll])
        parts = []
        if asked.get("quorum"):
            parts.append(
                _("%(came)s须占%(of)s的%(share)s")
                % {"came": came, "of": entitled, "share": translate(SHARES[asked["quorum"]].word)}
            )
        if asked.get("pass"):
            of = entitled if asked["of"] == "eligible" else came
            parts.append(
                _("赞成票须占%(of)s的%(share)s") % {"of": of, "share": translate(SHARES[asked["pass"]].word)}
            )
        lines.append(_(";").join(parts))
    if params.get("written"):
        lines.append(_("会前提交的书面意见计入票数,不计入到会人数"))
    if params.get("plurality"):
        lines.append(_("得票多的当选"))
    if params.get("needs"):
        lines.append(_names([words for _code, words in ordered(params, "needs")]))
    return lines


def per_text(per: str) -> str:
    """Each month, quarter, half-year or year."""
    return {"month": _("每月"), "quarter": _("每季度"), "half": _("每半年"), "year": _("每年")}[per]


def _cadence(params: Mapping[str, Any]) -> list[str]:
    per, n = per_text(params["per"]), params["times"]
    if n == 1 and params.get("measure") == "次":
        lines = [_("%(per)s一次") % {"per": per}]
    else:
        measure = translate(params["measure"]) if params.get("measure") else ""
        lines = [_("%(per)s %(n)d %(measure)s") % {"per": per, "n": n, "measure": measure}]
    if params.get("after_fixed") is not None:
        lines.append(_("固定日后 %(n)d 日提醒") % {"n": params["after_fixed"]})
    elif params.get("alert_on"):
        lines.append(_("%(day)s 起提醒") % {"day": params["alert_on"]})
    elif params.get("alert_day"):
        lines.append(_("当期第 %(n)d 日起提醒") % {"n": params["alert_day"]})
    if params.get("local_binds") and not params.get("national"):
        lines.append(_("未写明依据文件前只作建议;按本地文件设置后到期提醒"))
    elif params.get("national") is False:
        lines.append(_("国家没有规定次数,只作建议,不亮红灯"))
    return lines


def _range(params: Mapping[str, Any]) -> list[str]:
    if "any" in params:
        parts = [bound_text("min", one["min"], one["measure"]) for one in params["any"]]
        return [_(",或者 ").join(parts)]
    measure = params.get("measure", "")
    low, high = params.get("min"), params.get("max")
    if low is not None and low == high:
        return [_("正好 %(n)s %(measure)s") % {"n": low, "measure": translate(measure) if measure else ""}]
    if "ratio" in params:
        top, bottom = params["ratio"]
        return [_("不少于应选人数的 %(top)d/%(bottom)d,不足一名的进一") % {"top": top, "bottom": bottom}]
    if params.get("max") == "limit":
        return [_("不多于%(limit)s") % {"limit": translate(params["limit"])}]
    return [
        _(",").join(
            bound_text(key, params[key], measure) for key in ("min", "over", "max", "below") if key in params
        )
    ]


def _set(params: Mapping[str, Any]) -> list[str]:
    lines = []
    if "one_of" in params:
        lines += [_option(option) for _code, option in ordered(params, "one_of")]
        lines = [_("任选一项:%(names)s") % {"names": _("、").join(lines)}]
    if "default" in params:
        lines.append(_("没有本地规定的:%(option)s") % {"option": _option(params["one_of"][params["default"]])})
    if "all_of" in params:
        lines.append(
            _("须有:%(names)s") % {"names": _names([words for _code, words in ordered(params, "all_of")])}
        )
    if "none_of" in params:
        lines.append(
            _("不得有:%(names)s") % {"names": _names([words for _code, words in ordered(params, "none_of")])}
        )
    return lines


def _option(option: Any) -> str:
    if not isinstance(option, Mapping):
        return translate(option)
    bounds = _(",").join(
        bound_text(key, option[key]) for key in ("min", "over", "max", "below") if key in option
    )
    return f"{translate(option['words'])}({bounds})" if bounds else translate(option["words"])


def light_text(light: str) -> str:
    """The light of a cadence in a word."""
    return {
        "met": _("已完成"),
        "open": _("时间未到"),
        "due": _("该办了"),
        "late": _("未完成"),
        "suggested": _("建议办理"),
    }[light]
