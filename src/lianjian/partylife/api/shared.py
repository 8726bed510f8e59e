"""What the operations of party life share: shapes of values, pages of a hundred, who asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from pydantic import Field

from lianjian.foundation.actor import Actor

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Cursor = Annotated[int, Field(ge=0, le=2**62)]
Word = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=120)]
Name = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=40)]
Kind = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=30)]


def narrowed(rows: QuerySet[Any], **asked: Any) -> QuerySet[Any]:
    """Rows under the filters that were given."""
    return rows.filter(**{name: value for name, value in asked.items() if value})


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
