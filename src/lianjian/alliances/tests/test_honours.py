"""Honours as published; one brand a branch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.alliances import actions, figures
from lianjian.alliances.models import Brand, Honour
from lianjian.alliances.rules import honours as rules
from lianjian.alliances.rules import standing
from lianjian.foundation.declare import Scoped
from tests.cast import NOW, SINCE, TODAY, Cast

YEAR = TODAY.year


def test_honours_as_published(cast: Cast) -> None:
    """Checklist 001-17."""
    clerk = cast.client("clerk")
    url = reverse("alliances:award_honour")
    sent = {
        "organization": str(cast.branch.key), "title": "先进基层党组织", "level": "county", "awarded_by": "中共云岭县委",
        "awarded_on": str(TODAY - timedelta(days=30)), "document": "云委发〔2026〕3号", "person_name": "",
    }  # fmt: skip
    assert clerk.post(url, {**sent, "awarded_on": "2099-01-01"}).status_code == 422
    assert clerk.post(url, {**sent, "document": ""}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    assert clerk.post(url, sent).status_code == 422
    actor = cast.actor("clerk")
    held = Honour.objects.get()
    page = clerk.get(reverse("directory:organization", kwargs={"key": cast.branch.key})).content.decode()
    assert held.get_absolute_url() in page
    assert "先进基层党组织" in cast.client("other_clerk").get(reverse("alliances:honours")).content.decode()
    [given] = [one for one in figures.INDICATORS if one.code == "alliances.honours"]
    scoped = Scoped((cast.town.pk,), date(YEAR, 1, 1), TODAY)
    assert given.rows(actor, scoped).count() == 1
    withdraw = reverse("alliances:withdraw_honour", kwargs={"key": held.key})
    assert cast.client("other_clerk").post(withdraw, {"on": str(TODAY), "reason": "错"}).status_code == 404
    assert clerk.post(withdraw, {"on": "2020-01-01", "reason": "错"}).status_code == 422
    assert clerk.post(withdraw, {"on": str(TODAY), "reason": "登记错了"}).status_code == 303
    actor = cast.actor("clerk")
    assert given.rows(actor, scoped).count() == 0
    before = Scoped((cast.town.pk,), date(YEAR, 1, 1), TODAY - timedelta(days=1))
    assert given.rows(actor, before).count() == 1
    held.refresh_from_db()
    with pytest.raises(rules.HonourWithdrawn):
        actions.withdraw_honour(actor=actor, honour=held, on=TODAY, reason="再撤", now=NOW)


def test_one_brand_a_branch(cast: Cast) -> None:
    """Checklist 004-30: the next brand ends the one before; the database holds one at a time."""
    clerk = cast.actor("clerk")
    actions.set_brand(actor=clerk, organization=cast.branch, name="红色木匠", since=SINCE, now=NOW)
    with pytest.raises(standing.LeavesTooEarly):
        actions.set_brand(actor=clerk, organization=cast.branch, name="匠心先锋", since=SINCE, now=NOW)
    actions.set_brand(actor=clerk, organization=cast.branch, name="匠心先锋", since=TODAY, now=NOW)
    assert list(Brand.objects.order_by("pk").values_list("name", "until")) == [("红色木匠", TODAY), ("匠心先锋", None)]
    with pytest.raises(IntegrityError, match="one_brand_at_a_time"), transaction.atomic():
        Brand.objects.create(jurisdiction=cast.town, organization=cast.branch, name="第二个", since=TODAY)
    listed = cast.client("clerk").get(reverse("alliances:brands") + "?used=now").content.decode()
    assert "匠心先锋" in listed and "红色木匠" not in listed
