"""The page of an organization lists the files that hang on its records, and only those the reader may open."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lianjian.cases.models import Case
from lianjian.cases.tests.walk import walked
from lianjian.directory.models import Organization
from lianjian.events.actions import record_visit
from lianjian.events.models import Visit
from lianjian.files.actions import attach, remove_file
from lianjian.files.models import File
from tests.cast import NOW, TODAY, Cast


def attached(cast: Cast, record: Visit | Case, *names: str) -> list[File]:
    clerk = cast.actor("clerk")
    uploads = [SimpleUploadedFile(name, f"%PDF-1.7\n{name}".encode()) for name in names]
    return [attach(actor=clerk, record=record, upload=upload, now=NOW) for upload in uploads]


def visited(cast: Cast, firm: Organization) -> Visit:
    return record_visit(
        actor=cast.actor("clerk"), organization=firm, visited_on=TODAY, people=["苏禾"], content="了解", now=NOW
    )


def listed(page: str) -> list[str]:
    return re.findall(r'<a class="lj-title" href="[^"]+/files/[^"]+">([^<]+)</a>', page)


def test_files_of_visits_and_cases_stand_together(cast: Cast) -> None:
    clerk = cast.client("clerk")
    visit, case = visited(cast, cast.firm), walked(cast, "registered", text="需要办理用电增容")
    attached(cast, visit, "走访照片.pdf")
    gone = attached(cast, case, "用电申请.pdf", "撤回.pdf")[1]
    remove_file(actor=cast.actor("clerk"), file=gone, now=NOW)
    attached(cast, visited(cast, cast.second_firm), "别家.pdf")
    page = clerk.get(reverse("directory:organization", kwargs={"key": cast.firm.key})).content.decode()
    assert listed(page) == ["用电申请.pdf", "走访照片.pdf"]
    assert "全部附件" not in page and case.title in page
    for address in re.findall(r'href="([^"]+/files/[^"]+)"', page):
        assert clerk.get(address).status_code == 200


def test_many_files_are_paged(cast: Cast) -> None:
    clerk, visit = cast.client("clerk"), visited(cast, cast.firm)
    names = [f"第{number}份.pdf" for number in range(60)]
    attached(cast, visit, *names)
    page = clerk.get(reverse("directory:organization", kwargs={"key": cast.firm.key})).content.decode()
    assert len(listed(page)) == 5 and "全部附件" in page
    address = reverse("directory:files", kwargs={"key": cast.firm.key})
    first = clerk.get(address).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = clerk.get(address + following[1]).content.decode()
    assert listed(first) + listed(second) == names[::-1] and 'rel="next"' not in second
    assert clerk.get(address + "?before=x").status_code == 200


def test_only_files_that_one_may_open(cast: Cast) -> None:
    attached(cast, visited(cast, cast.firm), "走访照片.pdf")
    attached(cast, walked(cast, "registered", text="需要办理用电增容"), "用电申请.pdf")
    address = reverse("directory:files", kwargs={"key": cast.firm.key})
    seen = {who: cast.client(who).get(address) for who in ("contact", "other_contact", "other_clerk", "instructor")}
    assert set(listed(seen["contact"].content.decode())) == {"走访照片.pdf", "用电申请.pdf"}
    assert listed(seen["other_contact"].content.decode()) == []
    assert listed(seen["other_clerk"].content.decode()) == []
    assert set(listed(seen["instructor"].content.decode())) == {"走访照片.pdf", "用电申请.pdf"}
    assert cast.client("security_admin").get(address).status_code == 403
    page = cast.client("security_admin").get(reverse("directory:organization", kwargs={"key": cast.firm.key}))
    assert "附件" not in page.content.decode()
