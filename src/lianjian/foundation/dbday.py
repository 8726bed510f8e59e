"""The present day in China as the database knows it: for lists and figures, which jobs build too."""

from __future__ import annotations

from django.db.models import DateField, DateTimeField, Func


class Today(Func):
    """The day now, in China."""

    template = "(now() AT TIME ZONE 'Asia/Shanghai')::date"
    output_field = DateField()


class YearStart(Func):
    """The first moment of the present year, in China."""

    template = "(date_trunc('year', now() AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai')"
    output_field = DateTimeField()
