"""Which category a matter may have and to whom it may be sent. Free of Django."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import Refused, _

# Bodies at the grass roots, to which a department may not hand down what it must do itself.
GRASSROOTS: Final = ("village", "station", "centre")


class DepartmentalMatter(Refused):
    """国办函〔2025〕66号 (R7.01): what a department must do is not dispatched to grass-roots units."""

    sentence = _("“%(category)s”是部门职责内的事项,不能派给%(unit)s。请派给职能部门(国办函〔2025〕66号)。")
    field = "handler"


class CategoryUnfit(Refused):
    """The category is kept for other kinds of cases."""

    sentence = _("“%(category)s”这个类别不用于%(kind)s,请另选类别。")
    field = "category"


class CategoryCircle(Refused):
    """A category does not lie below itself."""

    sentence = _("“%(name)s”就在这个类别之下,不能作为上级类别,请另选。")
    field = "parent"


class CategoryDeep(Refused):
    """Nobody finds what lies deeper."""

    sentence = _("类别最多 %(most)s 级,请换一个上级类别。")
    field = "parent"


class NothingRouted(Refused):
    """A rule is for a category, for a village, or for both."""

    sentence = _("请选择类别或村(社区),至少选一项。")
    field = "category"


DEEPEST: Final = 9
