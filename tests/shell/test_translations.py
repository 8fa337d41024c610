"""English is whole: every text of the interface has a translation, and the program can be started in it."""

from __future__ import annotations

import ast
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from workstation import app, cli
from workstation.shell.look.theme import Theme
from workstation.shell.texts.languages import LANGUAGES, stored_language
from workstation.shell.window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
TS = ROOT / "resources" / "translations" / "workstation_en.ts"
QM = TS.with_suffix(".qm")
TOOLS = Path(sys.executable).parent
CHINESE = re.compile(
    "[\u3400-\u9fff]"
)  # ideographs: a Chinese comma between two names of the city's is no text of ours

# A language is called by its own name in every language.
NOT_TRANSLATED = {("workstation/shell/texts/languages.py", name) for name in LANGUAGES.values()} | {
    ("workstation/panels/calendar/draft.py", "至")  # read from what was typed, never shown
}
# Chinese counts in ten thousands, English in thousands: one text, each language with the number it has a word for.
OTHER_FIELDS = {"{wan}万": {"thousand"}}

Message = tuple[str, str]  # context, source text


def entries(path: Path = TS) -> dict[Message, ElementTree.Element]:
    """The catalogue's entries."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def fields(words: str) -> list[str]:
    """The placeholders, each with its conversion and its format, in no order."""
    found = string.Formatter().parse(words)
    return sorted(f"{name}!{conversion}:{form}" for _, name, form, conversion in found if name is not None)


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the program, parsed."""
    for path in sorted((ROOT / "workstation").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def call_name(node: ast.AST) -> str:
    """What a call calls, without what it belongs to; "" for what is not a call."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def translated(tree: ast.AST, owner: str = "") -> Iterator[tuple[Message, ast.Call]]:
    """The texts given to tr() and translate(), with the context under which they are looked up."""
    for node in ast.iter_child_nodes(tree):
        name = call_name(node)
        if isinstance(node, ast.Call) and node.args:
            words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            if name == "tr" and isinstance(words[0], str):
                yield (owner, words[0]), node
            elif (
                name == "translate"
                and len(words) > 1
                and isinstance(words[0], str)
                and isinstance(words[1], str)
            ):
                yield (words[0], words[1]), node
        yield from translated(node, node.name if isinstance(node, ast.ClassDef) else owner)


def test_every_text_has_an_english_one() -> None:
    """No entry of the catalogue is empty, unfinished or without its placeholders."""
    wrong = []
    for (context, source), message in entries().items():
        translation = message.find("translation")
        words = "" if translation is None else translation.text or ""
        if not words.strip() or translation is None or translation.get("type"):
            wrong.append(f"{context}: {source}: not translated")
        elif source in OTHER_FIELDS:
            if {name.split("!")[0] for name in fields(words)} != OTHER_FIELDS[source]:
                wrong.append(f"{context}: {source}: {words}: other placeholders")
        elif fields(words) != fields(source):
            wrong.append(f"{context}: {source}: {words}: other placeholders")
        elif (
            CHINESE.search(words) and source != "语言 / Language"
        ):  # who reads only one of the two has to find it
            wrong.append(f"{context}: {source}: {words}: still Chinese")
    assert not wrong, "\n".join(wrong)


def test_the_catalogue_has_the_texts_of_the_source() -> None:
    """What the source asks for is what the catalogue has; else scripts/translations.sh was not run, or lupdate cannot read a call."""
    asked = {message for _, tree in sources() for message, _ in translated(tree)}
    had = set(entries())
    assert asked - had == set(), "not in the catalogue: run scripts/translations.sh and translate them"
    assert had - asked == set(), "no longer in the source: run scripts/translations.sh"


def test_the_compiled_catalogue_is_up_to_date(tmp_path: Path) -> None:
    """The committed .qm is what the committed .ts compiles to."""
    made = tmp_path / QM.name
    subprocess.run([TOOLS / "pyside6-lrelease", "-silent", TS, "-qm", made], check=True, timeout=60)
    assert made.read_bytes() == QM.read_bytes(), "run scripts/translations.sh"


def test_the_script_changes_nothing_that_is_up_to_date(tmp_path: Path) -> None:
    """lupdate finds the same texts again, so that running it leaves the translations alone."""
    copy = tmp_path / TS.name
    shutil.copy(TS, copy)
    files = [str(path) for path, _ in sources()]
    options = ["-no-obsolete", "-locations", "none", "-source-language", "zh_CN", "-target-language", "en"]
    command = [TOOLS / "pyside6-lupdate", *options, *files, "-ts", copy]
    subprocess.run(command, check=True, timeout=60, capture_output=True, cwd=ROOT)
    assert set(entries(copy)) == set(entries())


def test_no_chinese_text_stands_outside_tr() -> None:
    """In the interface every literal with Chinese in it is translated; docstrings are not shown."""
    stray = []
    for path, tree in sources():
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(
            ("workstation/shell/", "workstation/panels/", "workstation/map/", "workstation/app.py")
        ):
            continue
        inside = {id(part) for _, call in translated(tree) for part in ast.walk(call)}
        shown = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        stray += [
            f"{name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and CHINESE.search(node.value)
            and id(node) not in inside | shown
            and (name, node.value) not in NOT_TRANSLATED
        ]
    assert not stray, "\n".join(stray)


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """The interface in English, and afterwards as it was."""
    locale, before = QLocale(), set(qapp.findChildren(QTranslator))
    app.install_translations(qapp, "en")
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Settings of nobody."""
    return QSettings(str(tmp_path / "shell.ini"), QSettings.Format.IniFormat)


def menu_titles(window: MainWindow) -> list[str]:
    """The titles in the menu bar."""
    return [action.text() for action in window.top.menus.actions()]


def test_the_window_is_english_where_english_is_chosen(
    qtbot: QtBot, settings: QSettings, english: None
) -> None:
    """With the English catalogue the menus are English, and so are texts of base classes and of free functions."""
    window = MainWindow(Theme("day"), settings)
    qtbot.addWidget(window)
    assert menu_titles(window) == ["File", "View", "Help"]
    assert QCoreApplication.translate("Text", "剩 {time}") == "{time} left"


def test_the_window_is_chinese_by_default(qtbot: QtBot, settings: QSettings) -> None:
    """Without a choice the source's Chinese is shown, whatever the machine's language is."""
    assert stored_language(settings) == "zh_CN"
    window = MainWindow(Theme("day"), settings)
    qtbot.addWidget(window)
    assert menu_titles(window) == ["文件", "视图", "帮助"]


def test_the_menu_stores_the_language_for_the_next_start(qtbot: QtBot, settings: QSettings) -> None:
    """A choice in 视图 → 语言 is kept in the settings; the menu shows it, and says that it holds from the next start."""
    window = MainWindow(Theme("day"), settings)
    qtbot.addWidget(window)
    chinese, other = (window.actions_.action(f"language.{code}") for code in ("zh_CN", "en"))
    assert any(chinese in menu.actions() for menu in window.findChildren(QMenu))
    assert (chinese.isChecked(), other.isChecked()) == (True, False)
    other.trigger()
    assert stored_language(settings) == "en"
    assert (chinese.isChecked(), other.isChecked()) == (False, True)
    chinese.trigger()
    assert stored_language(settings) == "zh_CN"


def test_a_language_that_does_not_exist_is_chinese(settings: QSettings) -> None:
    """Settings that name an unknown language do not keep the program from starting."""
    settings.setValue("language", "eo")
    assert stored_language(settings) == "zh_CN"


def test_the_command_line_takes_the_language() -> None:
    """``--lang en`` is read; what is no language of the program is refused."""
    parser = cli.build_parser("open")
    assert parser.parse_args(["open", "--lang", "en"]).lang == "en"
    assert parser.parse_args(["open"]).lang is None
    with pytest.raises(SystemExit):
        parser.parse_args(["open", "--lang", "eo"])
