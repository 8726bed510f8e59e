"""Demonstration places, built through the same verbs that people use. Names and numbers are invented."""

from __future__ import annotations

from typing import Any

# One password for every demonstration account; the accounts exist only where `lianjian demo` made them.
PASSWORD = "yunxi-2-bridge"  # noqa: S105

# account, name, role, key of the organization (see `frame.ORGANIZATIONS`), what to try first
ACCOUNTS: list[tuple[str, str, str, str, str]] = [
    ("clerk", "陈琳", "clerk", "town", "党务干部:导入台账、派单、看覆盖、出报告"),
    ("instructor", "刘芳", "instructor", "station1", "红管家:走访企业、登记诉求"),
    ("handler", "张工", "handler", "environment", "部门经办人:签收、办理、反馈"),
    ("contact", "廖一鸣", "contact", "firm1", "企业联系人:提诉求、确认结果"),
    ("village", "方正平", "village", "village1", "村支书:看本村、提诉求"),
    ("leader", "邵红", "leader", "town", "分管领导:看指标和报告"),
    ("reviewer", "文萍", "reviewer", "town", "文件审核人:文件初审、复审"),
    ("chief", "钟毅", "leader", "town", "主要领导:文件终审"),
    ("county", "韩松", "clerk", "county", "县里:看各镇"),
    ("sysadmin", "系统管理员", "system_admin", "county", "系统管理:行政区划、工作日历"),
    ("secadmin", "安全管理员", "security_admin", "county", "账号与授权"),
    ("auditor", "审计管理员", "auditor", "county", "审计日志"),
]


def accounts() -> list[dict[str, Any]]:
    """The demonstration accounts as the launcher prints them, those that exist here."""
    from lianjian.accounts.models import User

    made = set(User.objects.filter(username__in=[a[0] for a in ACCOUNTS]).values_list("username", flat=True))
    return [
        {"account": account, "password": PASSWORD, "try": f"{name} - {hint}"}
        for account, name, _role, _place, hint in ACCOUNTS
        if account in made
    ]
