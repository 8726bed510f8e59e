"""What is no longer there is claimed by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from lianjian.foundation import clock
from lianjian.lists import actions, rules
from lianjian.lists.models import Claim
from lianjian.lists.tests.acts import proposed, published
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def test_what_was_there_up_to_a_past_day_is_claimed_by_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    item = published(cast, since=TODAY - timedelta(days=9), until=TODAY)
    page, form = (reverse(f"lists:{name}", kwargs={"key": item.key}) for name in ("item", "propose"))
    assert form in cast.client("other_contact").get(page).content.decode()
    item = actions.change_item(actor=cast.actor("contact"), item=item, now=NOW, until=TODAY - timedelta(days=1))
    other = cast.client("other_contact")
    assert form not in other.get(page).content.decode()
    sent = {"organization": str(cast.second_firm.key), "amount": "1"}
    answer = other.post(form, sent)
    said = " ".join(answer.content.decode().split())
    assert answer.status_code == 422 and "可用时间到2026-03-08为止" in said
    with pytest.raises(rules.TimePast):
        proposed(cast, item, cast.second_firm)
    assert not Claim.objects.exists()
