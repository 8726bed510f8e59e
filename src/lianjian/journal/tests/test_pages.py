"""The auditor's pages, erasure, history, words."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.directory import actions as directory
from lianjian.foundation import context
from lianjian.journal import queries
from lianjian.journal.models import Change, Entry
from lianjian.journal.rules import canon, erased_by, erasure_note, masked
from tests.cast import NOW, Cast, acting


def chained() -> None:
    """What a commit does: numbers and hashes are given."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def renamed(cast: Cast) -> Entry:
    """The entry of a change that holds a phone number."""
    system = cast.system()
    directory.change_organization(
        actor=system, organization=cast.firm, now=NOW, name="晨光木业集团", address="联系 13912345678"
    )
    entry = Entry.objects.order_by("-pk")[0]
    chained()
    entry.refresh_from_db()
    context.leave()
    return entry


def test_the_list_shows_filters_and_leads_to_entries(cast: Cast, renamed: Entry, as_auditor: Client) -> None:
    page = as_auditor.get("/journal/").content.decode()
    assert "修改组织" in page
    address = reverse("journal:entry", args=[cast.town.key, renamed.seq])
    assert address in page
    only = as_auditor.get("/journal/", {"verb": "directory.grant_role"}).content.decode()
    assert address not in only
    assert address in as_auditor.get("/journal/", {"q": "系统", "kind": "directory.organization"}).content.decode()
    assert address not in as_auditor.get("/journal/", {"since": "2999-01-01"}).content.decode()
    assert address in as_auditor.get("/journal/", {"since": "nonsense", "place": "x"}).content.decode()


def test_an_entry_masks_numbers(cast: Cast, renamed: Entry, as_auditor: Client) -> None:
    page = as_auditor.get(reverse("journal:entry", args=[cast.town.key, renamed.seq])).content.decode()
    assert "139****5678" in page and "13912345678" not in page
    assert "晨光木业集团" in page and bytes(renamed.hash or b"").hex() in page


def test_missing_entries_are_404(cast: Cast, renamed: Entry, as_auditor: Client) -> None:
    assert as_auditor.get(reverse("journal:entry", args=[cast.town.key, 10**6])).status_code == 404
    assert as_auditor.get(reverse("journal:entry", args=[UUID(int=5), 1])).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "leader", "county_leader", "system_admin", "security_admin"])
def test_only_the_auditor_reads(cast: Cast, renamed: Entry, who: str) -> None:
    client = cast.client(who)
    entry = [cast.town.key, renamed.seq]
    for address in ("/journal/", "/journal/heads", reverse("journal:entry", args=entry), reverse("journal:erase", args=entry)):
        assert client.get(address).status_code == 403
    assert client.post("/journal/export").status_code == 403


def test_rows_leave_the_house_by_a_form_and_are_journalled(cast: Cast, as_clerk: Client, as_auditor: Client) -> None:
    asked = {"page": "directory.people", "query": "q=何静&at=5", "next": "/directory/people?q=何静"}
    assert as_clerk.post("/export", asked).content[:2] == b"PK"
    listed = as_clerk.get("/directory/people?export=xlsx").content
    assert listed[:2] != b"PK" and b'action="/export"' in listed
    with acting(cast.system()):
        entry = Entry.objects.get(verb="lists.export")
        assert entry.actor_name == "何静" and json.loads(entry.body)["note"] == "directory.people 1"
        assert "何静" not in entry.body  # the filter is a value that can be erased
        assert Change.objects.get(entry=entry).after == "q=何静"
    assert as_clerk.post("/export", {"page": "no.such"}).status_code == 404
    assert as_auditor.post("/export", {"page": "journal.entries"}).status_code == 403
    assert cast.client("handler").post("/export", {"page": "directory.people"}).status_code == 404
    assert as_clerk.post("/export", {"page": "journal.entries"}).status_code == 404
    csrf = Client(enforce_csrf_checks=True)
    csrf.force_login(cast.users["clerk"], backend="lianjian.accounts.backends.UsernameBackend")
    assert csrf.post("/export", asked).status_code == 403


def test_an_export_is_journalled_and_holds_text_only(cast: Cast, renamed: Entry, as_auditor: Client) -> None:
    answer = as_auditor.post("/journal/export", {"query": "verb=directory.change_organization"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 2 and rows[1][0] == "修改组织"
    with context.jurisdictions((cast.county.pk,)):
        entry = Entry.objects.get(verb="journal.export")
    assert json.loads(entry.body)["note"] == "1"


def test_values_are_erased_with_a_reason_and_the_chain_stays_whole(
    cast: Cast, renamed: Entry, as_auditor: Client
) -> None:
    address = reverse("journal:erase", args=[cast.town.key, renamed.seq])
    assert as_auditor.get(address).status_code == 200
    assert as_auditor.post(address, {"fields_": ["address"]}).status_code == 422, "a reason is needed"
    answer = as_auditor.post(address, {"fields_": ["address"], "reason": "本人要求"})
    assert answer.status_code == 303
    page = as_auditor.get(answer["Location"]).content.decode()
    assert "已依法清除" in page and "5678" not in page and "晨光木业集团" in page
    again = as_auditor.post(address, {"fields_": ["address"], "reason": "本人要求"})
    assert again.status_code == 422, "nothing left to erase"
    chained()
    with context.jurisdictions((cast.county.pk, cast.town.pk, cast.other_town.pk)):
        results, _known = queries.check_all()
        assert [r.problems for r in results] == [[], [], []]
        assert "13912345678" not in "".join(Entry.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor_name = 'x'",
        "UPDATE journal_entry SET seq = NULL",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "UPDATE journal_head SET seq = seq - 1",
        "DELETE FROM journal_head",
        "INSERT INTO journal_head (jurisdiction_id, seq, hash) VALUES (1, 1, '')",
        "UPDATE journal_change SET after = 'x'",
        "UPDATE journal_change SET before = '', after = ''",
        "DELETE FROM journal_change",
        "UPDATE journal_anchor SET body = ''",
        "DELETE FROM journal_anchor",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SELECT journal_chain()",
        "DROP TRIGGER refuse ON journal_entry",
    ],
)
def test_the_application_cannot_rewrite(cast: Cast, renamed: Entry, statement: str) -> None:
    from django.db import DatabaseError

    with context.jurisdictions((cast.town.pk,)), pytest.raises(DatabaseError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_entry_cannot_be_given_a_number_or_time(cast: Cast) -> None:
    cast.system()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (jurisdiction_id, seq, at, actor_name, verb, subject_kind, body, hash)"
            " VALUES (%s, 1, '2001-01-01', 'x', 'x', '', '{}', 'x') RETURNING seq, at, hash",
            [cast.town.pk],
        )
        seq, at, mark = cursor.fetchone()
    assert seq is None and at.year > 2020 and mark is None


def test_another_town_is_not_written_to(cast: Cast) -> None:
    with context.jurisdictions((cast.town.pk,)), pytest.raises(ProgrammingError), transaction.atomic():
        Entry.objects.create(jurisdiction_id=cast.other_town.pk, actor_name="x", verb="x", body="{}")


def test_history_of_a_record_is_masked_newest_first(cast: Cast, renamed: Entry, django_assert_num_queries: Any) -> None:
    with acting(cast.actor("clerk")) as actor, django_assert_num_queries(1):
        lines = queries.history(actor, cast.firm)
    assert [line.verb for line in lines] == [
        "directory.change_organization",
        "directory.link",
        "directory.register_organization",
    ]
    values = {c.field: (c.label, c.after) for c in lines[0].changes}
    assert values["address"] == ("地址", "联系 139****5678")
    assert lines[0].words == "修改组织"


def test_masks() -> None:
    assert masked("身份证 110101199003071234,电话 13812345678") == "身份证 110***********1234,电话 138****5678"
    assert masked("91429900MA0000001X") == "91429900MA0000001X"
    assert masked("6222021234567890123") == "6222********0123"
    assert masked("JB-2026-0168 共 1234567 元") == "JB-2026-0168 共 1234567 元"


def test_erasure_notes_are_read_back() -> None:
    assert erased_by(erasure_note(7, ["b", "a"])) == {(7, "a"), (7, "b")}
    assert erased_by("anything else") == erased_by("") == set()


@settings(max_examples=60)
@given(
    text=st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=60),
    key=st.none() | st.uuids(),
    actor=st.none() | st.integers(1, 2**62),
    moment=st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)),
)
def test_python_and_the_database_hash_the_same_text(db: None, text: str, key: UUID | None, actor: int | None, moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_canon(jsonb_populate_record(NULL::journal_entry, %s::jsonb))",
            [
                json.dumps(
                    {
                        "jurisdiction_id": 3,
                        "seq": 7,
                        "at": at.isoformat(),
                        "actor_id": actor,
                        "actor_name": text[:80],
                        "verb": "v",
                        "subject_kind": text[:60],
                        "subject_key": str(key) if key else None,
                        "body": text,
                    }
                )
            ],
        )
        stored = bytes(cursor.fetchone()[0])
    assert stored == canon(
        jurisdiction_id=3, seq=7, at=at, actor_id=actor, actor_name=text[:80], verb="v",
        subject_kind=text[:60], subject_key=key, body=text,
    )  # fmt: skip


def test_changes_hold_what_was_said(cast: Cast, renamed: Entry) -> None:
    with context.jurisdictions((cast.town.pk,)):
        assert set(Change.objects.filter(entry=renamed).values_list("field", flat=True)) == {"name", "address"}
