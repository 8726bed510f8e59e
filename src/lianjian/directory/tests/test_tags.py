"""Tags of an office: a dated list with its documents, one of an exclusive group at a time, measures of a class."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.directory import actions
from lianjian.directory.actions.organizations import AlreadyEnded
from lianjian.directory.models import Organization, Tag, Tagging, TagMeasure, TagScheme
from lianjian.directory.rules import tags as rules
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, TODAY, Cast

PAPER = "柳委发〔2026〕5号"
FIRST = date(2026, 1, 1)


def scheme(cast: Cast, name: str = "四类村", *, exclusive: bool = True, kinds: tuple[str, ...] = ("village",)) -> TagScheme:
    return actions.add_tag_scheme(
        actor=cast.actor("clerk"), name=name, kinds=kinds, exclusive=exclusive, now=NOW
    )


def tag(cast: Cast, group: TagScheme, name: str) -> Tag:
    return actions.add_tag(actor=cast.actor("clerk"), scheme=group, name=name, now=NOW)


def give(cast: Cast, what: Tag, body: Organization | None = None, **more: Any) -> Tagging:
    given = {"since": FIRST, "document": PAPER, "now": NOW, **more}
    return actions.set_tag(actor=cast.actor("clerk"), organization=body or cast.village, tag=what, **given)


def names_on(cast: Cast, day: date) -> list[str]:
    rows = Tagging.objects.on(day).filter(organization=cast.village).order_by("tag__name")
    return list(rows.values_list("tag__name", flat=True))


def test_a_village_has_one_class_at_a_time_and_past_days_keep_theirs(cast: Cast) -> None:
    """Checklist 004-83."""
    group = scheme(cast)
    weak, better = tag(cast, group, "薄弱村"), tag(cast, group, "较好村")
    give(cast, weak, since=SINCE)
    give(cast, better)
    assert names_on(cast, FIRST - timedelta(days=1)) == ["薄弱村"]
    assert names_on(cast, FIRST) == ["较好村"] == names_on(cast, TODAY)
    with pytest.raises(rules.AlreadyTagged):
        give(cast, better, since=TODAY)
    with pytest.raises(rules.SlotTaken):
        give(cast, weak, since=SINCE + timedelta(days=3))
    with pytest.raises(rules.SlotTaken):  # with an end nobody knows what holds after it
        give(cast, weak, since=TODAY, until=TODAY + timedelta(days=9))
    with pytest.raises(IntegrityError, match="one_tag_of_a_slot_at_a_time"), transaction.atomic():
        Tagging.objects.create(
            jurisdiction=cast.town, organization=cast.village, tag=weak, slot=weak.slot, since=TODAY, document=PAPER
        )
    with pytest.raises(IntegrityError, match="tagging_has_the_slot_of_its_tag"), transaction.atomic():
        Tagging.objects.create(
            jurisdiction=cast.town, organization=cast.village, tag=weak, slot=weak.pk, since=TODAY, document=PAPER
        )


def test_tags_of_an_open_group_stand_beside_each_other(cast: Cast) -> None:
    """Checklist 002-40 and 000-20."""
    group = scheme(cast, "重点名单", exclusive=False, kinds=())
    key, strong = tag(cast, group, "集体经济重点村"), tag(cast, group, "三强战略重点企业")
    give(cast, key)
    give(cast, strong)
    give(cast, strong, cast.firm)
    assert names_on(cast, TODAY) == ["三强战略重点企业", "集体经济重点村"]
    with pytest.raises(rules.AlreadyTagged):
        give(cast, key, since=TODAY)


def test_what_may_not_be_tagged_is_refused_in_words(cast: Cast) -> None:
    weak = tag(cast, scheme(cast), "薄弱村")
    with pytest.raises(rules.WrongKind, match="四类村"):
        give(cast, weak, cast.firm)
    with pytest.raises(rules.DocumentMissing):
        give(cast, weak, document=" ")
    with pytest.raises(rules.EndsBefore):
        give(cast, weak, until=FIRST)
    actions.change_organization(actor=cast.actor("clerk"), organization=cast.village, founded_on=TODAY, now=NOW)
    with pytest.raises(rules.BeforeFounded):
        give(cast, weak)
    with pytest.raises(Denied):
        actions.set_tag(
            actor=cast.actor("county_clerk"), organization=cast.village, tag=weak, since=TODAY, document=PAPER, now=NOW
        )
    with pytest.raises(Denied):
        actions.add_tag(actor=cast.actor("other_clerk"), scheme=weak.scheme, name="别的", now=NOW)
    with pytest.raises(rules.NotYourTag):
        actions.set_tag(
            actor=cast.actor("other_clerk"), organization=cast.other_firm, tag=weak, since=TODAY, document=PAPER, now=NOW
        )
    clerk = cast.actor("clerk")
    actions.retire_tag(actor=clerk, tag=weak, now=NOW)
    with pytest.raises(rules.TagRetired):
        give(cast, weak, since=TODAY)
    actions.retire_tag(actor=clerk, tag=weak, again=True, now=NOW)
    actions.dissolve_organization(actor=clerk, organization=cast.village, on=TODAY, now=NOW)
    with pytest.raises(AlreadyEnded):
        give(cast, weak, since=TODAY)


def test_the_tags_of_the_county_are_used_by_its_towns(cast: Cast) -> None:
    county = cast.actor("county_clerk")
    group = actions.add_tag_scheme(actor=county, name="县级重点名单", now=NOW)
    key = actions.add_tag(actor=county, scheme=group, name="集体经济重点村", now=NOW)
    give(cast, key)
    page = cast.client("clerk").get(reverse("directory:set_tag", kwargs={"key": cast.firm.key})).content.decode()
    assert "集体经济重点村" in page
    # The town reads them and does not change them.
    assert cast.client("clerk").get(reverse("directory:add_tag", kwargs={"key": group.key})).status_code == 404
    assert cast.client("clerk").post(reverse("directory:retire_tag", kwargs={"key": key.key})).status_code == 404
    assert cast.client("clerk").get(reverse("directory:tag", kwargs={"key": key.key})).status_code == 200


def test_measures_of_a_class_stand_on_the_page_of_the_village(cast: Cast) -> None:
    group = scheme(cast)
    weak, better = tag(cast, group, "薄弱村"), tag(cast, group, "较好村")
    clerk = cast.actor("clerk")
    measure = actions.add_measure(
        actor=clerk, tag=weak, text="县直单位包抓,选派第一书记。", document="云委办〔2026〕9号", since=FIRST, now=NOW
    )
    actions.add_measure(actor=clerk, tag=better, text="示范带动周边村。", document="云委办〔2026〕9号", since=FIRST, now=NOW)
    give(cast, weak)
    page = cast.village.get_absolute_url()
    body = cast.client("clerk").get(page).content.decode()
    assert "薄弱村" in body and "选派第一书记" in body and "云委办〔2026〕9号" in body and PAPER in body
    assert "示范带动" not in body
    actions.end_measure(actor=cast.actor("clerk"), measure=measure, until=TODAY, now=NOW)
    assert "选派第一书记" not in cast.client("clerk").get(page).content.decode()
    give(cast, better, since=TODAY)
    body = cast.client("other_clerk").get(page).content.decode()
    assert "示范带动" in body and "其他时间的标签" in body
    assert cast.client("other_clerk").get(better.get_absolute_url()).status_code == 200  # as the page leads there
    assert TagMeasure.objects.count() == 2


def test_the_office_keeps_groups_tags_and_measures_by_its_pages(cast: Cast) -> None:
    clerk = cast.client("clerk")
    assert "还没有标签" in clerk.get(reverse("directory:tags")).content.decode()
    new = reverse("directory:add_tag_scheme")
    assert clerk.post(new, {"name": "四类村", "kinds": ["village"], "exclusive": "on"}).status_code == 303
    assert clerk.post(new, {"name": "四类村"}).status_code == 422
    cast.actor("clerk")
    group = TagScheme.objects.get()
    assert group.exclusive and group.kinds == ["village"]
    change = reverse("directory:change_tag_scheme", kwargs={"key": group.key})
    assert clerk.post(change, {"name": "村分类", "about": "因村施策", "kinds": ["village"]}).status_code == 303
    more = reverse("directory:add_tag", kwargs={"key": group.key})
    assert clerk.post(more, {"name": "脱贫村", "document": PAPER}).status_code == 303
    assert clerk.post(more, {"name": "脱贫村"}).status_code == 422
    cast.actor("clerk")
    group.refresh_from_db()
    assert group.exclusive and group.name == "村分类"
    held = Tag.objects.get()
    measure = reverse("directory:add_measure", kwargs={"key": held.key})
    sent = {"text": "防返贫监测", "document": "云委办〔2026〕9号", "since": "2026-01-01"}
    assert clerk.post(measure, {**sent, "document": ""}).status_code == 422
    assert clerk.post(measure, sent).status_code == 303
    cast.actor("clerk")
    row = TagMeasure.objects.get()
    mend = reverse("directory:change_measure", kwargs={"key": row.key})
    assert clerk.post(mend, {"text": "防返贫动态监测", "document": PAPER}).status_code == 303
    assert "防返贫动态监测" in clerk.get(held.get_absolute_url()).content.decode()
    stop = reverse("directory:end_measure", kwargs={"key": row.key})
    assert clerk.post(stop, {"until": "2025-01-01"}).status_code == 422
    assert clerk.post(stop, {"until": "2026-02-01"}).status_code == 303
    assert "以往的措施" in clerk.get(held.get_absolute_url()).content.decode()
    assert clerk.post(reverse("directory:retire_tag", kwargs={"key": held.key})).status_code == 303
    assert "已停用" in clerk.get(reverse("directory:tags")).content.decode()
    for who in ("handler", "contact", "village"):
        assert cast.client(who).get(reverse("directory:tags")).status_code == 200
        assert cast.client(who).get(new).status_code == 403, who


def test_a_tag_is_given_ended_and_withdrawn_on_the_page(cast: Cast) -> None:
    weak = tag(cast, scheme(cast), "薄弱村")
    clerk = cast.client("clerk")
    url = reverse("directory:set_tag", kwargs={"key": cast.village.key})
    sent = {"tag": str(weak.key), "since": "2026-01-01", "document": PAPER}
    assert clerk.post(url, {**sent, "tag": ""}).status_code == 422
    assert clerk.post(url, {**sent, "document": ""}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    assert clerk.post(url, sent).status_code == 422
    cast.actor("clerk")
    held = Tagging.objects.get()
    end = reverse("directory:end_tag", kwargs={"key": held.key})
    assert clerk.post(end, {"how": "end", "until": "", "reason": "调整"}).status_code == 422
    assert clerk.post(end, {"how": "end", "until": "2025-12-01", "reason": "调整"}).status_code == 422
    assert clerk.post(end, {"how": "end", "until": "2026-02-01", "reason": ""}).status_code == 422
    assert clerk.post(end, {"how": "end", "until": "2026-02-01", "reason": "调整"}).status_code == 303
    assert clerk.post(end, {"how": "end", "until": "2026-03-01", "reason": "调整"}).status_code == 422
    cast.actor("clerk")
    held.refresh_from_db()
    assert held.until == date(2026, 2, 1)
    assert cast.client("other_clerk").get(end).status_code == 403
    assert clerk.post(end, {"how": "withdraw", "reason": "登记错了"}).status_code == 303
    cast.actor("clerk")
    assert not Tagging.objects.exists()
    assert Entry.objects.filter(verb="directory.drop_tag").count() == 1
    assert cast.client("other_clerk").get(end).status_code == 404


def test_a_class_that_was_withdrawn_gives_back_the_one_before(cast: Cast) -> None:
    group = scheme(cast)
    weak, better, other = (tag(cast, group, name) for name in ("薄弱村", "较好村", "脱贫村"))
    give(cast, weak, since=SINCE)
    wrong = give(cast, better)
    give(cast, other, since=TODAY)
    clerk = cast.client("clerk")
    end = reverse("directory:end_tag", kwargs={"key": wrong.key})
    answer = clerk.post(end, {"how": "withdraw", "reason": "登记错了"}, follow=True)
    assert "原来的“薄弱村”恢复有效" in answer.content.decode()
    cast.actor("clerk")
    assert names_on(cast, FIRST) == ["薄弱村"] and names_on(cast, TODAY) == ["脱贫村"]
    # Of an open group nothing takes another's place, so nothing comes back.
    key = tag(cast, scheme(cast, "重点名单", exclusive=False), "重点联系")
    give(cast, key, since=SINCE, until=FIRST)
    again = give(cast, key)
    assert actions.drop_tag(actor=cast.actor("clerk"), tagging=again, reason="登记错了", now=NOW) is None
    assert names_on(cast, FIRST) == ["薄弱村"]
    with pytest.raises(rules.TagWithdrawn):
        actions.drop_tag(actor=cast.actor("clerk"), tagging=wrong, reason="又一次", now=NOW)


def test_the_button_does_what_it_says_although_another_was_quicker(cast: Cast) -> None:
    weak = tag(cast, scheme(cast), "薄弱村")
    clerk, url = cast.client("clerk"), reverse("directory:retire_tag", kwargs={"key": weak.key})
    assert 'name="do" value="retire"' in clerk.get(weak.get_absolute_url()).content.decode()
    for do, retired in (("retire", True), ("retire", True), ("again", False), ("again", False)):
        assert clerk.post(url, {"do": do}).status_code == 303
        cast.actor("clerk")
        weak.refresh_from_db()
        assert (weak.retired_on is not None) is retired


def test_many_are_tagged_at_once_and_each_refusal_is_told(cast: Cast) -> None:
    weak = tag(cast, scheme(cast, exclusive=False, kinds=("village", "enterprise")), "重点联系")
    give(cast, weak, cast.firm)
    cast.actor("clerk")
    clerk = cast.client("clerk")
    url = f"{reverse('directory:assign_tag')}?state=enterprise"
    page = clerk.get(url).content.decode()
    assert cast.firm.name in page and cast.second_firm.name in page
    assert cast.other_firm.name not in page and cast.village.name not in page
    sent = {
        "tag": str(weak.key), "since": "2026-01-01", "document": PAPER,
        "organizations": [str(cast.firm.key), str(cast.second_firm.key)],
    }  # fmt: skip
    assert clerk.post(url, {**sent, "organizations": []}).status_code == 422
    assert clerk.post(url, {**sent, "organizations": [str(cast.other_firm.key)]}).status_code == 422
    before = Entry.objects.count()
    answer = clerk.post(url, sent)
    body = answer.content.decode()
    assert answer.status_code == 200 and "已把1个组织认定为“重点联系”" in body
    assert cast.firm.name in body and "已认定为" in body
    cast.actor("clerk")
    assert Entry.objects.filter(verb="directory.set_tags").count() == 1
    assert Entry.objects.count() == before + 1
    assert Tagging.objects.filter(organization=cast.second_firm).get().document == PAPER
    # The register is narrowed by it, and says how many it shows.
    listed = clerk.get(f"{reverse('directory:organizations')}?tag={weak.key}").content.decode()
    assert cast.firm.name in listed and cast.second_firm.name in listed and cast.village.name not in listed
    assert "给筛选出的组织认定标签" in listed


def test_the_list_of_holders_is_that_of_its_day(cast: Cast) -> None:
    weak = tag(cast, scheme(cast, exclusive=False, kinds=()), "重点联系")
    give(cast, weak, cast.village, since=SINCE, until=FIRST)
    give(cast, weak, cast.firm)
    clerk = cast.client("clerk")
    url = f"{reverse('directory:taggings')}?tag={weak.key}"
    then = clerk.get(f"{url}&day=2025-06-01").content.decode()
    now = clerk.get(f"{url}&day={TODAY}").content.decode()
    assert cast.village.name in then and cast.firm.name not in then
    assert cast.firm.name in now and cast.village.name not in now
    assert cast.firm.name not in clerk.get(f"{url}&day=gestern").content.decode()
    assert "现有 1 个" in clerk.get(weak.get_absolute_url()).content.decode()


def test_random_histories_equal_the_story_told_day_by_day(cast: Cast) -> None:
    """What holds on each day is the last tag given before it; a refused one changes nothing."""
    group = scheme(cast)
    names = [tag(cast, group, name) for name in ("薄弱村", "较好村", "有条件村", "脱贫村")]
    dice = Random(83)
    actor = cast.actor("clerk")
    for _history in range(40):
        told: list[tuple[date, str]] = []
        with transaction.atomic():
            for _step in range(5):
                what, since = dice.choice(names), SINCE + timedelta(days=dice.randrange(40))
                last = told[-1] if told else None
                try:
                    actions.set_tag(
                        actor=actor, organization=cast.village, tag=what, since=since, document=PAPER, now=NOW
                    )
                except (rules.AlreadyTagged, rules.SlotTaken):
                    assert last is not None and (since <= last[0] or what.name == last[1])
                    continue
                assert last is None or (since > last[0] and what.name != last[1])
                told.append((since, what.name))
            for number in range(45):
                day = SINCE + timedelta(days=number)
                meant = [name for since, name in told if since <= day][-1:]
                assert names_on(cast, day) == meant
            transaction.set_rollback(True)


def test_a_merged_organization_keeps_one_class_a_day(cast: Cast) -> None:
    group = scheme(cast, kinds=("enterprise",))
    weak, better = tag(cast, group, "甲类"), tag(cast, group, "乙类")
    give(cast, weak, cast.firm, since=SINCE)
    give(cast, better, cast.second_firm, since=SINCE - timedelta(days=30))
    actions.merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=cast.second_firm, now=NOW)
    rows = Tagging.objects.filter(organization=cast.firm).order_by("since").values_list("tag__name", "since", "until")
    assert list(rows) == [("乙类", SINCE - timedelta(days=30), SINCE), ("甲类", SINCE, None)]
