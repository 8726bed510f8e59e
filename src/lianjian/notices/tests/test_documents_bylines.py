"""Authors of documents and their pictures: agreed to, reviewed with the words, and shown where the document is."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianjian.files.models import File
from lianjian.foundation import context
from lianjian.journal.models import Change
from lianjian.notices import actions, rules
from lianjian.notices.models import Document, Publication
from lianjian.notices.queries import document_url
from lianjian.notices.queries.checks import contents
from lianjian.notices.rules import bylines
from lianjian.notices.tests.walk import TEXT, TITLE, approve, draft, drawing, submit, with_reviewers
from tests.cast import NOW, Cast

NAMES = ["张亚飞", "孔德虎", "唐彬", "王静", "吴雪莹"]
TYPED = "张亚飞 孔德虎 唐彬; 王　静、吴雪莹、唐彬"
CAPTION, CREDIT = "技能赛现场", "县融媒体中心"
NUMBER = "360428198001011239"
WORDS = {
    "kind": "notice",
    "title": TITLE,
    "text": TEXT,
    "made_on": "2026-03-09",
    "audience": "public",
}


def said(answer: Any) -> str:
    return str(answer.content.decode())


def upload(name: str = "现场.png", colour: str = "#c8443a") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawing(colour), "image/png")


def fresh(cast: Cast, document: Document, who: str = "clerk") -> Document:
    cast.actor(who)
    return Document.objects.select_related("issuer").get(pk=document.pk)


def pictured(cast: Cast, document: Document, who: str = "handler", **more: Any) -> File:
    given = {"upload": upload(), "caption": CAPTION, "credit": CREDIT, "consent": True, "now": NOW, **more}
    return actions.add_picture(actor=cast.actor(who), document=document, **given)


def brought_out(cast: Cast, document: Document) -> Document:
    document = submit(cast, fresh(cast, document))
    for who in ("clerk", "editor", "chief"):
        document = approve(cast, document, who)
    return document


def piece(cast: Cast, **more: Any) -> Document:
    """A draft with two authors and a picture."""
    document = draft(with_reviewers(cast), bylines=NAMES[:2], agreed=True, **more)
    pictured(cast, document)
    return fresh(cast, document)


def changed_field(document: Document, field: str, verb: str) -> list[tuple[str, str]]:
    rows = Change.objects.filter(entry__subject_key=document.key, field=field, entry__verb=verb)
    return list(rows.order_by("pk").values_list("before", "after"))


def test_names_are_read_as_people_write_them() -> None:
    assert bylines.names_in("张亚飞 孔德虎 唐彬; 王 静 吴雪莹") == NAMES
    assert bylines.names_in("John Smith, 张亚飞\n王　静") == ["John Smith", "张亚飞", "王静"]
    assert bylines.names_in(" ; ") == []


def test_authors_are_kept_in_order_and_once(cast: Cast) -> None:
    context.leave()
    writer = cast.client("handler")
    sent = {"issuer": str(cast.office.key), **WORDS, "bylines": TYPED}
    refused = writer.post("/documents/new", sent)
    assert refused.status_code == 422 and "署名会随文件公开。请先征得署名的人同意" in said(refused)
    answer = writer.post("/documents/new", {**sent, "agreed": "on"})
    assert answer.status_code == 303, said(answer)
    cast.actor("clerk")
    held = Document.objects.get()
    assert held.bylines == NAMES
    shown = said(writer.get(answer["Location"]))
    assert "署名:<bdi>张亚飞</bdi>、<bdi>孔德虎</bdi>" in shown
    form = said(writer.get(f"{answer['Location']}/change"))
    assert 'value="张亚飞、孔德虎、唐彬、王静、吴雪莹"' in form and 'name="agreed"' in form


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (NUMBER, "署名只写姓名"),
        ("13800001234", "署名只写姓名"),
        ("长" * 41, "太长"),
        ("、".join(f"作者{n}" for n in "甲乙丙丁戊己庚辛壬癸子"), "署名最多 10 个"),
    ],
)
def test_what_is_no_byline_is_refused(cast: Cast, typed: str, sentence: str) -> None:
    context.leave()
    sent = {"issuer": str(cast.office.key), **WORDS, "bylines": typed, "agreed": "on"}
    answer = cast.client("handler").post("/documents/new", sent)
    assert answer.status_code == 422 and sentence in said(answer)


def test_only_a_new_name_asks_for_consent_again(cast: Cast) -> None:
    held = draft(cast, bylines=NAMES[:2], agreed=True)
    context.leave()
    writer, home = cast.client("handler"), f"{document_url(held.key)}/change"
    sent = {**WORDS, "bylines": "孔德虎、张亚飞"}
    assert writer.post(home, sent).status_code == 303
    assert fresh(cast, held).bylines == ["孔德虎", "张亚飞"]
    context.leave()
    refused = writer.post(home, {**sent, "bylines": "孔德虎、唐彬"})
    assert refused.status_code == 422 and "征得署名的人同意" in said(refused)
    assert writer.post(home, {**sent, "bylines": ""}).status_code == 303
    assert fresh(cast, held).bylines == []
    assert len(changed_field(held, "bylines", "documents.change")) == 2


def test_a_change_is_a_draft_again_and_what_is_out_stays(cast: Cast) -> None:
    """Other authors or captions void the reviews, as other words do; a version that is out keeps its own."""
    document = submit(cast, piece(cast))
    document = approve(cast, document, "clerk")
    writer = cast.actor("handler")
    document = actions.change_document(actor=writer, document=document, now=NOW, bylines=NAMES[:3], agreed=True)
    assert (document.state, document.digest) == (rules.DRAFT, "")
    document = submit(cast, document)
    file = File.objects.get(bundle_id=document.bundle_id)
    same = {"caption": CAPTION, "credit": CREDIT, "consent": True}
    actions.change_picture(actor=cast.actor("handler"), document=document, file=file, now=NOW, **same)
    assert fresh(cast, document).state == rules.FIRST  # the same words are no change
    actions.change_picture(
        actor=cast.actor("handler"), document=document, file=file, now=NOW, **{**same, "credit": "陈工"}
    )
    document = brought_out(cast, document)
    document = actions.change_document(actor=cast.actor("handler"), document=document, now=NOW, bylines=[])
    assert (document.state, document.version) == (rules.DRAFT, 2)
    out = Publication.objects.get(document=document)
    assert out.bylines == NAMES[:3] and out.pictures[0]["credit"] == "陈工"
    document = actions.drop_document(actor=cast.actor("handler"), document=document, now=NOW)
    assert document.bylines == NAMES[:3] and document.pictures == out.pictures
    dropped = actions.drop_document(actor=cast.actor("handler"), document=draft(cast), now=NOW)
    with pytest.raises(rules.NotOpen):
        actions.change_document(
            actor=cast.actor("handler"), document=dropped, now=NOW, bylines=NAMES, agreed=True
        )
    with pytest.raises(rules.NotOpen):
        pictured(cast, dropped)


def test_a_review_is_about_authors_captions_and_credits(cast: Cast) -> None:
    document = piece(cast)
    file = File.objects.get(bundle_id=document.bundle_id)
    digests = [contents(document)]
    for words in ({"caption": "赛前"}, {"credit": "陈工"}, {"consent": False}):
        given = {"caption": CAPTION, "credit": CREDIT, "consent": True, **words}
        actions.change_picture(actor=cast.actor("handler"), document=document, file=file, now=NOW, **given)
        digests.append(contents(fresh(cast, document)))
    for names in (NAMES[1::-1], []):
        writer = cast.actor("handler")
        document = actions.change_document(actor=writer, document=document, now=NOW, bylines=names)
        digests.append(contents(document))
    assert len(set(digests)) == 6


def test_a_change_behind_the_back_of_the_reviewer_is_noticed(cast: Cast) -> None:
    document = submit(cast, piece(cast))
    Document.objects.filter(pk=document.pk).update(pictures=[{**document.pictures[0], "credit": "别人"}])
    with pytest.raises(rules.ChangedSinceSeen):
        approve(cast, document, "clerk")


def test_a_document_without_any_has_the_digest_it_had_before(cast: Cast) -> None:
    words = ["号1", "notice", "标题", "正文", date(2026, 3, 9), None, None, "public", None]
    told = rules.digest_of([7, *words], [("a.txt", "00"), ("b.txt", "11")], bylines.reviewed([], []))
    assert told == "e683b60e520e26b7592de1d319d89034d54379e2ce74c63b746328d20075eb53"
    held = draft(cast)
    values = [held.issuer_id, "", "notice", TITLE, TEXT, "2026-03-09", None, None, "public", None]
    plain = json.dumps([[str(one) for one in values], []], ensure_ascii=False)
    assert contents(held) == hashlib.sha256(plain.encode()).hexdigest()


def test_everybody_reads_authors_and_sees_the_picture_once_it_is_out(cast: Cast) -> None:
    document = piece(cast)
    plain = SimpleUploadedFile("名单.txt", "一家".encode(), "text/plain")
    actions.attach_to_document(actor=cast.actor("handler"), document=document, upload=plain, now=NOW)
    mine = File.objects.get(bundle_id=document.bundle_id, name="现场.png")
    context.leave()
    anybody, home = cast.client(None), f"/notices/{document.key}"
    own = f"{document_url(document.key)}/pictures/{mine.key}"
    assert cast.client("handler").get(own)["Content-Disposition"].startswith("inline")
    assert anybody.get(f"{home}/pictures/{mine.key}").status_code == 404
    assert cast.client("other_clerk").get(own).status_code == 404
    document = brought_out(cast, document)
    held = Publication.objects.get(document=document)
    picture = File.objects.get(bundle_id=held.bundle_id, name="现场.png")
    text = File.objects.get(bundle_id=held.bundle_id, name="名单.txt")
    context.leave()
    shown = said(anybody.get(home))
    src = f"{home}/pictures/{picture.key}"
    assert f'<img src="{src}" alt="{CAPTION}"' in shown and f"图片由{CREDIT}提供" in shown
    assert "<bdi>张亚飞</bdi>、<bdi>孔德虎</bdi>" in shown and "现场.png" not in shown and "名单.txt" in shown
    answer = anybody.get(src)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("inline")
    for other in (text.key, mine.key, held.key):  # a plain file, the row of the desk, something else
        assert anybody.get(f"{home}/pictures/{other}").status_code == 404
    paper = said(anybody.get(f"{home}/paper"))
    assert src in paper and f"图片由{CREDIT}提供" in paper and "张亚飞" in paper
    inside = said(cast.client("other_clerk").get(document_url(document.key)))
    assert f"{document_url(document.key)}/pictures/{picture.key}" in inside and "孔德虎" in inside
    api = cast.client("clerk").get(f"/api/v1/documents/{document.key}").json()
    assert api["bylines"] == NAMES[:2]
    assert api["pictures"] == [{"file": str(picture.key), "caption": CAPTION, "credit": CREDIT}]
    assert cast.client("clerk").get("/api/v1/documents").json()["documents"][0]["bylines"] == NAMES[:2]


def test_a_document_for_the_town_is_not_seen_without_signing_in(cast: Cast) -> None:
    document = brought_out(cast, piece(cast, audience="place"))
    picture = File.objects.get(bundle_id=Publication.objects.get(document=document).bundle_id)
    context.leave()
    assert cast.client(None).get(f"/notices/{document.key}/pictures/{picture.key}").status_code == 404
    inside = f"{document_url(document.key)}/pictures/{picture.key}"
    assert cast.client("village").get(inside).status_code == 200
    assert cast.client("other_clerk").get(inside).status_code == 404


def test_what_is_taken_down_names_nobody(cast: Cast) -> None:
    document = brought_out(cast, piece(cast))
    picture = File.objects.get(bundle_id=Publication.objects.get(document=document).bundle_id)
    actions.take_down(actor=cast.actor("clerk"), document=document, ground="wrong", reason="错", now=NOW)
    out = Publication.objects.get(document=document)
    assert (out.bylines, out.pictures) == ([], [])
    context.leave()
    home = f"/notices/{document.key}"
    for address in (home, f"{home}/paper"):
        shown = said(cast.client(None).get(address))
        assert "张亚飞" not in shown and CAPTION not in shown and CREDIT not in shown
    assert cast.client(None).get(f"{home}/pictures/{picture.key}").status_code == 404
    assert "张亚飞" in said(cast.client("clerk").get(document_url(document.key)))  # the desk keeps the words
    assert cast.client("clerk").get(f"/api/v1/documents/{document.key}").json()["bylines"] == []


def test_a_picture_through_the_browser(cast: Cast) -> None:
    held = draft(with_reviewers(cast))
    context.leave()
    writer, home = cast.client("handler"), document_url(held.key)
    new, sent = f"{home}/pictures/new", {"caption": CAPTION, "credit": CREDIT}
    wrong = writer.post(new, {"file": SimpleUploadedFile("a.txt", b"text"), **sent})
    assert wrong.status_code == 422 and "不是图片" in said(wrong)
    assert writer.post(new, {"file": upload(), "caption": " ", "credit": CREDIT}).status_code == 422
    cast.actor("clerk")
    assert not File.objects.exists()
    context.leave()
    assert writer.post(new, {"file": upload(), **sent}).status_code == 303
    cast.actor("clerk")
    file = File.objects.get()
    context.leave()
    change = f"{home}/pictures/{file.key}/change"
    assert change in said(writer.get(home)) and "没有写明同意公开" in said(writer.get(home))
    refused = writer.post(f"{home}/submit")
    assert refused.status_code == 422 and "还没有写明照片上的人同意公开" in said(refused)
    assert f'value="{CAPTION}"' in said(writer.get(change))
    for stranger in ("other_clerk", "other_handler", "contact"):
        assert cast.client(stranger).post(change, {**sent, "consent": "on"}).status_code in (403, 404)
        assert cast.client(stranger).post(new, {"file": upload(), **sent}).status_code in (403, 404)
    assert writer.post(change, {**sent, "caption": "榫卯比赛", "consent": "on"}).status_code == 303
    shown = said(writer.get(home))
    assert 'alt="榫卯比赛"' in shown and "没有写明同意公开" not in shown
    assert writer.post(f"{home}/submit").status_code == 303
    assert change not in said(writer.get(home))
    review = said(cast.client("clerk").get(f"{home}/review"))
    assert 'alt="榫卯比赛"' in review and f"图片由{CREDIT}提供" in review


def test_a_file_becomes_a_picture_and_goes_with_its_words(cast: Cast) -> None:
    held = draft(cast)
    for one in (upload(), SimpleUploadedFile("名单.txt", "一家".encode(), "text/plain")):
        actions.attach_to_document(actor=cast.actor("handler"), document=held, upload=one, now=NOW)
    picture, text = File.objects.order_by("pk")
    context.leave()
    writer, home = cast.client("handler"), document_url(held.key)
    assert "写图片说明" in said(writer.get(home)) and writer.get(f"{home}/pictures/{picture.key}").status_code == 404
    sent = {"caption": CAPTION, "credit": CREDIT, "consent": "on"}
    assert writer.post(f"{home}/pictures/{text.key}/change", sent).status_code == 422
    assert writer.post(f"{home}/pictures/{picture.key}/change", sent).status_code == 303
    assert f"图片由{CREDIT}提供" in said(writer.get(home)) and "写图片说明" not in said(writer.get(home))
    assert writer.post(f"{home}/files/{picture.key}/remove").status_code == 303
    assert fresh(cast, held).pictures == []
    with pytest.raises(bylines.PictureGone):
        actions.change_picture(
            actor=cast.actor("handler"), document=held, file=picture, caption="x", credit="y", now=NOW
        )


def test_pictures_keep_their_order(cast: Cast) -> None:
    held = draft(cast)
    files = [
        pictured(cast, held, upload=upload(f"{n}.png", colour), caption=n)
        for n, colour in (("一", "#111111"), ("二", "#222222"))
    ]
    given = {"caption": "头", "credit": CREDIT, "consent": True, "now": NOW}
    actions.change_picture(actor=cast.actor("handler"), document=held, file=files[0], **given)
    assert [one["caption"] for one in fresh(cast, held).pictures] == ["头", "二"]


def test_pictures_of_people_who_did_not_agree_stay_in_the_body(cast: Cast) -> None:
    document = draft(with_reviewers(cast), audience="body")
    file = pictured(cast, document, consent=False)
    actions.consult(
        actor=cast.actor("handler"), document=fresh(cast, document), organizations=[cast.firm], now=NOW
    )
    context.leave()
    home, firm = document_url(document.key), cast.client("contact")
    assert TITLE in said(firm.get(home)) and CAPTION not in said(firm.get(home))
    for place in ("pictures", "files"):
        assert firm.get(f"{home}/{place}/{file.key}").status_code == 404
        assert cast.client("handler").get(f"{home}/{place}/{file.key}").status_code == 200
    document = brought_out(cast, document)
    writer = cast.actor("handler")
    document = actions.change_document(actor=writer, document=document, now=NOW, audience="public")
    with pytest.raises(bylines.PictureNotAgreed):
        submit(cast, document)


def test_captions_are_searched_for_numbers_and_agreed_names_are_not(cast: Cast) -> None:
    document = draft(cast, bylines=NAMES, agreed=True)
    file = pictured(cast, document, caption=f"李某 {NUMBER}", credit="陈工 13800001234")
    context.leave()
    browser, home = cast.client("handler"), document_url(document.key)
    shown = said(browser.get(home))
    assert "必须隐去" in shown and "138****1234" in shown and shown.count("手机号码") == 1
    refused = browser.post(f"{home}/submit")
    assert refused.status_code == 422 and "图片说明有身份证号码" in said(refused)
    assert browser.post(f"{home}/hide").status_code == 303
    shown = said(browser.get(home))
    assert NUMBER not in shown and "13800001234" not in shown and "个人信息提醒" not in shown and "张亚飞" in shown
    assert browser.get(f"{home}/pictures/{file.key}").status_code == 200
    assert browser.post(f"{home}/submit").status_code == 303
