"""What is loaded of the public tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext as _

from ..models import Area, Industry


def tables() -> Sequence[tuple[str, str, int]]:
    """(table, level, rows) for the page of the system administrator."""
    levels = {1: _("省级"), 2: _("地级"), 3: _("县级"), 4: _("乡级"), 5: _("村级")}
    steps = {1: _("门类"), 2: _("大类"), 3: _("中类"), 4: _("小类")}
    areas = dict(Area.objects.order_by().values_list("level").annotate(n=Count("id")))
    industries = dict(Industry.objects.order_by().values_list("level").annotate(n=Count("id")))
    return [
        *((_("行政区划"), word, areas.get(level, 0)) for level, word in levels.items()),
        *((_("国民经济行业"), word, industries.get(level, 0)) for level, word in steps.items()),
    ]
