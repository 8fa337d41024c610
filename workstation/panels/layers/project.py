"""Whose looks the map wears, those that ship or those of a project of QGIS, and the ways between them."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from workstation.panels.layers.texts import reason, split
from workstation.paths import home
from workstation.shell.widgets.basics import kind_label, tool_button

if TYPE_CHECKING:
    from workstation.map.project_file import MapAdditions
    from workstation.shell.context import AppContext


class ProjectBar(QWidget):
    """One line: the style in force; its menu chooses another, goes back to what ships, and writes a project for QGIS."""

    def __init__(self, context: AppContext, additions: MapAdditions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._additions = additions
        self.words = kind_label("", "muted")
        self.words.setSizePolicy(
            self.words.sizePolicy().Policy.Ignored, self.words.sizePolicy().Policy.Preferred
        )
        self.menu_button = tool_button("more", self.tr("地图样式（QGIS 项目）"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.menu_button.setMenu(menu)
        self.factory = self._action(menu, self.tr("恢复出厂样式"), additions.factory_looks)
        usual = (
            self.tr("使用数据库中的项目")
            if additions.stored is not None
            else self.tr("使用城市数据库旁的项目")
        )
        self.usual = self._action(menu, usual, additions.usual_looks)
        self.choose = self._action(menu, self.tr("选择 QGIS 项目…"), self._choose)
        menu.addSeparator()
        self.write = self._action(menu, self.tr("写出 QGIS 项目…"), self._ask_where)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 4)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.menu_button)
        additions.changed.connect(self.refresh)
        self.refresh()

    def _action(self, menu: QMenu, words: str, run: Any) -> QAction:
        action = menu.addAction(words)
        action.triggered.connect(lambda _checked=False: run())
        return action

    def refresh(self) -> None:
        """Say what is in force."""
        additions = self._additions
        name, tip = PurePath(additions.project).name, [additions.project] if additions.project else []
        if additions.wears_stored:
            name, tip = (
                self.tr("数据库中的项目"),
                [self.tr("GIS 人员在 QGIS 中保存到城市数据库，各坐席自动更新")],
            )
        if additions.problem:
            words = self.tr("样式：{file} 用不了").format(file=name)
            tip.append(reason(*split(additions.problem)))
        elif additions.has_looks:
            count = len(additions.report.get("styled") or ())
            words = self.tr("样式：{file}（{n} 层）").format(file=name, n=count)
        else:
            words, tip = self.tr("样式：出厂"), []
            if additions.wears_stored:
                tip = [self.tr("城市数据库中还没有 QGIS 项目")]
        for refused in additions.report.get("refused") or ():
            why = reason(str(refused.get("code")), str(refused.get("detail")))
            tip.append(self.tr("未采用「{layer}」：{why}").format(layer=refused.get("title"), why=why))
        self.words.setText(words)
        self.words.setToolTip("\n".join(tip))
        self.factory.setEnabled(bool(additions.project) or bool(additions.opacities))
        self.usual.setVisible(additions.stored is not None or bool(additions.usual_project))
        self.usual.setEnabled(
            not additions.wears_stored
            if additions.stored is not None
            else additions.project != additions.usual_project
        )

    def _choose(self) -> None:
        start = additions_folder(self._additions)
        pattern = self.tr("QGIS 项目 (*.qgs *.qgz)")
        dialog = QFileDialog(self, self.tr("选择 QGIS 项目"), str(start), pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._additions.choose_project)
        dialog.open()

    def _ask_where(self) -> None:
        beside = "" if self._additions.stored is not None else self._additions.usual_project
        name = beside or str(home() / f"{self._context.services.city.name}.qgs")
        dialog = QFileDialog(self, self.tr("写出 QGIS 项目"), name, self.tr("QGIS 项目 (*.qgs)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("qgs")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write_project)
        dialog.open()

    def write_project(self, path: str) -> None:
        """Write the project in the background, and say how it went."""
        from workstation.map.project_command import write  # starts processes: seldom wanted

        context, city = self._context, self._context.services.city
        context.tasks.run(
            write,
            context.services.db.worker_source(),
            city.map_crs,
            city.name,
            Path(path),
            list(city.extent or ()) or None,
            owner=self,
            key="write-project",
            on_done=lambda _failed: self._written(path),
            on_error=self._not_written,
        )
        context.notify(self.tr("正在写出 QGIS 项目"), "info")

    def _written(self, path: str) -> None:
        self._context.notify(
            self.tr("已写出 {file}：可在 QGIS 中打开、修改样式并保存").format(file=path), "success"
        )

    def _not_written(self, error: BaseException) -> None:
        detail = str(getattr(error, "detail", error))
        self._context.notify(self.tr("QGIS 项目没有写出：{why}").format(why=detail), "error")


def additions_folder(additions: MapAdditions) -> Path:
    """Where a dialog for files of this city begins."""
    beside = "" if additions.wears_stored else additions.project or additions.usual_project
    return Path(beside).parent if beside else home()
