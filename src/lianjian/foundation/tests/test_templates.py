"""The component macros render in both languages, and no template of any app breaks the content security policy."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.urls import include, path
from django.utils import translation

from lianjian.foundation import gallery, jinja, looks, pages, translate
from lianjian.foundation.listing import Badge, Link, Row

# The components are tested without the apps above.
urlpatterns = [path("", include("lianjian.foundation.urls"))]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def named(settings: Any) -> None:
    """These pages are rendered without a database, so the place has its name from the settings."""
    settings.SITE_NAME = "示范县"

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
# Files that may switch escaping off, each with its reason. There are none.
UNESCAPED: dict[str, str] = {}

FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.I),
    "style element": re.compile(r"<style", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))", re.I),
    "htmx code": re.compile(r"hx-on|hx-vals\s*=\s*[\"']js:|javascript:", re.I),
    "foreign address": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
}


@pytest.fixture(scope="module", autouse=True)
def _catalogues() -> None:
    translate.compile_catalogue(PACKAGE / "foundation")


def render(template: str, **values: Any) -> str:
    return pages.render(template, {"language": translation.get_language(), **values}, None)


def from_text(source: str, **values: Any) -> str:
    head = '{% import "ui/kit.html" as ui with context %}'
    return str(engines.all()[0].env.from_string(head + source).render(**values))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_template_obeys_the_policy(file: Path) -> None:
    text = file.read_text()
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found
    unescaped = re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text)
    assert not unescaped or str(file.relative_to(PACKAGE)) in UNESCAPED
    assert text.count("\n") < 150


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "待办"), ("en", "To do")])
def test_gallery_shows_every_component(language: str, word: str) -> None:
    with translation.override(language):
        html = render("foundation/gallery.html", **gallery.context())
    assert word in html
    assert ("待办" in html) == (language != "en")
    for tag in (
        "lj-chart",
        "lj-map",
        "lj-tree",
        "lj-draft",
        "lj-confirm",
        "lj-copy",
        "lj-filter",
        "lj-nav",
        "lj-combobox",
        "lj-upload",
    ):
        assert f"<{tag}" in html, tag


def test_gallery_uses_every_macro() -> None:
    kit = (PACKAGE / "foundation/templates/ui/kit.html").read_text()
    used = set(
        re.findall(r"ui\.(\w+)", (PACKAGE / "foundation/templates/foundation/gallery.html").read_text())
    )
    assert set(re.findall(r"{% set (\w+) =", kit)) - used <= {"form_key", "waiting"}


@pytest.mark.parametrize("code", ["400", "403", "404", "422", "429"])
def test_error_page_says_where_to_go(code: str) -> None:
    html = render(f"{code}.html", sentence="出了什么事", back="/before")
    assert code in html
    assert '<a class="btn btn-primary" href=' in html


def test_last_error_page_needs_no_context() -> None:
    assert "系统暂时出错" in engines.all()[0].get_template("500.html").render({})


def test_fragment_has_its_macros() -> None:
    context = gallery.context()
    html = pages.render("foundation/gallery.html", {"language": "en", **context}, None, "aside")
    assert "lj-facts" in html
    assert "<html" not in html


def test_cells_are_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>\"'&"
    listing = gallery.listing(0)
    cells = (evil, Link(evil, f"/x?{evil}"), evil, evil, Badge(evil, evil), date(2026, 11, 2), 12345, None)
    listing.rows = [Row(f"/{evil}", cells)]
    listing.search, listing.chips = evil, [(evil, "/")]
    html = from_text("{{ ui.table(l) }}{{ ui.filterbar(l) }}", l=listing)
    assert "<img" not in html
    assert "12,345" in html
    assert "2026-11-02" in html
    assert "—" in html
    assert "is-neutral" in html


def test_data_script_cannot_be_ended() -> None:
    html = from_text(
        "{{ ui.chart(s, 'x') }}",
        s={"kind": "bar", "labels": ["</script><b>"], "series": [{"name": "&", "data": [1]}]},
    )
    assert "</script><b>" not in html
    assert "\\u003c/script" in html


def test_form_shows_mistakes_beside_their_fields_and_keeps_what_was_typed() -> None:
    form = gallery.SampleForm({"text": "很长的说明", "kind": "a"})
    html = from_text("{{ ui.form(f, 'S', [('A', ['title'])]) }}", f=form)
    assert 'aria-describedby="id_title_helptext id_title_error"' in html or "id_title_error" in html
    assert 'id="id_title_error"' in html
    assert "很长的说明" in html
    assert 'name="_key"' in html
    assert html.count("<fieldset>") == 2  # the section, and the fields that no section names
    for name in form.fields:
        assert f'name="{name}"' in html, name


def test_each_form_has_its_own_key() -> None:
    html = from_text("{{ ui.post_button('a', '/a') }}{{ ui.post_button('b', '/b', fields={'x': '<'}) }}")
    keys = re.findall(r'name="_key" value="(\w+)"', html)
    assert len(set(keys)) == 2
    assert 'value="&lt;"' in html


def test_hidden_and_many_choice_fields() -> None:
    class Sample(forms.Form):
        id = forms.IntegerField(widget=forms.HiddenInput)
        many = forms.MultipleChoiceField(
            choices=[("1", "一"), ("2", "二")], widget=forms.CheckboxSelectMultiple
        )

    html = from_text("{{ ui.form(f) }}", f=Sample({"id": "x", "many": ["2"]}))
    assert html.count('type="checkbox"') == 2
    assert 'value="2"' in html
    assert "checked" in html


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (looks.mask("110101199003071234"), "110***********1234"),
        (looks.mask("13800005678"), "138****5678"),
        (looks.mask("张小明"), "张**"),
        (looks.mask("王"), "王*"),
        (looks.mask_phone("12345"), "*****"),
        (looks.mask_id("123"), "***"),
        (looks.mask(None), ""),
        (looks.show_number(1234567), "1,234,567"),
        (looks.show_number(None), "—"),
        (looks.show_number(67.3), "67.3"),
        (looks.show_number(5, 1), "5.0"),
        (looks.show_quantity(1200, "元"), "1,200 元"),
        (looks.show_date(date(2026, 11, 22)), "2026年11月22日"),
        (looks.show_date(date(2026, 11, 22), "iso"), "2026-11-22"),
        (looks.show_datetime(datetime(2026, 11, 22, 16, 30, tzinfo=UTC), "short"), "11月23日 00:30"),
    ],
)
def test_looks(shown: str, wanted: str) -> None:
    assert shown == wanted


@pytest.mark.parametrize(
    ("due", "word", "tone"),
    [
        (date(2026, 11, 20), "超期 2 天", "late"),
        (date(2026, 11, 22), "今天", "due"),
        (date(2026, 11, 23), "1 天", "due"),
        (date(2026, 11, 29), "7 天", "neutral"),
        (datetime(2026, 11, 22, 0, 30, tzinfo=UTC), "今天已过时", "late"),
        # 23:30 UTC is already the next day here.
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "1 天", "due"),
    ],
)
def test_due_words(due: date, word: str, tone: str) -> None:
    with translation.override("zh-hans"):
        assert looks.due_words(due, datetime(2026, 11, 22, 1, tzinfo=UTC)) == (word, tone)


def test_a_front_end_that_is_not_built_says_so(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.TESTING = False
    monkeypatch.setattr(jinja, "BUILD", tmp_path)
    settings.DEBUG = True  # the addresses are kept otherwise
    with pytest.raises(jinja.FrontEndMissing, match="make frontend"):
        jinja.asset("src/main.ts")
