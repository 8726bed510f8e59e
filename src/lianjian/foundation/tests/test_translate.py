"""The catalogue tool: finds, keeps, retires and revives sentences, and says what has no English."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from lianjian.foundation import translate

PO = translate.CATALOGUE


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for app in ("low", "high"):
        (tmp_path / app / "templates").mkdir(parents=True)
        (tmp_path / app / "__init__.py").touch()
    (tmp_path / "low" / "rules.py").write_text(
        'from x import _, ngettext, pgettext\nA = _("登记")\nB = ngettext("%(n)d 件", "%(n)d 件", 2)\n'
        'C = pgettext("verb", "登记")\nD = f"{_(\'派单\')}"\n'
    )
    (tmp_path / "high" / "templates" / "page.html").write_text(
        '{% do x.append(1) %}<p title="{{ _("登记") }}">{% trans name=n %}\n  您好,{{ name }}\n{% endtrans %}</p>'
    )
    (tmp_path / "low" / "tests").mkdir()
    (tmp_path / "low" / "tests" / "test_x.py").write_text('_("不该找到")')
    return tmp_path


def run(package: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(translate, "rooms", lambda package_=package: sorted(package.iterdir()))
    return translate.main(list(arguments))


def ids(package: Path, app: str) -> set[str]:
    return {translate.key_of(m)[0] for m in translate.read(package / app) if m.id}


def test_sentences_are_found_in_code_and_templates(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(package, monkeypatch) == 0
    assert ids(package, "low") == {"登记", "%(n)d 件", "派单"}
    assert ids(package, "high") == {"登记", "您好,%(name)s"}
    assert {m.context for m in translate.read(package / "low") if m.id == "登记"} == {None, "verb"}


def test_running_twice_changes_nothing(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(package, monkeypatch)
    before = (package / "low" / PO).read_text()
    run(package, monkeypatch)
    assert (package / "low" / PO).read_text() == before


def test_english_is_kept_retired_and_revived(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(package, monkeypatch)
    po = package / "low" / PO
    po.write_text(po.read_text().replace('msgid "派单"\nmsgstr ""', 'msgid "派单"\nmsgstr "Assign"'))
    code = (package / "low" / "rules.py").read_text()
    (package / "low" / "rules.py").write_text(code.replace("派单", "签收"))
    run(package, monkeypatch)
    assert '#~ msgid "派单"' in po.read_text()
    assert "Assign" not in {m.string for m in translate.read(package / "low") if m.id}
    run(package, monkeypatch)  # what is obsolete stays, also over a second run
    assert '#~ msgid "派单"' in po.read_text()
    (package / "low" / "rules.py").write_text(code)
    run(package, monkeypatch)
    assert translate.read(package / "low")["派单"].string == "Assign"
    assert "#~" not in po.read_text()


def test_check_names_what_is_missing(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(package, monkeypatch, "--check") == 1
    out = capsys.readouterr().out
    assert "low: no English for '派单'" in out
    assert not (package / "low" / PO).exists()


def test_a_sentence_translated_in_one_app_serves_all(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(package, monkeypatch)
    low, high = package / "low" / PO, package / "high" / PO
    text = low.read_text().replace('msgid "派单"\nmsgstr ""', 'msgid "派单"\nmsgstr "Assign"')
    text = text.replace('msgid "登记"\nmsgstr ""', 'msgid "登记"\nmsgstr "Register"')
    low.write_text(
        text.replace('msgstr[0] ""', 'msgstr[0] "%(n)d case"').replace(
            'msgstr[1] ""', 'msgstr[1] "%(n)d cases"'
        )
    )
    high.write_text(
        high.read_text().replace(
            'msgid "您好,%(name)s"\nmsgstr ""', 'msgid "您好,%(name)s"\nmsgstr "Hello %(name)s"'
        )
    )
    assert run(package, monkeypatch, "--check") == 0


def test_english_must_name_the_same_values(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(package, monkeypatch)
    high = package / "high" / PO
    high.write_text(
        high.read_text().replace(
            'msgid "您好,%(name)s"\nmsgstr ""', 'msgid "您好,%(name)s"\nmsgstr "Hello %(nome)s"'
        )
    )
    assert run(package, monkeypatch, "--check", "high") == 1
    assert "name, nome not on both sides" in capsys.readouterr().out


def test_fuzzy_counts_as_missing(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(package, monkeypatch)
    po = package / "low" / PO
    po.write_text(po.read_text().replace('msgid "派单"\nmsgstr ""', '#, fuzzy\nmsgid "派单"\nmsgstr "Guess"'))
    run(package, monkeypatch)
    with po.open("rb") as file:
        assert read_po(file)["派单"].string == ""


def test_compiled_catalogue_is_made(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(package, monkeypatch)
    assert (package / "low" / PO).with_suffix(".mo").exists()
