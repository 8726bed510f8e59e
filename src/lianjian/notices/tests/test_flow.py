"""A document is written by one, reviewed by three others, published, changed, taken down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianjian.foundation import context
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.notices import actions, rules
from lianjian.notices.models import Document, Message, Opinion, Publication, Review
from lianjian.notices.queries import waiting
from lianjian.notices.tasks import publish
from lianjian.notices.tests.walk import TEXT, approve, draft, published, submit, with_reviewers
from tests.cast import NOW, TODAY, Cast

DAY = timedelta(days=1)


@pytest.fixture
def house(cast: Cast) -> Cast:
    return with_reviewers(cast)


def refresh(cast: Cast, document: Document, who: str = "clerk") -> Document:
    cast.actor(who)
    return Document.objects.select_related("issuer").get(pk=document.pk)


def test_three_persons_beside_the_writer_bring_it_out(house: Cast) -> None:
    document = submit(house, draft(house))
    assert document.state == rules.FIRST
    told = Message.objects.filter(kind="documents.review")
    house.actor("clerk")
    assert told.filter(user=house.users["clerk"]).exists() and not told.filter(user=house.users["handler"]).exists()
    assert [one.pk for one in waiting(house.actor("clerk"))] == [document.pk]
    document = approve(house, document, "clerk")
    assert document.state == rules.SECOND and not waiting(house.actor("clerk"))
    assert [one.pk for one in waiting(house.actor("editor"))] == [document.pk]
    document = approve(house, document, "editor")
    assert document.state == rules.FINAL
    document = approve(house, document, "leader")
    assert document.state == rules.PUBLISHED
    out = Publication.objects.get(document=document)
    assert (out.text, out.version, out.published_on, out.issuer) == (TEXT, 1, TODAY, house.office)
    stages = Review.objects.filter(document=document).order_by("pk").values_list("stage", "reviewer__username")
    assert list(stages) == [("first", "clerk"), ("second", "editor"), ("final", "leader")]
    house.actor("clerk")
    verbs = list(Entry.objects.filter(subject_key=document.key).order_by("pk").values_list("verb", flat=True))
    assert verbs == [f"documents.{word}" for word in ("start", "submit", *["approve"] * 3, "publish")]


def test_nobody_reviews_twice_or_the_own_work(house: Cast) -> None:
    own = submit(house, draft(house, "clerk"), "clerk")
    with pytest.raises(rules.OwnWork):
        approve(house, own, "clerk")
    document = approve(house, own, "editor")
    with pytest.raises(rules.SamePerson):
        approve(house, document, "editor")
    with pytest.raises(Denied):  # the right of the second review is not the clerk's
        approve(house, document, "other_handler")
    document = approve(house, document, "leader")
    with pytest.raises(rules.SamePerson):  # holds the right of the last review as well
        approve(house, document, "leader")
    assert approve(house, document, "chief").state == rules.PUBLISHED


def test_who_changed_a_word_is_a_writer(house: Cast) -> None:
    document = draft(house)
    document = actions.change_document(
        actor=house.actor("clerk"), document=document, now=NOW, title="关于成立家具产业党建联盟的通知"
    )
    document = submit(house, document)
    with pytest.raises(rules.OwnWork):
        approve(house, document, "clerk")
    assert approve(house, document, "editor").state == rules.SECOND


def test_a_change_after_a_review_begins_anew(house: Cast) -> None:
    document = approve(house, submit(house, draft(house)), "clerk")
    document = approve(house, document, "editor")
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text=f"{TEXT}改。")
    assert (document.state, document.digest) == (rules.DRAFT, "")
    with pytest.raises(rules.NotYourTurn):
        approve(house, document, "leader")
    document = submit(house, document)
    assert (document.state, document.round) == (rules.FIRST, 2)
    for who in ("clerk", "editor", "leader"):  # the same three may review the new text
        document = approve(house, document, who)
    assert Publication.objects.get(document=document).text == f"{TEXT}改。"


def test_a_file_after_a_review_begins_anew_too(house: Cast) -> None:
    document = approve(house, submit(house, draft(house)), "clerk")
    upload = SimpleUploadedFile("章程.txt", "一、名称".encode(), "text/plain")
    actions.attach_to_document(actor=house.actor("handler"), document=document, upload=upload, now=NOW)
    assert refresh(house, document).state == rules.DRAFT


def test_saying_the_same_again_changes_nothing(house: Cast) -> None:
    document = approve(house, submit(house, draft(house)), "clerk")
    same = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text=document.text)
    assert same.state == rules.SECOND


def test_what_is_approved_is_what_was_seen(house: Cast) -> None:
    document = submit(house, draft(house))
    seen = actions.seen_mark(document)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="别的")
    document = submit(house, document)
    with pytest.raises(rules.ChangedSinceSeen):
        actions.approve_document(actor=house.actor("clerk"), document=document, seen=seen, now=NOW)
    house.actor("clerk")
    Document.objects.filter(pk=document.pk).update(text="从后门改的")
    with pytest.raises(rules.ChangedSinceSeen):
        approve(house, document, "clerk")


def test_a_return_says_why_and_goes_to_the_writer(house: Cast) -> None:
    document = submit(house, draft(house))
    seen = actions.seen_mark(document)
    with pytest.raises(rules.ReasonNeeded):
        actions.return_document(actor=house.actor("clerk"), document=document, seen=seen, reason=" ", now=NOW)
    document = actions.return_document(
        actor=house.actor("clerk"), document=document, seen=seen, reason="缺成员名单", now=NOW
    )
    assert document.state == rules.RETURNED
    house.actor("handler")
    assert Message.objects.get(kind="documents.returned", user=house.users["handler"]).text == "缺成员名单"
    assert submit(house, document).state == rules.FIRST


@pytest.mark.parametrize(
    "number", ["360428198001011239", "360428 19800101 1239", "36042819800101123X", "3 6042819800101 1239"]
)
def test_an_identity_number_stops_it(house: Cast, number: str) -> None:
    document = draft(house, text=f"第一行\n联系人张某,身份证 {number}。")
    with pytest.raises(rules.IdentityInText) as refusal:
        submit(house, document)
    assert "正文第 2 行" in str(refusal.value) and "1980" not in str(refusal.value)
    document = actions.hide_numbers(actor=house.actor("handler"), document=document, now=NOW)
    assert "19800101" not in document.text.replace(" ", "")
    assert submit(house, document).state == rules.FIRST


def test_one_number_one_document(house: Cast) -> None:
    first = draft(house, number="柳企办发[2026]第03号")
    assert first.number == "柳企办发〔2026〕3号"
    with pytest.raises(rules.NumberTaken):
        draft(house, number="柳企办发〔2026〕3号")
    actions.drop_document(actor=house.actor("handler"), document=first, now=NOW)
    assert draft(house, number="柳企办发〔2026〕3号").state == rules.DRAFT
    assert draft(house, "clerk", number="柳企办发〔2026〕3号").state == rules.DRAFT  # another issuer's


def test_an_empty_one_is_not_reviewed(house: Cast) -> None:
    with pytest.raises(rules.NothingWritten):
        submit(house, draft(house, text=" "))


def test_it_comes_out_on_its_day(house: Cast) -> None:
    document = submit(house, draft(house, publish_on=TODAY + DAY))
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who)
    assert document.state == rules.READY
    with pytest.raises(rules.DayNotReached):
        actions.publish_document(actor=house.actor("chief"), document=document, now=NOW)
    document = actions.publish_document(actor=house.system(), document=document, now=NOW + DAY)
    assert (document.state, Publication.objects.get(document=document).published_on) == (rules.PUBLISHED, TODAY + DAY)


def test_the_job_publishes_what_is_due(house: Cast) -> None:
    document = submit(house, draft(house, publish_on=TODAY + DAY))
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who)
    context.leave()
    publish.run_job(jurisdiction_id=house.town.pk)  # type: ignore[attr-defined]
    publish.run_job(jurisdiction_id=house.town.pk)  # type: ignore[attr-defined]
    assert refresh(house, document).state == rules.PUBLISHED
    assert Publication.objects.filter(document=document).count() == 1


def test_a_new_version_leaves_the_old_readable(house: Cast) -> None:
    upload = SimpleUploadedFile("章程.txt", "第一版".encode(), "text/plain")
    document = draft(house)
    actions.attach_to_document(actor=house.actor("handler"), document=document, upload=upload, now=NOW)
    document = submit(house, refresh(house, document, "handler"))
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="第二版")
    assert (document.state, document.version) == (rules.DRAFT, 2)
    out = Publication.objects.get(document=document)
    assert out.text == TEXT and out.replaced_at is None and out.bundle_id not in (None, document.bundle_id)
    document = submit(house, document)
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who, now=NOW + DAY)
    versions = Publication.objects.filter(document=document).order_by("version")
    assert [(one.text, one.replaced_at is None) for one in versions] == [(TEXT, False), ("第二版", True)]


def test_a_narrower_new_version_narrows_the_old(house: Cast) -> None:
    document = published(house, audience="public")
    document = actions.change_document(
        actor=house.actor("handler"), document=document, now=NOW, audience="place", text="内部"
    )
    document = submit(house, document)
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who)
    assert set(Publication.objects.values_list("audience", flat=True)) == {"place"}
    document = actions.change_document(
        actor=house.actor("handler"), document=document, now=NOW, audience="public", text="又公开"
    )
    document = submit(house, document)
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who)
    rows = Publication.objects.order_by("version").values_list("audience", flat=True)
    assert list(rows) == ["place", "place", "public"]  # what was internal stays so


def test_taken_down_is_gone_and_says_so(house: Cast) -> None:
    document = published(house)
    with pytest.raises(rules.ReasonNeeded):
        actions.take_down(actor=house.actor("clerk"), document=document, ground="wrong", reason="", now=NOW)
    with pytest.raises(Denied):
        actions.take_down(actor=house.actor("handler"), document=document, ground="wrong", reason="错", now=NOW)
    document = actions.take_down(
        actor=house.actor("clerk"), document=document, ground="privacy", reason="误放了名单", now=NOW
    )
    out = Publication.objects.get(document=document)
    assert (out.text, out.title, out.down_ground) == ("", "", "privacy")
    assert document.state == rules.DOWN and document.withheld["1"]["text"] == TEXT
    with pytest.raises(rules.NotPublished):
        actions.take_down(actor=house.actor("clerk"), document=document, ground="wrong", reason="再来", now=NOW)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="改正")
    assert (document.version, document.state) == (2, rules.DRAFT)
    document = actions.drop_document(actor=house.actor("handler"), document=document, now=NOW)
    assert (document.version, document.state, document.text) == (1, rules.DOWN, TEXT)


def test_a_dropped_new_version_leaves_what_is_out(house: Cast) -> None:
    document = published(house)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="第二版")
    document = actions.drop_document(actor=house.actor("handler"), document=document, now=NOW)
    assert (document.state, document.text, document.version) == (rules.PUBLISHED, TEXT, 1)
    with pytest.raises(rules.NotOpen):
        actions.drop_document(actor=house.actor("handler"), document=document, now=NOW)


def test_firms_are_asked_about_a_draft(house: Cast) -> None:
    document = draft(house, kind="policy", audience="place")
    asked = actions.consult(
        actor=house.actor("handler"), document=document, organizations=[house.firm, house.other_firm], now=NOW
    )
    with pytest.raises(rules.AlreadyAsked):
        actions.consult(actor=house.actor("handler"), document=document, organizations=[house.firm], now=NOW)
    contact = house.actor("contact")
    assert Message.objects.filter(kind="documents.consult", user=house.users["contact"]).exists()
    assert [one.pk for one in Document.objects.visible_to(contact)] == [document.pk]
    assert [one.pk for one in Opinion.objects.visible_to(contact)] == [asked[0].pk]
    assert not Document.objects.visible_to(house.actor("other_contact")).exists()
    mine = actions.answer_opinion(actor=house.actor("contact"), opinion=asked[0], stance="amend", text="补贴太少", now=NOW)
    with pytest.raises(rules.AlreadyAnswered):
        actions.answer_opinion(actor=house.actor("contact"), opinion=mine, stance="agree", text="", now=NOW)
    with pytest.raises(Denied):  # another firm's word is not this contact's
        actions.answer_opinion(actor=house.actor("contact"), opinion=asked[1], stance="agree", text="", now=NOW)
    with pytest.raises(rules.OpinionsOpen):
        submit(house, document)
    with pytest.raises(rules.NotAnswered):
        actions.settle_opinion(actor=house.actor("handler"), opinion=asked[1], outcome="taken", now=NOW)
    with pytest.raises(rules.ReasonNeeded):
        actions.settle_opinion(actor=house.actor("handler"), opinion=mine, outcome="not_taken", now=NOW)
    actions.settle_opinion(actor=house.actor("handler"), opinion=mine, outcome="taken", now=NOW)
    assert submit(house, document).state == rules.FIRST


def test_about_records_that_can_be_seen(house: Cast) -> None:
    from lianjian.notices.models import reference

    document = published(house)
    for wrong in ("alliances.alliance:none", f"cases.case:{house.firm.key}", f"directory.organization:{document.key}"):
        with pytest.raises(rules.NoSuchSubject):
            actions.link_document(actor=house.actor("handler"), document=document, subject=wrong, now=NOW)
    named = reference(house.village)
    document = actions.link_document(actor=house.actor("handler"), document=document, subject=named, now=NOW)
    assert Publication.objects.get(document=document).subjects == [named] and document.state == rules.PUBLISHED
    document = actions.unlink_document(actor=house.actor("handler"), document=document, subject=named, now=NOW)
    assert document.subjects == []


def test_another_town_writes_nothing_here(house: Cast) -> None:
    document = published(house)
    acts: list[Any] = [
        lambda actor: actions.change_document(actor=actor, document=document, now=NOW, text="x"),
        lambda actor: actions.take_down(actor=actor, document=document, ground="wrong", reason="x", now=NOW),
        lambda actor: actions.drop_document(actor=actor, document=document, now=NOW),
    ]
    for act in acts:
        for who in ("other_clerk", "county_clerk"):
            with pytest.raises(Denied):
                act(house.actor(who))


def test_a_town_without_enough_hands_is_told(cast: Cast) -> None:
    from lianjian.notices.queries import document_page, find_document

    document = submit(cast, draft(cast, "clerk"), "clerk")  # the cast has no reviewer besides the clerk
    clerk = cast.actor("clerk")
    held, out = find_document(clerk, document.key)
    assert any("没有能办初审的人" in note for note in document_page(clerk, held, out, None, TODAY).notes)
    with_reviewers(cast)
    clerk = cast.actor("clerk")
    held, out = find_document(clerk, document.key)
    assert document_page(clerk, held, out, None, TODAY).notes == []


def test_documents_about_a_merged_firm_are_its_winners(house: Cast) -> None:
    from lianjian.directory.actions import merge_organizations
    from lianjian.foundation import registry
    from lianjian.notices.models import reference

    published(house, "clerk", about=[reference(house.second_firm)], title="帮扶计划")
    merge_organizations(actor=house.actor("clerk"), winner=house.firm, loser=house.second_firm, now=NOW)
    panels = registry.panels("directory.organization", house.actor("clerk"), house.firm, NOW)
    shown = [context for template, context in panels if template == "notices/_documents.html"]
    assert [row[0] for row in shown[0]["out"]] == ["帮扶计划"]


def test_the_number_of_a_dropped_version_is_not_used_again(house: Cast) -> None:
    document = published(house)
    for words in ("第二版", "第三版"):
        document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text=words)
        document = approve(house, submit(house, document), "clerk")
        document = actions.drop_document(actor=house.actor("handler"), document=document, now=NOW)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="第四版")
    assert document.version == 4
    for reviewer in ("clerk", "editor", "chief"):
        document = approve(house, submit(house, document) if reviewer == "clerk" else document, reviewer)
    house.actor("clerk")
    assert document.state == rules.PUBLISHED and sorted(
        Publication.objects.values_list("version", flat=True)
    ) == [1, 4]


def test_a_take_down_sends_a_version_under_review_back(house: Cast) -> None:
    document = published(house)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="第二版")
    document = approve(house, submit(house, document), "clerk")
    document = actions.take_down(
        actor=house.actor("chief"), document=document, ground=rules.PRIVACY, reason="有住址", now=NOW
    )
    assert (document.state, document.digest) == (rules.RETURNED, "")
    with pytest.raises(rules.Refused):
        approve(house, document, "editor")
