"""The Jinja2 environment of every page: translation, addresses, built files, formats and the helpers of the macros."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined
from markupsafe import Markup

from . import controls, looks
from .hooks import hooks
from .text import labelled

BUILD = Path(__file__).parent / "static" / "build"
EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do"]


class Backend(Jinja2):
    """Finds templates in the folder `templates` of our own apps only: others write Django's language there."""

    app_dirname = "templates"

    @property
    def template_dirs(self) -> tuple[Any, ...]:
        """The folders of settings first, then our apps in their order, nearest to the person first."""
        ours = [
            Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("lianjian.")
        ]
        return (*self.dirs, *[folder for folder in reversed(ours) if folder.is_dir()])


class FrontEndMissing(ImproperlyConfigured):
    """The built style sheets and scripts are not there."""


@cache
def _manifest(changed: float) -> Mapping[str, Any]:
    return dict(json.loads((BUILD / "manifest.json").read_text()))


def _built(entry: str) -> str:
    path = BUILD / "manifest.json"
    try:
        manifest = _manifest(path.stat().st_mtime)
    except FileNotFoundError:
        if getattr(settings, "TESTING", False):  # most tests look at words, not at style sheets
            return f"not-built/{entry}"
        raise FrontEndMissing("The front end is not built: run `make frontend` once.") from None
    if entry not in manifest:
        raise FrontEndMissing(f"{entry} is not among the built files: run `make frontend`.")
    return str(manifest[entry]["file"])


@cache
def _asset(entry: str) -> str:
    return static(f"build/{_built(entry)}")


def asset(entry: str) -> str:
    """The address of a built file, by the name of its source: `src/main.ts`, `src/styles/main.css`, `icons.svg`."""
    if settings.DEBUG:  # the build may be running beside
        return static(f"build/{_built(entry)}")
    return _asset(entry)


@cache
def _icon(sprite: str, name: str, css: str) -> Markup:
    return Markup('<svg class="icon%s" aria-hidden="true" focusable="false"><use href="%s#%s"/></svg>') % (
        f" {css}" if css else "",
        sprite,
        name,
    )


def icon(name: str, css: str = "") -> Markup:
    """An icon of the sprite; it is decoration, so the word stands beside it."""
    return _icon(asset("icons.svg"), name, css)


def url(name: str, /, **kwargs: Any) -> str:
    """The address of a named page."""
    return reverse(name, kwargs=kwargs)


@cache
def _page(name: str, urlconf: str, prefix: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def url_or_none(*names: str) -> str | None:
    """The address of the first of these pages that this house has."""
    urlconf, prefix = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    return next((found for name in names if (found := _page(name, urlconf, prefix))), None)


def figure_url(code: str, *args: Any, **kwargs: Any) -> str:
    """Where a figure shows how it was counted."""
    return hooks.figure_url(code, *args, **kwargs)


class Language(NamedTuple):
    """One language a page can be shown in."""

    code: str
    name: str
    active: bool


def lang_links(request: Any = None) -> list[Language]:
    """The languages to choose from, each named in itself."""
    now = get_language() or settings.LANGUAGE_CODE
    return [Language(code, str(name), code == now) for code, name in settings.LANGUAGES]


def tojson(value: Any) -> Markup:
    """JSON for a data script; nothing in it can end the script."""
    text = json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))
    for sign, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704 - every sign that HTML knows is written as a code


def _cache_folder() -> FileSystemBytecodeCache | None:
    data = getattr(settings, "DATA_DIR", None)
    if data is None or settings.DEBUG or getattr(settings, "TESTING", False):
        return None
    folder = Path(data) / "cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return FileSystemBytecodeCache(str(folder))


FILTERS = {
    "date": looks.show_date,
    "datetime": looks.show_datetime,
    "ago": looks.show_ago,
    "number": looks.show_number,
    "quantity": looks.show_quantity,
    "mask": looks.mask,
    "mask_phone": looks.mask_phone,
    "mask_id": looks.mask_id,
    "mask_name": looks.mask_name,
    "tojson": tojson,
}


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls once."""
    strict = settings.DEBUG or getattr(settings, "TESTING", False)
    if strict:
        options["undefined"] = StrictUndefined
    options.setdefault("bytecode_cache", _cache_folder())
    options.setdefault("cache_size", -1)
    env = Environment(  # noqa: S701 - Django's backend passes autoescape=True
        **{"autoescape": True, **options}, extensions=EXTENSIONS, trim_blocks=True, lstrip_blocks=True
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters.update(FILTERS)
    env.globals.update(
        url=url,
        url_or_none=url_or_none,
        static=static,
        asset=asset,
        icon=icon,
        figure_url=figure_url,
        lang_links=lang_links,
        badge=looks.badge,
        show_cell=looks.show_cell,
        show_number=looks.show_number,
        table_body=looks.table_body,
        due_words=looks.due_words,
        opt=looks.opt,
        labelled=labelled,
        chart_columns=looks.chart_columns,
        chart_rows=looks.chart_rows,
        control=controls.control,
        control_kind=controls.control_kind,
        form_sections=controls.form_sections,
        new_key=lambda: uuid4().hex,
        site_name=lambda: getattr(settings, "SITE_NAME", "") or hooks.site_name() or gettext("联建"),
        zip=zip,
    )
    # What `pages.page` sets; a page rendered without it (an error, a mail) is a signed-out one.
    env.globals.update(
        request=None,
        actor=None,
        nav=(),
        messages=(),
        inbox_count=0,
        large_text=False,
        csrf_token="",
        path="/",
    )
    return env
