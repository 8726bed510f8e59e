"""Documents by the front door: written, reviewed and published in the browser; who reads what, with and without sign-in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from lianjian.alliances.actions import found_alliance
from lianjian.foundation import context
from lianjian.foundation.clock import local_day
from lianjian.notices import actions, rules
from lianjian.notices.models import Document, Publication, reference
from lianjian.notices.queries import document_url
from lianjian.notices.tests.walk import TEXT, TITLE, approve, draft, published, submit, with_reviewers
from tests.cast import NOW, TODAY, Cast

CANARY = "金丝雀正文不许外传"


def said(response: Any) -> str:
    return str(response.content.decode())


def page(cast: Cast, who: str | None, address: str) -> Any:
    return cast.client(who).get(address)


def test_four_persons_walk_it_through_the_browser(cast: Cast) -> None:
    with_reviewers(cast)
    context.leave()
    writer = cast.client("handler")
    answer = writer.post(
        "/documents/new",
        {
            "issuer": str(cast.office.key),
            "kind": "notice",
            "title": TITLE,
            "number": "柳企发(2026)7号",
            "text": TEXT,
            "made_on": "2026-03-09",
            "audience": "public",
        },
    )
    assert answer.status_code == 303, said(answer)
    home = answer["Location"]
    upload = SimpleUploadedFile("名单.txt", "一家".encode(), "text/plain")
    assert writer.post(f"{home}/files", {"file": upload}).status_code == 303
    shown = said(writer.get(home))
    assert "柳企发〔2026〕7号" in shown and "名单.txt" in shown and "送审" in shown
    assert cast.client(None).get(home.replace("/documents/", "/notices/")).status_code == 404
    assert writer.post(f"{home}/submit").status_code == 303
    assert writer.get(f"{home}/review")["Location"] == home  # not the writer's to review
    for who, waits in (("clerk", "待初审"), ("editor", "待复审"), ("chief", "待终审")):
        browser = cast.client(who)
        assert TITLE in said(browser.get("/documents/waiting")) and waits in said(browser.get(home))
        form = browser.get(f"{home}/review")
        seen = form.content.decode().split('name="seen" value="')[1].split('"')[0]
        assert browser.post(f"{home}/review", {"seen": seen, "passed": "yes", "reason": ""}).status_code == 303
        assert TITLE not in said(browser.get("/documents/waiting"))
    out = said(cast.client(None).get(home.replace("/documents/", "/notices/")))
    assert TITLE in out and "名单.txt" in out and "高原" not in out  # no names of reviewers
    assert "柳企发〔2026〕7号" in said(cast.client(None).get("/notices/?q=支柱"))


def test_a_refusal_stands_in_the_form(cast: Cast) -> None:
    with_reviewers(cast)
    own = submit(cast, draft(cast, "clerk"), "clerk")
    seen = actions.seen_mark(own)
    context.leave()
    answer = cast.client("clerk").post(f"{document_url(own.key)}/review", {"seen": seen, "passed": "yes"})
    assert answer.status_code == 422 and "不能自己审核" in said(answer)
    assert cast.client("clerk").get(f"{document_url(own.key)}/review").status_code == 303
    answer = cast.client("editor").post(f"{document_url(own.key)}/review", {"seen": seen, "passed": "no", "reason": ""})
    assert answer.status_code == 422 and "退回请写明理由" in said(answer)


def test_numbers_of_persons_are_shown_hidden_and_masked(cast: Cast) -> None:
    held = draft(cast, text="联系人 13800001234\n身份证 360428198001011239")
    context.leave()
    browser, home = cast.client("handler"), document_url(held.key)
    shown = said(browser.get(home))
    assert "必须隐去" in shown and "138****1234" in shown and "手机号码" in shown
    refused = browser.post(f"{home}/submit")
    assert refused.status_code == 422 and "正文第 2 行有身份证号码" in said(refused)
    assert browser.post(f"{home}/hide").status_code == 303
    after = said(browser.get(home))
    assert "360428198001011239" not in after and "13800001234" not in after and "必须隐去" not in after
    assert browser.post(f"{home}/submit").status_code == 303


def test_a_help_plan_is_begun_from_the_village_and_stands_on_its_page(cast: Cast) -> None:
    """Checklist 004-77 and 004-74: plans are documents of their own kinds, about the village."""
    clerk = cast.client("clerk")
    village = cast.village.get_absolute_url()
    begin = f"/documents/new?kind=help_plan&amp;about=directory.organization:{cast.village.key}"
    assert begin in clerk.get(village).content.decode()
    form = clerk.get(begin.replace("&amp;", "&")).content.decode()
    assert '<option value="help_plan" selected' in form and cast.village.name in form
    about = f"directory.organization:{cast.village.key}"
    plan = draft(cast, "clerk", kind="help_plan", title="柳溪村2026年帮扶计划", about=[about], audience="place")
    assert plan.title in clerk.get(village).content.decode()
    assert plan.title in clerk.get("/documents/?kind=help_plan").content.decode()
    assert plan.title not in clerk.get("/documents/?kind=spatial").content.decode()


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("body", {"handler", "clerk", "leader"}),
        ("place", {"handler", "clerk", "leader", "contact", "village", "other_handler"}),
        ("county", {"handler", "clerk", "leader", "contact", "village", "other_handler", "other_clerk"}),
        ("public", {"handler", "clerk", "leader", "contact", "village", "other_handler", "other_clerk", None}),
    ],
)
def test_who_reads_what(cast: Cast, audience: str, readers: set[str | None]) -> None:
    document = published(cast, audience=audience, text=CANARY)
    context.leave()
    home = document_url(document.key)
    for who in ("handler", "clerk", "leader", "contact", "village", "other_handler", "other_clerk"):
        found = page(cast, who, home)
        assert (found.status_code == 200) is (who in readers), (who, found.status_code)
        listed = said(page(cast, who, "/documents/"))
        assert (TITLE in listed) is (who in readers), who
        api = page(cast, who, f"/api/v1/documents/{document.key}")
        assert (CANARY in json.dumps(api.json(), ensure_ascii=False)) is (who in readers), who
        search = said(page(cast, who, f"/search?q={CANARY}"))
        assert (TITLE in search) is (who in readers), who
    assert (TITLE in said(page(cast, None, "/notices/"))) is (None in readers)
    status = page(cast, None, f"/notices/{document.key}").status_code
    assert status == (200 if None in readers else 404)


def test_drafts_are_read_at_the_desk_only(cast: Cast) -> None:
    held = draft(cast, text=CANARY, audience="public")
    context.leave()
    home = document_url(held.key)
    allowed = {"handler": 200, "clerk": 200, "leader": 200, "county_clerk": 200}
    for who in ("handler", "clerk", "leader", "county_clerk", "other_handler", "contact", "village", "other_clerk"):
        assert page(cast, who, home).status_code == allowed.get(who, 404), who
    assert page(cast, None, f"/notices/{held.key}").status_code == 404
    assert CANARY not in said(page(cast, None, "/notices/")) and TITLE not in said(page(cast, None, "/notices/"))


def test_the_database_itself_keeps_the_shelf(cast: Cast) -> None:
    """Without any predicate of ours: who comes without a place sees what is public, another town the county's."""
    for audience in rules.AUDIENCES:
        published(cast, audience=audience, title=audience)

    def seen(*places: int) -> set[str]:
        with context.jurisdictions(places, ()):
            return set(Publication.objects.values_list("title", flat=True))

    assert seen() == {"public"}
    assert seen(cast.other_town.pk) == {"county", "public"}
    assert seen(cast.town.pk) == set(rules.AUDIENCES)
    with context.jurisdictions((cast.other_town.pk,), (cast.other_town.pk,)):
        assert Publication.objects.update(title="x") == 0
        assert not Document.objects.exists()


def test_files_of_what_is_out_reach_other_towns_and_the_public(cast: Cast) -> None:
    with_reviewers(cast)
    held = draft(cast)
    upload = SimpleUploadedFile("章程.txt", "章程第一版".encode(), "text/plain")
    first = actions.attach_to_document(actor=cast.actor("handler"), document=held, upload=upload, now=NOW)
    held = submit(cast, Document.objects.select_related("issuer").get(pk=held.pk))
    for who in ("clerk", "editor", "chief"):
        held = approve(cast, held, who)
    cast.actor("clerk")
    from lianjian.files.models import File

    copy = File.objects.get(bundle_id=Publication.objects.get(document=held).bundle_id)
    context.leave()
    for who, address in (
        ("other_clerk", f"{document_url(held.key)}/files/{copy.key}"),
        (None, f"/notices/{held.key}/files/{copy.key}"),
    ):
        answer = page(cast, who, address)
        assert answer.status_code == 200 and b"".join(answer.streaming_content) == "章程第一版".encode()
    assert page(cast, None, f"/notices/{held.key}/files/{first.key}").status_code == 404  # the desk's own row
    cast.actor("clerk")
    actions.take_down(actor=cast.actor("clerk"), document=held, ground="wrong", reason="错", now=NOW)
    context.leave()
    assert page(cast, None, f"/notices/{held.key}/files/{copy.key}").status_code == 404
    assert page(cast, "other_clerk", f"{document_url(held.key)}/files/{copy.key}").status_code == 404


def test_the_public_page_says_that_it_was_taken_down(cast: Cast) -> None:
    document = published(cast, text=CANARY, title=CANARY)
    context.leave()
    clerk = cast.client("clerk")
    answer = clerk.post(
        f"{document_url(document.key)}/take-down", {"ground": "privacy", "reason": "附表有住址"}
    )
    assert answer.status_code == 303
    public = page(cast, None, f"/notices/{document.key}")
    shown = said(public)
    assert public.status_code == 200 and "已下架" in shown and "涉及个人信息" in shown
    for text in (shown, said(page(cast, None, "/notices/")), said(page(cast, None, f"/notices/{document.key}/paper"))):
        assert CANARY not in text and "附表有住址" not in text
    assert "没有符合条件的文件" in said(page(cast, None, f"/notices/?q={CANARY}"))
    assert CANARY in said(clerk.get(document_url(document.key)))  # the desk keeps the words
    assert CANARY not in said(page(cast, "other_clerk", document_url(document.key)))


def test_old_versions_are_read_as_they_were(cast: Cast) -> None:
    document = published(cast, text="第一版的话")
    document = actions.change_document(actor=cast.actor("handler"), document=document, now=NOW, text="第二版的话")
    context.leave()
    home = f"/notices/{document.key}"
    assert "第一版的话" in said(page(cast, None, home)) and "第二版的话" not in said(page(cast, None, home))
    document = submit(cast, document)
    for who in ("clerk", "editor", "chief"):
        document = approve(cast, document, who)
    context.leave()
    assert "第二版的话" in said(page(cast, None, home))
    old = said(page(cast, None, f"{home}?version=1"))
    assert "第一版的话" in old and "旧版" in old
    assert page(cast, None, f"{home}?version=99").status_code == 200
    assert page(cast, None, f"{home}?version=x").status_code == 200


def test_the_public_list_by_kind_and_period(cast: Cast) -> None:
    published(cast, title="三月通知")
    published(cast, title="三月方案", kind="plan")
    context.leave()

    def found(query: str) -> tuple[bool, bool]:
        text = said(page(cast, None, f"/notices/{query}"))
        return "三月通知" in text, "三月方案" in text

    assert found("?kind=plan") == (False, True)
    assert found("?since=2026-03-09&until=2026-03-09") == (True, True)
    assert found("?since=2026-03-10") == (False, False)
    assert found("?since=tomorrow") == (True, True)
    assert found("?after=nonsense") == (True, True)


def test_the_public_list_turns_pages_without_losing_a_row(cast: Cast) -> None:
    with_reviewers(cast)
    for number in range(23):
        published(cast, title=f"通知之{number:02d}")
    context.leave()
    browser, address, seen = Client(), "/notices/", []
    for _page in range(3):
        text = said(browser.get(address))
        seen += [number for number in range(23) if f"通知之{number:02d}" in text]
        if 'rel="next"' not in text:
            break
        address = "/notices/" + text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert sorted(seen) == list(range(23))


def test_alliances_and_organizations_show_their_documents(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    alliance = found_alliance(
        actor=clerk, form="functional", mode="产业链接型", name="家具产业党建联盟", parent=cast.town_root, founded_on=TODAY, now=NOW
    )
    published(cast, "clerk", about=[reference(alliance)], audience="county")
    draft(cast, "clerk", title="还在写的章程", about=[reference(alliance)])
    context.leave()
    address = reverse("alliances:alliance", kwargs={"key": alliance.key})
    own, other = said(page(cast, "clerk", address)), said(page(cast, "other_clerk", address))
    assert TITLE in own and "还在写的章程" in own and "/documents/new?about=alliances.alliance" in own
    assert TITLE in other and "还在写的章程" not in other and "/documents/new" not in other
    office = said(page(cast, "clerk", reverse("directory:organization", kwargs={"key": cast.town_root.key})))
    assert TITLE in office
    choices = page(cast, "clerk", "/documents/subjects?q=家具").json()
    assert {"key": reference(alliance), "label": "家具产业党建联盟", "note": "联盟与联建"} in choices
    form = said(page(cast, "clerk", f"/documents/new?about={reference(alliance)}"))
    assert "家具产业党建联盟(联盟与联建)" in form


def test_a_firm_answers_what_it_was_asked(cast: Cast) -> None:
    held = draft(cast, kind="policy", title="招聘补贴办法", audience="place")
    context.leave()
    desk, firm = cast.client("handler"), cast.client("contact")
    home = document_url(held.key)
    wrong = desk.post(f"{home}/consult", {"organizations": "没有这家\n" + cast.firm.name})
    assert wrong.status_code == 422 and "没有这家" in said(wrong)
    assert desk.post(f"{home}/consult", {"organizations": cast.firm.name, "due_on": "2026-03-20"}).status_code == 303
    shown = said(firm.get(home))
    assert "招聘补贴办法" in shown and "反馈意见" in shown and "送审" not in shown
    answer = shown.split('href="/documents/opinions/')[1].split('"')[0]
    assert firm.post(f"/documents/opinions/{answer}", {"stance": "object", "text": ""}).status_code == 422
    assert firm.post(f"/documents/opinions/{answer}", {"stance": "object", "text": "标准太低"}).status_code == 303
    assert cast.client("other_contact").get(f"/documents/opinions/{answer}").status_code == 404
    assert "还有 1 条反馈意见" in said(desk.post(f"{home}/submit"))
    settle = f"/documents/opinions/{answer.replace('/answer', '/settle')}"
    assert desk.post(settle, {"outcome": "not_taken", "response": ""}).status_code == 422
    assert desk.post(settle, {"outcome": "partly", "response": "提高一成"}).status_code == 303
    assert "部分采纳" in said(firm.get(home)) and desk.post(f"{home}/submit").status_code == 303


def test_the_workbench_names_what_waits(cast: Cast) -> None:
    submit(cast, draft(cast))
    context.leave()
    assert TITLE in said(page(cast, "clerk", "/"))
    assert TITLE not in said(page(cast, "handler", "/"))


def test_lists_export_what_they_show(cast: Cast) -> None:
    published(cast)
    draft(cast, title="草稿甲")
    context.leave()
    clerk = cast.client("clerk")
    for name, path in (("documents.published", "/documents/"), ("documents.register", "/documents/register")):
        answer = clerk.post("/export", {"page": name, "query": "", "next": path})
        assert answer.status_code == 200 and answer["Content-Type"].startswith("application/vnd"), name
    shown = said(clerk.get("/documents/register?state=draft&kind=notice&year=2026"))
    assert "草稿甲" in shown and f">{TITLE}<" not in shown
    assert "草稿甲" not in said(clerk.get("/documents/register?year=2025"))


def test_figures_count_what_came_out_and_went(cast: Cast) -> None:
    from lianjian.foundation.declare import Scoped
    from lianjian.notices.figures import published as out
    from lianjian.notices.figures import taken_down

    document = published(cast)
    document = actions.change_document(actor=cast.actor("handler"), document=document, now=NOW, text="新版")
    document = submit(cast, document)
    for who in ("clerk", "editor", "chief"):
        document = approve(cast, document, who, now=NOW + timedelta(days=1))
    clerk, asked = cast.actor("clerk"), Scoped((cast.town.pk,), TODAY, TODAY + timedelta(days=40))
    assert (out(clerk, asked).count(), taken_down(clerk, asked).count()) == (1, 0)  # a version is no document more
    actions.take_down(actor=clerk, document=document, ground="wrong", reason="错", now=NOW + timedelta(days=2))
    assert (out(clerk, asked).count(), taken_down(clerk, asked).count()) == (1, 1)
    before = Scoped((cast.town.pk,), TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    assert (out(clerk, before).count(), taken_down(clerk, before).count()) == (0, 0)
    assert local_day(NOW) == TODAY and connection.in_atomic_block
