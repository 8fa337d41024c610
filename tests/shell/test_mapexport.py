"""Exporting the map: what is asked, what the worker is told, what is shown meanwhile, and what is said at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tests.panels.desk import Desk
from workstation.shell.mapexport import MapExportDialog, problem_text


@pytest.fixture
def dialog(desk: Desk) -> Iterator[MapExportDialog]:
    """The dialog, open over a window, and a map that looks at the city."""
    window = QWidget()
    desk.qtbot.addWidget(window)
    desk.canvas.set_home(desk.services.city.extent)
    desk.client.page_problem = None  # the tests say themselves how it ends
    made = MapExportDialog(desk.context, window)
    window.show()
    made.open()
    yield made
    window.close()


def test_the_page_is_what_was_asked_for(desk: Desk, dialog: MapExportDialog, tmp_path: Path) -> None:
    """Title, note, paper, the view and the hidden layers go to the worker; a missing ending is added."""
    assert desk.services.city.name in dialog.title.text()
    dialog.title.setText("文昌街道")
    dialog.note.setText("内部使用")
    dialog.page.setCurrentIndex(1)
    dialog.kind.setCurrentIndex(1)
    desk.canvas.set_hidden_layers({"green"})
    dialog.export(str(tmp_path / "图"))
    _, path, options = desk.client.pages[0]
    assert path == tmp_path / "图.png"
    box = desk.canvas.view.extent
    assert options["extent"] == (box.xmin, box.ymin, box.xmax, box.ymax)
    assert (options["title"], options["note"], options["page"]) == ("文昌街道", "内部使用", "A3")
    assert options["hidden"] == {"green"} and desk.services.city.name in options["subtitle"]


def test_while_it_is_written_that_is_shown_and_the_end_is_told(
    desk: Desk, dialog: MapExportDialog, tmp_path: Path
) -> None:
    """A moving bar and the file's name; another export's end is not this one's; then the file, with a way to open it."""
    dialog.export(str(tmp_path / "图.pdf"))
    number, path, _ = desk.client.pages[0]
    assert dialog.bar.isVisible() and "图.pdf" in dialog.words.text() and not dialog.ok.isVisible()
    desk.client.exported.emit(number + 1, "other.pdf", "")
    assert dialog.isVisible() and not desk.notices
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    desk.client.exported.emit(number, str(path), "")
    assert closed == [dialog.DialogCode.Accepted.value]
    notice = desk.notices[-1]
    assert notice.kind == "success" and str(path) in notice.text and notice.action is not None


def test_closing_the_dialog_does_not_stop_the_export(
    desk: Desk, dialog: MapExportDialog, tmp_path: Path
) -> None:
    """Work goes on; the message comes all the same, here that the folder cannot be written."""
    dialog.export(str(tmp_path / "图.pdf"))
    number, path, _ = desk.client.pages[0]
    dialog.cancel.click()
    desk.settle()
    desk.client.exported.emit(number, str(path), "not_written: /nowhere")
    assert desk.notices[-1].kind == "error" and "/nowhere" in desk.notices[-1].text


@pytest.mark.parametrize(
    "problem", ["no_qgis", "bad_format: a, B5", "not_written: x", "crashed: 11", "silent"]
)
def test_each_problem_is_a_sentence(problem: str) -> None:
    """No code reaches the person."""
    assert (
        problem.split(":")[0] not in problem_text(problem)
        and "\u4e00" <= problem_text(problem)[0] <= "\u9fff"
    )
