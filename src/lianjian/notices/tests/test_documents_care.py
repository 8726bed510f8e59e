"""Persons behind accounts, numbers in names and files, forms on older words, and what the night did not publish."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from lianjian.accounts.models import User
from lianjian.directory import actions as directory
from lianjian.directory.models import Grant, Person
from lianjian.files.models import File
from lianjian.foundation import clock, context
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.rights import Denied
from lianjian.notices import actions, rules
from lianjian.notices.models import Document, Message, Opinion, Publication, Review
from lianjian.notices.queries import document_url, waiting
from lianjian.notices.queries.checks import contents
from lianjian.notices.queries.people import accounts_of, holders, reviewers_of, speakers
from lianjian.notices.tasks import publish
from lianjian.notices.tests.walk import TEXT, approve, draft, submit, with_reviewers
from tests.cast import NOW, SINCE, Cast

DAY = timedelta(days=1)
NUMBER = "360428198001011239"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def house(cast: Cast) -> Cast:
    return with_reviewers(cast)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def _account(cast: Cast, account: str, name: str, role: str = "reviewer", **more: Any) -> User:
    """One more account in the town; with `more`, of a registered person."""
    cast.system()
    user = User.objects.create(username=account, name=name, password="!")
    Grant.objects.create(
        jurisdiction=cast.town, user=user, role=role, organization=cast.town_root, since=SINCE
    )
    if more:
        directory.register_person(
            actor=cast.system(), jurisdiction_id=cast.town.pk, name=name, user=user, now=NOW, **more
        )
    cast.users[account] = user
    return user


def _may(cast: Cast, who: str, document: Document) -> bool:
    """By the list, by the messages and by the verb: all three say the same."""
    listed = waiting(cast.actor(who)).filter(pk=document.pk).exists()
    assert listed is (cast.users[who].pk in reviewers_of(document))
    try:
        approve(cast, document, who)
    except (rules.OwnWork, rules.SamePerson):
        assert not listed
        return False
    assert listed
    return True


def test_another_account_of_the_writer_does_not_review(house: Cast) -> None:
    """By the same name while nothing tells two persons apart."""
    _account(house, "second_account", "严明")
    document = submit(house, draft(house))
    assert not _may(house, "second_account", document)
    shown = house.client("second_account").get(document_url(document.key))
    assert "documents/" in said(shown) and "/review" not in said(shown)
    document = approve(house, Document.objects.get(pk=document.pk), "clerk")
    assert document.state == rules.SECOND


def test_two_persons_of_one_name_are_told_apart_by_what_is_registered(house: Cast) -> None:
    house.system()
    Person.objects.filter(pk=house.people["handler"].pk).delete()
    directory.register_person(
        actor=house.system(), jurisdiction_id=house.town.pk, name="严明", user=house.users["handler"],
        phone="13800001234", now=NOW,
    )  # fmt: skip
    _account(house, "namesake", "严明", phone="13900001234")
    document = submit(house, draft(house))
    assert _may(house, "namesake", document)


def test_an_identity_number_tells_persons_apart_and_together(house: Cast) -> None:
    """One name and two numbers are two persons; one number is one person, whatever the names of the accounts."""
    _account(house, "namesake", "何静", phone="13900005678")
    marks = {house.users["clerk"].pk: "one", house.users["namesake"].pk: "two"}
    for user, mark in marks.items():
        Person.objects.filter(user=user).update(identity_blind=mark)
    document = approve(house, submit(house, draft(house)), "clerk")
    assert _may(house, "namesake", document)
    house.actor("county_clerk")  # reads town and county: in each a record of the same person
    both = (house.county.pk, house.town.pk)
    with context.jurisdictions(both, both):
        Person.objects.filter(user=house.users["county_leader"]).update(identity_blind="one")
        found = set(accounts_of([house.users["clerk"].pk]).values_list("username", flat=True))
    assert found == {"clerk", "county_leader"}


def test_two_accounts_of_one_person_are_one_of_the_three(house: Cast) -> None:
    _account(house, "second_clerk", "何静")
    document = approve(house, submit(house, draft(house)), "clerk")
    assert not _may(house, "second_clerk", document)
    assert Review.objects.filter(document=document).count() == 1
    assert _may(house, "editor", document)


@pytest.mark.parametrize("where", ["number", "name"])
def test_numbers_of_persons_in_the_number_and_in_names_of_files(house: Cast, where: str) -> None:
    document = draft(house, number=NUMBER if where == "number" else "")
    if where == "name":
        upload = SimpleUploadedFile(f"张某{NUMBER}.txt", "一".encode(), "text/plain")
        actions.attach_to_document(actor=house.actor("handler"), document=document, upload=upload, now=NOW)
        document = Document.objects.get(pk=document.pk)
    refusal = rules.IdentityInText if where == "number" else rules.IdentityInFile
    with pytest.raises(refusal) as found:
        submit(house, document)
    assert "1980" not in str(found.value) and ("文号" if where == "number" else "文件名") in str(found.value)
    context.leave()
    shown = said(house.client("handler").get(document_url(document.key)))
    assert "必须隐去" in shown and ("文号" if where == "number" else "附件的文件名") in shown
    if where == "number":
        document = actions.hide_numbers(actor=house.actor("handler"), document=document, now=NOW)
        assert "1980" not in document.number and submit(house, document).state == rules.FIRST


def _office(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


RUNS = f"<w:p><w:r><w:t>身份证{NUMBER[:6]}</w:t></w:r><w:r><w:t>{NUMBER[6:]}</w:t></w:r></w:p>"
FILES = {
    "名单.txt": ("text/plain", f"张某\n身份证 {NUMBER}\n".encode()),
    "旧编码.txt": ("text/plain", f"张某身份证{NUMBER}".encode("gb18030")),
    "名单.docx": (WORD, _office({"word/document.xml": f"<w:document>{RUNS}</w:document>"})),
    "名单.xlsx": (
        SHEET,
        _office({"xl/workbook.xml": "<w/>", "xl/sharedStrings.xml": f"<sst><si><t>{NUMBER}</t></si></sst>"}),
    ),
}
CLEAN = {
    # Two cells side by side make no number, and a serial number is none.
    "数字.xlsx": (
        SHEET,
        _office({"xl/workbook.xml": "<w/>", "xl/sharedStrings.xml": f"<si>{NUMBER[:9]}</si><si>{NUMBER[9:]}</si>"}),
    ),
    "正常.txt": ("text/plain", "编号 123456789012345678901234567890".encode()),
}


@pytest.mark.parametrize("name", [*FILES, *CLEAN])
def test_identity_numbers_in_files_stop_it_at_submission(house: Cast, name: str) -> None:
    media, content = {**FILES, **CLEAN}[name]
    document = draft(house)
    upload = SimpleUploadedFile(name, content, media)
    file = actions.attach_to_document(actor=house.actor("handler"), document=document, upload=upload, now=NOW)
    document = Document.objects.get(pk=document.pk)
    if name in CLEAN:
        assert submit(house, document).state == rules.FIRST
        return
    with pytest.raises(rules.IdentityInFile, match=name) as found:
        submit(house, document)
    assert "1980" not in str(found.value)
    actions.remove_from_document(
        actor=house.actor("handler"), document=document, file=File.objects.get(pk=file.pk), now=NOW
    )
    assert submit(house, Document.objects.get(pk=document.pk)).state == rules.FIRST


def _change_form(browser: Any, home: str) -> dict[str, str]:
    shown = said(browser.get(f"{home}/change"))
    mark = shown.split('name="shown" value="')[1].split('"')[0]
    return {"shown": mark, "kind": "notice", "title": "甲的标题", "text": "甲的正文", "made_on": "2026-03-09", "audience": "public"}


def test_a_form_of_change_on_older_words_is_refused_and_loses_nothing(house: Cast) -> None:
    document = draft(house)
    context.leave()
    browser, home = house.client("handler"), document_url(document.key)
    form = _change_form(browser, home)
    actions.change_document(actor=house.actor("clerk"), document=document, now=NOW, text="乙的正文")
    context.leave()
    answer = browser.post(f"{home}/change", form)
    shown = said(answer)
    assert answer.status_code == 422 and "您填写的时候,别人改了:正文" in shown
    assert "甲的正文" in shown and "甲的标题" in shown and "乙的正文" in shown  # typed, and what stands there now
    house.actor("clerk")
    assert Document.objects.get(pk=document.pk).text == "乙的正文"
    again = {**form, "shown": shown.split('name="shown" value="')[1].split('"')[0]}
    assert browser.post(f"{home}/change", again).status_code == 303
    house.actor("clerk")
    assert Document.objects.get(pk=document.pk).text == "甲的正文"


def test_a_form_opened_on_a_draft_does_not_void_reviews_unseen(house: Cast) -> None:
    document = draft(house)
    context.leave()
    browser, home = house.client("handler"), document_url(document.key)
    form = _change_form(browser, home)
    approve(house, submit(house, document), "clerk")
    context.leave()
    answer = browser.post(f"{home}/change", form)
    assert answer.status_code == 422 and "别人改了" in said(answer) and "文件正在审核" in said(answer)
    house.actor("clerk")
    assert Document.objects.get(pk=document.pk).state == rules.SECOND
    # A file hung on it meanwhile is no other word.
    other = draft(house)
    context.leave()
    form = _change_form(browser, document_url(other.key))
    upload = SimpleUploadedFile("章程.txt", "一".encode(), "text/plain")
    actions.attach_to_document(actor=house.actor("handler"), document=other, upload=upload, now=NOW)
    context.leave()
    assert browser.post(f"{document_url(other.key)}/change", form).status_code == 303


def test_a_review_of_older_words_is_made_anew_on_the_new_ones(house: Cast) -> None:
    document = submit(house, draft(house))
    old = actions.seen_mark(document)
    document = actions.change_document(actor=house.actor("handler"), document=document, now=NOW, text="新的正文")
    document = submit(house, document)
    context.leave()
    browser, address = house.client("clerk"), f"{document_url(document.key)}/review"
    answer = browser.post(address, {"seen": old, "passed": "yes", "reason": "同意发"})
    shown = said(answer)
    assert answer.status_code == 422 and "打开之后文件有改动" in shown and "新的正文" in shown and "同意发" in shown
    assert "checked" not in shown.split("<form")[-1]
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    assert seen == actions.seen_mark(document) != old
    assert browser.post(address, {"seen": seen, "passed": "yes", "reason": ""}).status_code == 303


def test_an_opinion_is_settled_once_and_while_that_version_is_written(house: Cast) -> None:
    document = draft(house)
    asked = actions.consult(
        actor=house.actor("handler"), document=document, organizations=[house.firm, house.second_firm], now=NOW
    )
    for one in asked:
        actions.answer_opinion(actor=house.actor("handler"), opinion=one, stance="agree", text="好", now=NOW)
    first, second = Opinion.objects.select_related("document__issuer").order_by("pk")
    actions.settle_opinion(actor=house.actor("handler"), opinion=first, outcome="taken", now=NOW)
    with pytest.raises(rules.AlreadySettled):
        actions.settle_opinion(actor=house.actor("handler"), opinion=first, outcome="partly", now=NOW)
    submit(house, document)
    with pytest.raises(rules.NotOpen):
        actions.settle_opinion(actor=house.actor("handler"), opinion=second, outcome="taken", now=NOW)
    context.leave()
    assert "/settle" not in said(house.client("handler").get(document_url(document.key)))


def _ready(house: Cast, **more: Any) -> Document:
    day = clock.today()
    document = submit(house, draft(house, publish_on=day + DAY, **more))
    for who in ("clerk", "editor", "chief"):
        document = approve(house, document, who, now=clock.now())
    assert document.state == rules.READY
    return document


def _night(house: Cast) -> None:
    context.leave()
    publish.run_job(jurisdiction_id=house.town.pk)  # type: ignore[attr-defined]


def test_what_the_night_refused_says_why_and_goes_back(house: Cast) -> None:
    document = _ready(house)
    house.actor("handler")
    Document.objects.filter(pk=document.pk).update(publish_on=clock.today())  # the digest no longer fits
    _night(house)
    _night(house)
    house.actor("clerk")
    assert Document.objects.get(pk=document.pk).state == rules.READY
    told = Message.objects.filter(kind="documents.hindered")
    # Once to the writer and to each who may publish it, not once a night.
    whom = {house.users[who].pk for who in ("handler", "leader", "chief", "second_chief")}
    assert sorted(told.values_list("user_id", flat=True)) == sorted(whom)
    assert "有改动" in told[0].text
    home = document_url(document.key)
    context.leave()
    for who in ("chief", "handler"):
        shown = said(house.client(who).get(home))
        assert "三审已通过,但没有公布" in shown and f"{home}/take-back" in shown and f"{home}/publish" not in shown
    assert house.client("contact").post(f"{home}/take-back").status_code == 403
    assert house.client("other_clerk").post(f"{home}/take-back").status_code == 404
    assert house.client("handler").post(f"{home}/take-back").status_code == 303
    assert house.client("handler").post(f"{home}/take-back").status_code == 409
    house.actor("handler")
    document = Document.objects.select_related("issuer").get(pk=document.pk)
    assert (document.state, document.digest) == (rules.DRAFT, "")
    assert Message.objects.filter(kind="documents.taken_back", user=house.users["editor"]).exists()
    document = submit(house, document)
    assert document.round == 2


def test_what_the_night_missed_is_published_by_hand(house: Cast) -> None:
    document = _ready(house)
    house.actor("handler")
    Document.objects.filter(pk=document.pk).update(publish_on=clock.today())
    changed = Document.objects.select_related("issuer").get(pk=document.pk)
    Document.objects.filter(pk=document.pk).update(digest=contents(changed))
    home = document_url(document.key)
    context.leave()
    shown = said(house.client("chief").get(home))
    assert "计划公布日期已到" in shown and f"{home}/publish" in shown
    assert f"{home}/publish" not in said(house.client("handler").get(home))
    assert house.client("chief").post(f"{home}/publish").status_code == 303
    house.actor("clerk")
    assert Publication.objects.get(document=document).text == TEXT


def test_before_its_day_there_is_no_button_but_a_way_back(house: Cast) -> None:
    document = _ready(house)
    home = document_url(document.key)
    context.leave()
    shown = said(house.client("chief").get(home))
    assert f"{home}/publish" not in shown and "没有公布" not in shown and f"{home}/take-back" in shown
    with pytest.raises(Denied):
        actions.take_back_document(actor=house.actor("other_clerk"), document=document, now=NOW)
    taken = actions.take_back_document(actor=house.actor("chief"), document=document, now=NOW)
    assert taken.state == rules.DRAFT


def test_who_may_review_from_today_on_is_told_today(house: Cast) -> None:
    """By the day of China: the session of the database is a day off."""
    moment = clock.now().astimezone(CHINA)
    house.system()
    grants = Grant.objects.filter(user=house.users["editor"])
    grants.update(since=moment.date(), until=moment.date() + DAY)
    own = Grant.objects.filter(user=house.users["contact"])
    own.update(since=moment.date(), until=moment.date() + DAY)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL TIME ZONE '{'Pacific/Kiritimati' if moment.hour >= 18 else 'Etc/GMT+12'}'")
    assert house.users["editor"].pk in holders("documents.first", house.office)
    assert house.users["contact"].pk in speakers(house.firm)
