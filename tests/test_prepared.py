"""What is kept between requests is how a question is asked, never its answer; verbs within verbs are one act."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from lianjian.cases import actions, rules
from lianjian.cases.models import Case
from lianjian.cases.tests.walk import walked
from lianjian.directory.models import Link, Organization, Person
from lianjian.foundation import prepared
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.verbs import attempt, verb
from tests.cast import NOW, Cast


def _case_of(cast: Cast, case: Case) -> Case | None:
    actor = cast.actor("clerk")
    found = prepared.one(
        ("test.case", actor.fingerprint),
        lambda slot: Case.objects.visible_to(actor).select_related("organization", "handler", "category__parent").filter(key=slot),
        case.key,
    )
    return found


def test_statements_that_come_again_are_planned_once(cast: Cast) -> None:
    cast.actor("clerk")
    for _time in range(8):
        prepared.rows("SELECT 41 + %s::int", [1])
        list(Organization.objects.filter(name="没有这个单位").values_list("id"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [row[0] for row in cursor.fetchall()]
    assert any("41 +" in sql for sql in kept)
    assert any("directory_organization" in sql and "$1" in sql for sql in kept), "the ORM's statements are not planned once"


def test_a_kept_query_brings_the_object_with_its_related_ones_as_the_orm_does(cast: Cast) -> None:
    first, second = walked(cast, "signed", text="第一件"), walked(cast, "registered", text="第二件")
    for case in (first, second, first):
        found = _case_of(cast, case)
        wanted = Case.objects.select_related("organization", "handler", "category__parent").get(pk=case.pk)
        assert found == wanted and {f.attname: getattr(found, f.attname) for f in Case._meta.concrete_fields} == {
            f.attname: getattr(wanted, f.attname) for f in Case._meta.concrete_fields
        }
        with connection.execute_wrapper(_no_query):
            assert (found.organization, found.handler) == (wanted.organization, wanted.handler)
            assert found.category == wanted.category and found.category.parent == wanted.category.parent


def _no_query(*args: object) -> None:
    raise AssertionError("a related object was asked for again")


def test_a_kept_query_answers_from_the_rows_of_today(cast: Cast) -> None:
    case = walked(cast, "registered", text="会改变的一件")
    assert _case_of(cast, case).title == case.title  # type: ignore[union-attr]
    Case.objects.filter(pk=case.pk).update(title="改过的标题")
    assert _case_of(cast, case).title == "改过的标题"  # type: ignore[union-attr]


class Stopped(Refused):
    """For the test."""

    sentence = _("停。")


@verb
def _inner(*, case: Case, title: str) -> None:
    Case.objects.filter(pk=case.pk).update(title=title)
    if title == "不行":
        raise Stopped


@verb
def _outer(*, case: Case, careful: bool) -> None:
    _inner(case=case, title="外层写的")
    if careful:
        with pytest.raises(Stopped), attempt():
            _inner(case=case, title="不行")
    else:
        _inner(case=case, title="不行")


def test_a_refused_inner_verb_undoes_the_outer_one(cast: Cast) -> None:
    case = walked(cast, "registered", text="原来的内容")
    with pytest.raises(Stopped):
        _outer(case=case, careful=False)
    assert Case.objects.get(pk=case.pk).title == case.title


def test_an_attempt_undoes_only_what_lies_in_it(cast: Cast) -> None:
    case = walked(cast, "registered", text="原来的内容")
    _outer(case=case, careful=True)
    assert Case.objects.get(pk=case.pk).title == "外层写的"


def test_a_verb_after_a_refused_one_has_its_own_savepoint_again(cast: Cast) -> None:
    case = walked(cast, "dispatched", text="先错后对")
    handler = cast.actor("handler")
    with pytest.raises(rules.TextNeeded):
        actions.sign_case(actor=handler, case=case, now=NOW)
        actions.answer_case(actor=handler, case=case, text=" ", now=NOW)
    actions.handle_note(actor=handler, case=Case.objects.get(pk=case.pk), text="继续办理", now=NOW)
    assert Case.objects.get(pk=case.pk).state == "handling"


def test_words_follow_the_language(cast: Cast) -> None:
    lazy = gettext_lazy("工作台")
    seen = []
    for code in ("zh-hans", "en", "zh-hans", "en"):
        with translation.override(code):
            seen.append((str(lazy), gettext("工作台")))
    assert seen[0] == seen[2] == ("工作台", "工作台")
    assert seen[1] == seen[3] and seen[1][0] == seen[1][1] != "工作台"


def test_queries_asked_together_answer_as_each_alone(cast: Cast) -> None:
    """Types, order, limits and columns of one name; a query that can match nothing has no rows."""
    case = walked(cast, "answered", text="一次问完的一件")
    actor = cast.actor("clerk")
    links = Link.objects.filter(target=cast.firm).order_by("-id")
    queries = [
        Case.objects.visible_to(actor).filter(pk=case.pk).values_list("key", "registered_at", "registered_on", "state"),
        Organization.objects.order_by("-name").values_list("name", "latitude", "is_root")[:3],
        links.values_list("source__name", "target__name", "since", "until"),
        Organization.objects.none().values_list("name"),
        Person.objects.visible_to(actor).order_by("pk").values_list("name", "phone"),
    ]
    with CaptureQueriesContext(connection) as asked:
        found = prepared.together(*queries)
    assert len(asked) == 1
    assert found == [list(query) for query in queries]
    assert found[1] and found[2] and found[3] == [] and found[4]
    assert prepared.together(Organization.objects.none().values_list("name")) == [[]]


def test_columns_of_json_are_not_asked_for_together(cast: Cast) -> None:
    cast.actor("clerk")
    with pytest.raises(ValueError, match="JSON"):
        prepared.together(Organization.objects.values_list("name", "tags"))


def test_what_is_asked_together_stays_behind_row_security(cast: Cast) -> None:
    walked(cast, "registered", text="只属于本镇的一件")
    query = Case.objects.values_list("key")
    cast.actor("clerk")
    assert len(prepared.together(query)[0]) == 1
    cast.actor("other_clerk")
    assert prepared.together(query) == [[]]
