"""Exporting the map: what is asked, what the worker is told, what is shown meanwhile, and what is said at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.panels.desk import Desk
from workstation.shell.maps import page as mappage
from workstation.shell.maps.export import MapExportDialog, problem_text


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


def pages(desk: Desk, ending: str = "") -> list[tuple[int, Path, dict[str, Any]]]:
    """The pages asked for, previews left out unless their ending is asked for."""
    desk.settle()
    return [page for page in desk.client.pages if (page[1].name == "preview.png") == (ending == "preview")]


def test_the_page_is_what_was_asked_for(desk: Desk, dialog: MapExportDialog, tmp_path: Path) -> None:
    """Title, note, paper, the view and the hidden layers go to the worker; a missing ending is added."""
    assert desk.services.city.name in dialog.title.text()
    dialog.title.setText("文昌街道")
    dialog.note.setText("内部使用")
    dialog.page.setCurrentIndex(1)
    dialog.lie.setCurrentIndex(1)
    dialog.kind.setCurrentIndex(1)
    dialog.scale.setCurrentIndex(dialog.scale.findData(2000))
    desk.canvas.set_hidden_layers({"green"})
    dialog.export(str(tmp_path / "图"))
    _, path, options = pages(desk)[0]
    assert path == tmp_path / "图.png"
    box = desk.canvas.view.extent
    assert options["extent"] == (box.xmin, box.ymin, box.xmax, box.ymax)
    assert (options["title"], options["note"], options["page"]) == ("文昌街道", "内部使用", "A3")
    assert options["hidden"] == {"green"} and desk.services.city.name in options["subtitle"]
    content = options["content"]
    assert (content["landscape"], content["legend"], content["scale"]) == (False, True, 2000.0)
    assert desk.services.city.name in content["source"] and "EPSG:" in content["source"]


def test_cases_are_on_the_page_as_on_the_screen(desk: Desk, dialog: MapExportDialog, tmp_path: Path) -> None:
    """The cases in view go along as points with vector signs, numbered as in the list; who reported them does not."""
    markers = desk.services.lists.markers()
    desk.canvas.set_cases(markers)
    dialog.listed.setChecked(True)
    dialog.export(str(tmp_path / "图.pdf"))
    content = pages(desk)[0][2]["content"]
    points, rows = content["marks"]["points"], content["table"]["rows"]
    assert len(points) == len(rows) == len(markers) > 0
    assert {point[2] for point in points} == set(content["marks"]["signs"])
    assert all(
        "<svg" in sign["svg"] and "<image" not in sign["svg"] for sign in content["marks"]["signs"].values()
    )
    codes = {marker.code for marker in markers}
    assert {row[1] for row in rows} == codes and [row[0] for row in rows] == [
        str(n + 1) for n in range(len(rows))
    ]
    assert points[-1][3] == "1"  # the most pressing lies on top
    assert len(content["table"]["headers"]) == len(content["table"]["widths"]) == len(rows[0])


def test_the_selection_is_offered(desk: Desk, tmp_path: Path) -> None:
    """With cases selected those are printed, in view or not; the areas that are shown go along as shapes."""
    markers = desk.services.lists.markers()
    desk.canvas.set_home(desk.services.city.extent)
    desk.canvas.set_cases(markers)
    desk.canvas.set_selection({markers[0].id})
    desk.canvas.set_units(desk.services.units.all())
    desk.canvas.show_unit_areas(None)
    choice = mappage.Choice(cases="selected", listed=True, areas=True)
    content = mappage.content(mappage.gather(desk.canvas, choice, desk.services.now(), ""))
    assert [row[1] for row in content["table"]["rows"]] == [markers[0].code]
    shapes = content["areas"]["shapes"]
    assert shapes and all(bytes.fromhex(shape[0]) and shape[2].startswith("#") for shape in shapes)
    window = QWidget()
    desk.qtbot.addWidget(window)
    dialog = MapExportDialog(desk.context, window)
    assert dialog.cases.currentData() == "selected" and dialog.areas.isChecked()


def test_a_preview_is_drawn_when_the_hand_rests(desk: Desk, dialog: MapExportDialog) -> None:
    """Small, one at a time, the last wish last; a picture that comes is shown. That of a PDF does not say that its list ends."""
    desk.qtbot.waitUntil(lambda: len(pages(desk, "preview")) == 1, timeout=3000)
    for title in ("甲", "乙", "丙"):
        dialog.title.setText(title)
        dialog._look()
    assert len(pages(desk, "preview")) == 1
    number, path, _ = pages(desk, "preview")[0]
    image = QImage(297, 210, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    image.save(str(path))
    desk.client.exported.emit(number, str(path), "")
    assert not dialog.picture.pixmap().isNull()
    desk.qtbot.waitUntil(lambda: len(pages(desk, "preview")) == 2, timeout=3000)
    assert pages(desk, "preview")[1][2]["title"] == "丙"
    assert pages(desk, "preview")[1][2]["content"]["goes_on"] is True
    dialog.kind.setCurrentIndex(1)
    dialog._look()
    desk.client.exported.emit(pages(desk, "preview")[1][0], str(path), "")
    desk.qtbot.waitUntil(lambda: len(pages(desk, "preview")) == 3, timeout=3000)
    assert pages(desk, "preview")[2][2]["content"]["goes_on"] is False


def test_while_it_is_written_that_is_shown_and_the_end_is_told(
    desk: Desk, dialog: MapExportDialog, tmp_path: Path
) -> None:
    """A moving bar and the file's name; another export's end is not this one's; then the file, with a way to open it."""
    dialog.export(str(tmp_path / "图.pdf"))
    number, path, _ = pages(desk)[0]
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
    dialog.cancel.click()
    number, path, _ = pages(desk)[0]
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
