"""Both languages of every app: `python -m lianjian.foundation.translate [--check]`.

Reads the Chinese sentences out of the code and templates of each app, merges them into its English catalogue
`locale/en/LC_MESSAGES/django.po` (what is translated stays, what is gone is kept as obsolete, nothing is guessed)
and compiles it. `--check` writes no catalogue, prints every sentence without English and exits with 1.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
LEFT_OUT = {"tests", "migrations", "static", "locale", "__pycache__"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
    "newstyle_gettext": "true",
}
# Without dates: two people who merge the same sentences write the same file.
HEADER = """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
_NAMED = re.compile(r"%\((\w+)\)|\{(\w*)\}")

Key = tuple[str, str]


def key_of(message: Message) -> Key:
    """What tells two sentences apart: the Chinese (its singular) and the context."""
    text = message.id[0] if isinstance(message.id, list | tuple) else message.id
    return str(text), message.context or ""


def rooms(package: Path = PACKAGE) -> list[Path]:
    """The folders of all apps."""
    return sorted(p for p in package.iterdir() if p.is_dir() and (p / "__init__.py").exists())


def sources(app: Path) -> Iterator[tuple[str, Path]]:
    """(extraction method, file) of an app, without its tests and migrations."""
    for path in sorted(app.rglob("*")):
        if LEFT_OUT & set(path.relative_to(app).parts):
            continue
        if path.suffix == ".py":
            yield "python", path
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            yield "jinja2.ext:babel_extract", path


def python_sentences(path: Path) -> Iterator[tuple[Any, str | None]]:
    """(text or (singular, plural), context) of a module, also those inside f-strings, which Babel does not see."""
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in KEYWORDS:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        context = texts.pop(0) if "pgettext" in name and texts else None
        wanted = 2 if name.startswith("n") else 1
        if len(texts) >= wanted and all(texts):
            yield (texts[0], texts[1]) if wanted == 2 else texts[0], context


def sentences(method: str, path: Path) -> Iterator[tuple[Any, str | None]]:
    """(text or (singular, plural), context) of a file."""
    if method == "python":
        yield from python_sentences(path)
    else:
        for _line, text, _comments, context in extract_from_file(method, path, KEYWORDS, (), JINJA):
            yield text, context


def extract(app: Path) -> Catalog:
    """Every sentence of an app."""
    found = Catalog(locale="en", charset="utf-8")
    for method, path in sources(app):
        place = (str(path.relative_to(app.parent)), None)
        for text, context in sentences(method, path):
            found.add(text, None, [place], context=context)  # type: ignore[list-item]
    return found


def read(app: Path) -> Catalog:
    """The English catalogue as it stands; empty when there is none."""
    path = app / CATALOGUE
    if not path.exists():
        return Catalog(locale="en", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _translated(message: Message) -> bool:
    parts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(parts) and all(parts)


def _fitting(message: Message, string: Any) -> Any:
    """`string` in the form that `message` needs: a pair for plurals, one text otherwise."""
    if message.pluralizable:
        return tuple(string) if isinstance(string, list | tuple) else (string or "", string or "")
    return string[0] if isinstance(string, list | tuple) else string


def merge(found: Catalog, old: Catalog) -> Catalog:
    """What was found, with the English that is known. A fuzzy guess of an editor counts as none."""
    known: dict[Key, Message] = {}
    for message in [*old.obsolete.values(), *old]:
        if message.id and _translated(message) and not message.fuzzy:
            known[key_of(message)] = message
    merged = Catalog(locale="en", charset="utf-8")
    for message in found:
        if not message.id:
            continue
        before = known.pop(key_of(message), None)
        string = _fitting(message, before.string) if before else ("", "") if message.pluralizable else ""
        merged.add(message.id, string, sorted(set(message.locations)), context=message.context)
    for (text, context), message in known.items():
        merged.obsolete[(text, context) if context else text] = message
    return merged


def text_of(catalog: Catalog) -> str:
    """The catalogue as a file: sorted by the Chinese, with the files but not the lines where it stands."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + buffer.getvalue().decode().strip() + "\n"


def write(app: Path, catalog: Catalog) -> bool:
    """Store the catalogue; True when the file changed. An app without sentences gets none."""
    path, text = app / CATALOGUE, text_of(catalog)
    if not len(catalog) and not path.exists() or path.exists() and path.read_text() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return True


def compile_catalogue(app: Path) -> bool:
    """Write the `.mo` beside the `.po`, when it is older. True when written."""
    path = app / CATALOGUE
    target = path.with_suffix(".mo")
    if not path.exists() or target.exists() and target.stat().st_mtime > path.stat().st_mtime:
        return False
    with path.open("rb") as file:
        catalog = read_po(file, locale="en")
    with target.open("wb") as out:
        write_mo(out, catalog)
    return True


def compile_all(package: Path = PACKAGE) -> int:
    """Compile every catalogue that changed; the number of files written."""
    return sum(compile_catalogue(app) for app in rooms(package))


def faults(merged: Mapping[str, Catalog]) -> list[str]:
    """A line for each sentence that has no English in any app, or whose English names other values."""
    known = {key_of(m) for catalog in merged.values() for m in catalog if m.id and _translated(m)}
    lines = []
    for app, catalog in merged.items():
        for message in catalog:
            if not message.id:
                continue
            text = key_of(message)[0]
            if not _translated(message):
                if key_of(message) not in known:
                    lines.append(f"{app}: no English for {text!r}")
            elif wrong := _values_of([message.string]) ^ _values_of([message.id]):
                lines.append(f"{app}: {', '.join(sorted(wrong))} not on both sides of {text!r}")
    return lines


def _values_of(texts: Iterable[Any]) -> set[str]:
    """Names of the values that a sentence is filled with, over its singular and plural."""
    names: set[str] = set()
    for text in texts:
        for part in text if isinstance(text, list | tuple) else [text]:
            names.update(a or b for a, b in _NAMED.findall(part or ""))
    return names


def say(text: str) -> None:
    """A line for who runs the command."""
    sys.stdout.write(text + "\n")


def main(arguments: list[str] | None = None) -> int:
    """The command; 0 when everything is translated (or nothing had to be checked)."""
    parser = argparse.ArgumentParser(prog="python -m lianjian.foundation.translate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on missing English")
    parser.add_argument("--compile", action="store_true", help="only compile what is there")
    parser.add_argument("apps", nargs="*", help="only these apps are written")
    chosen = parser.parse_args(arguments)
    if chosen.compile:
        say(f"{compile_all()} compiled")
        return 0
    apps = rooms()
    merged = {app.name: merge(extract(app), read(app)) for app in apps}
    wanted = [app for app in apps if not chosen.apps or app.name in chosen.apps]
    if not chosen.check:
        for app in wanted:
            if write(app, merged[app.name]):
                say(f"{app.name}: {len(merged[app.name])} sentences")
            compile_catalogue(app)
    lines = [line for line in faults(merged) if line.split(":")[0] in {app.name for app in wanted}]
    say("\n".join(lines) if chosen.check and lines else f"{len(lines)} sentences without English")
    return 1 if chosen.check and lines else 0


if __name__ == "__main__":
    sys.exit(main())
