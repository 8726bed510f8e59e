"""Which firms the rates of coverage count on a day: all, those above scale, or those with so many staff.

A place chooses in the rulebook (rule `company.scope`), from a day on, with its document; a place that chose nothing
goes by the nearest one above, else by the default. A firm whose size is not known is in no scope but "all".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, DateField, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.looks import show_date
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.rulebook.models import LocalRule
from lianjian.rulebook.queries import Setting, choices, settings_on

SCOPE = "company.scope"
# The place of an organization and those above it, up to the province.
LINE = ("jurisdiction_id", *("__".join(["jurisdiction", *["parent"] * n]) + "_id" for n in (1, 2, 3)))


def with_scope(rows: QuerySet[Any], day: date | None) -> QuerySet[Any]:
    """Adds `scope_option`: by which option the place of each firm goes on the day (today for None)."""
    when: Any = Today() if day is None else Value(day, output_field=DateField())
    of_line = Q(pk__in=())
    for name in LINE:
        of_line |= Q(jurisdiction=OuterRef(name))
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=when)
    held = LocalRule.objects.filter(of_line, running, code=SCOPE, valid_from__lte=when)
    far = [When(jurisdiction=OuterRef(name), then=Value(number)) for number, name in enumerate(LINE)]
    nearest = held.annotate(far=Choose(*far, output_field=IntegerField())).order_by("far", "-valid_from")
    option = KeyTextTransform("0", KeyTransform("one_of", "params"))
    chosen = Subquery(nearest.annotate(option=option).values("option")[:1], output_field=CharField())
    found: QuerySet[Any] = rows.annotate(scope_option=Coalesce(chosen, Value(choices(SCOPE, day or Today()).default)))
    return found


def within(day: date | None, staff: str = "size_staff", above: str = "size_above") -> Q:
    """True for rows of `with_scope` of that day whose size, as these fields say it, is within the scope."""
    found = Q(pk__in=())
    for code, bounds in choices(SCOPE, day or Today()).options.items():
        asked = Q(scope_option=code)
        if isinstance(bounds, dict):
            asked &= Q(**{f"{staff}__gte": bounds["staff"]}) if "staff" in bounds else Q(**{above: True})
        found |= asked
    return found


def scope_seen(actor: Actor, right: str, day: date) -> str:
    """`scope_words` of the places of which somebody holds a right."""
    return scope_words(sorted({place for scope in actor.scopes(right) for place in scope.jurisdiction_ids}), day)


def scope_words(places: Iterable[int], day: date) -> str:
    """Which firms are counted in these places on a day, and on what document, to stand beside each figure."""
    known = choices(SCOPE, day)
    found = list(settings_on(SCOPE, places, day).values())
    chosen = sorted({one for one in found if one is not None}, key=lambda one: (one.place, one.since))
    parts = [_option(known.words(one.option), one) for one in chosen]
    rest = len(chosen) == 0 or None in found
    if len(parts) + rest > 1:
        names = dict(Jurisdiction.objects.filter(pk__in={one.place for one in chosen}).values_list("pk", "name"))
        parts = [
            _("%(place)s %(scope)s") % {"place": names[one.place], "scope": part}
            for one, part in zip(chosen, parts, strict=True)
        ]
    if rest:
        plain = known.words(known.default)
        parts.append(_("其他地方 %(scope)s") % {"scope": plain} if parts else plain)
    return _("口径:%(scope)s") % {"scope": _(";").join(parts)}


def _option(words: str, one: Setting) -> str:
    return _("%(option)s(%(source)s,%(day)s起)") % {
        "option": words, "source": one.source, "day": show_date(one.since)
    }  # fmt: skip
