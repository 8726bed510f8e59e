"""Why a step of the wizard is refused."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class WrongStep(Refused):
    """The import is at another step than the page it came from: somebody else went on, or it runs."""

    sentence = _("这次导入已是“%(state)s”，请刷新页面。")
    status = 409


class ColumnTwice(Refused):
    """Two columns were matched with one field."""

    sentence = _("表“%(sheet)s”里有两列都对应“%(field)s”，请改一列。")


class UnknownKind(Refused):
    """A kind or field that no app declares."""

    sentence = _("没有这种表或这一列，请重新选择。")


class BadRowsLeft(Refused):
    """All rows were wanted, but some cannot be stored."""

    sentence = _("还有 %(count)s 行有错，不能全部导入。请改好文件再传，或只导入无误的行。")
    status = 409


class NothingToStore(Refused):
    """No sheet has a row that could be stored or kept."""

    sentence = _("没有可以导入的行。")


class TownUnknown(Refused):
    """The command names a town that is not there."""

    sentence = _("没有名为“%(name)s”的地区。")


class NoRoot(Refused):
    """A jurisdiction without a root organization has nothing to hang records on."""

    sentence = _("“%(name)s”还没有组织机构树的根，请先建立。")


class AlreadyDecided(Refused):
    """Somebody has decided the name meanwhile."""

    sentence = _("“%(name)s”已经核对过了。")
    status = 409


class NotACandidate(Refused):
    """The organization is not of a kind or place that the name may mean."""

    sentence = _("请从名册中选择一个机构。")
    field = "organization"
