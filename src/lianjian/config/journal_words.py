"""What verbs and kinds of records are called in the journal."""

from __future__ import annotations

from lianjian.foundation.errors import _

VERBS: dict[str, str] = {
    "accounts.sign_in": _("登录"),
    "accounts.sign_in_failed": _("登录失败"),
    "accounts.locked_out": _("登录被锁定"),
    "accounts.sign_out": _("退出登录"),
    "accounts.denied": _("访问被拒绝"),
    "accounts.open_account": _("开通账号"),
    "accounts.close_account": _("停用账号"),
    "accounts.reopen_account": _("重新启用账号"),
    "accounts.reset_password": _("重置密码"),
    "accounts.end_sessions": _("使账号退出所有设备"),
    "accounts.change_password": _("修改密码"),
    "accounts.second_factor_activate": _("启用两步验证"),
    "accounts.second_factor_deactivate": _("停用两步验证"),
    "accounts.second_factor_recovery_codes": _("重新生成备用码"),
    "accounts.new_token": _("新建接口令牌"),
    "accounts.revoke_token": _("停用接口令牌"),
    "accounts.end_own_session": _("退出自己的一台设备"),
    "accounts.end_own_sessions": _("退出自己的其他设备"),
    "lists.export": _("导出清单"),
    "directory.grant_role": _("授权"),
    "directory.end_grant": _("结束授权"),
    "directory.found_root": _("建立地区"),
    "directory.register_organization": _("登记组织"),
    "directory.change_organization": _("修改组织"),
    "directory.set_profile": _("修改组织详情"),
    "directory.set_enterprise_year": _("登记企业年度规模"),
    "directory.add_alias": _("增加别名"),
    "directory.move_organization": _("调整隶属"),
    "directory.dissolve_organization": _("撤销组织"),
    "directory.register_person": _("登记人员"),
    "directory.change_person": _("修改人员"),
    "directory.add_membership": _("登记任职"),
    "directory.end_membership": _("结束任职"),
}
KINDS: dict[str, str] = {
    "accounts.user": _("账号"),
    "accounts.apitoken": _("接口令牌"),
    "directory.organization": _("组织"),
    "directory.person": _("人员"),
    "directory.membership": _("任职"),
    "directory.link": _("组织关系"),
    "directory.grant": _("授权"),
}
