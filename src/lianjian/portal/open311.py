"""Open311 GeoReport v2: the shapes of its answers, in JSON and XML (wiki.open311.org/GeoReport_v2).

A status is open or closed there; ours stands in `status_notes`. Positions are neither given nor kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models import QuerySet

from lianjian.cases import rules
from lianjian.cases.models import Case, Question
from lianjian.cases.queries.categories import questions_by_category
from lianjian.cases.queries.listing import state_word
from lianjian.cases.queries.public import published_cases
from lianjian.cases.queries.tree import Tree, shown_name, tree_of
from lianjian.jurisdictions.models import Jurisdiction

from .models import Entrance

FORMATS: Final = {"json": "application/json; charset=utf-8", "xml": "application/xml; charset=utf-8"}
LONGEST: Final = timedelta(days=90)
MOST: Final = 1000
KIND: Final = "village_need"  # what a report from another system is registered as
DATATYPES: Final = {
    "text": "string",
    "number": "number",
    "date": "datetime",
    "yes_no": "singlevaluelist",
    "choice": "singlevaluelist",
}


def places() -> list[Jurisdiction]:
    """Places that take reports from the public: those with an entrance of their own."""
    open_ones = Entrance.objects.filter(retired_on__isnull=True, organization__is_root=True)
    return list(Jurisdiction.objects.filter(pk__in=open_ones.values("jurisdiction_id")).order_by("pk"))


def place_of(jurisdiction_id: str) -> Jurisdiction | None:
    """The place with this prefix; without one the only place there is, or None where it must be named."""
    found = places()
    if jurisdiction_id:
        return next((place for place in found if place.prefix == jurisdiction_id), None)
    return found[0] if len(found) == 1 else None


def services(place: Jurisdiction) -> list[dict[str, Any]]:
    """Every category that reports may have; two queries."""
    tree, asked = tree_of(place.pk), questions_by_category(place.pk)
    return [
        {
            "service_code": node.code,
            "service_name": shown_name(node.code, node.name),
            "description": tree.path(node.code),
            "metadata": any(asked.get(above.code) for above in tree.line(node.code)),
            "type": "realtime",
            "keywords": "",
            "group": shown_name(tree.line(node.code)[-1].code, tree.line(node.code)[-1].name),
        }
        for _depth, node in tree.walk()
        if tree.offered(node.code) and tree.fits(node.code, KIND)
    ]


def questions_of(place: Jurisdiction, code: str, tree: Tree) -> list[Question]:
    """What is asked about a category, what is asked of all above it first."""
    asked = questions_by_category(place.pk)
    return [row for node in reversed(tree.line(code)) for row in asked.get(node.code, ())]


def definition(place: Jurisdiction, code: str) -> dict[str, Any] | None:
    """Attributes of a service; None for a code that the place does not offer."""
    tree = tree_of(place.pk)
    if not tree.offered(code):
        return None
    return {
        "service_code": code,
        "attributes": [
            {
                "variable": True,
                "code": str(row.key),
                "datatype": DATATYPES[row.kind],
                "required": row.required,
                "datatype_description": "",
                "order": order,
                "description": row.text,
                **_values(row),
            }
            for order, row in enumerate(questions_of(place, code, tree), 1)
        ],
    }


def _values(row: Question) -> dict[str, Any]:
    choices = (rules.YES, rules.NO) if row.kind == "yes_no" else row.choices
    return {"values": [{"key": one, "name": one} for one in choices]} if choices else {}


def public_cases(place: Jurisdiction) -> QuerySet[Case]:
    """What anybody may read: made public by the office, of a kind that is not private, no accusation."""
    return published_cases(place.pk).select_related("category", "handler", "village")


def request_of(case: Case) -> dict[str, Any]:
    """One case as a service request."""
    spot = " ".join(filter(None, (case.village.name if case.village else "", case.address)))
    return {
        "service_request_id": case.number,
        "status": "closed" if case.ended else "open",
        "status_notes": state_word(case.state, case.kind),
        "service_name": shown_name(case.category.code, case.category.name),
        "service_code": case.category.code,
        "description": case.text,
        "agency_responsible": case.handler.name if case.handler is not None else "",
        "service_notice": "",
        "requested_datetime": _moment(case.registered_at),
        "updated_datetime": _moment(case.story_at),
        "expected_datetime": _moment(case.due_at),
        "address": spot,
        "address_id": "",
        "zipcode": "",
        "lat": None,
        "long": None,
        "media_url": "",
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at is not None else None


def written(data: Any, form: str, root: str, item: str = "") -> bytes:
    """The body of an answer. A list is `root` with one `item` for each; a mapping is `root` itself."""
    if form == "json":
        return json.dumps(data, ensure_ascii=False).encode()
    top = Element(root)
    if isinstance(data, Mapping):
        _fill(top, data)
    else:
        for one in data:
            _fill(SubElement(top, item), one)
    return b'<?xml version="1.0" encoding="utf-8"?>' + tostring(top, encoding="unicode").encode()


_SINGULAR: Final = {"attributes": "attribute", "values": "value", "formats": "format", "endpoints": "endpoint"}


def _fill(parent: Element, data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        child = SubElement(parent, name)
        if isinstance(value, bool):
            child.text = "true" if value else "false"
        elif isinstance(value, Mapping):
            _fill(child, value)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for one in value:
                below = SubElement(child, _SINGULAR[name])
                if isinstance(one, Mapping):
                    _fill(below, one)
                else:
                    below.text = str(one)
        elif value is not None:
            child.text = "".join(sign for sign in str(value) if sign in "\t\n\r" or ord(sign) >= 32)
