"""One map window: a canvas with a bar above it, the overview in its corner, and room below it for the time slider.

The main map is one of them, without a bar. What each shows (layers, cases, view, link) is its own; see :mod:`.windows`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from ..widgets.basics import kind_label, refresh_icons, tool_button
from .bridge import Choice
from .links import Link, MapLinks

if TYPE_CHECKING:
    from ...map.canvas import MapCanvas
    from ..context import AppContext
    from .heat import Heat
    from .timeslider import TimeSlider

MAIN = "main"


class MapWindow(QObject):
    """A canvas and what stands around it. ``frame`` is the widget to put into a dock or into the middle."""

    changed = Signal()
    """Something that its bar or its saved form says is another now."""

    def __init__(
        self,
        context: AppContext,
        canvas: MapCanvas,
        links: MapLinks,
        name: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        from ...map.overview import Overview  # not before the window is there: it needs numpy

        self.context = context
        self.canvas = canvas
        self.links = links
        self._name = name
        self.time: TimeSlider | None = None
        self.heat: Heat | None = None
        self.frame = QWidget()
        self._column = QVBoxLayout(self.frame)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.bar = None if canvas.name == MAIN else MapBar(self)
        if self.bar is not None:
            self._column.addWidget(self.bar)
        self._column.addWidget(canvas, 1)
        canvas.show()
        self.overview = Overview(canvas)
        canvas.layers_changed.connect(self.changed)

    @property
    def key(self) -> str:
        """What docks and the map worker know it by."""
        return self.canvas.name

    @property
    def name(self) -> str:
        """What people know it by."""
        return self._name

    def rename(self, name: str) -> None:
        """Another name; an empty one is not taken."""
        if name.strip():
            self._name = name.strip()
            self.changed.emit()

    # ---- what it shows ---------------------------------------------------------------------------------------

    @property
    def link(self) -> Link:
        """How it goes with the main map."""
        return self.links.mode(self.canvas)

    def set_link(self, mode: Link) -> None:
        """Go with the main map like this."""
        self.links.set_mode(self.canvas, mode)
        self.changed.emit()

    @property
    def choice(self) -> Choice:
        """Which cases it shows, besides what its layers leave out."""
        bridge = self.context.bridge
        return bridge.choice(self.canvas) if bridge is not None else Choice()

    def set_choice(self, choice: Choice) -> None:
        """Show these cases."""
        if self.context.bridge is not None:
            self.canvas.set_narrowed(bool(choice))
            self.context.bridge.show_only(self.canvas, choice)
        if self.time is not None:
            self.time.refill()
        self.changed.emit()

    @property
    def narrowed(self) -> bool:
        """Whether it leaves any case out."""
        stages, lights = self.canvas.cases.hidden()
        return bool(self.choice) or bool(stages) or bool(lights)

    def set_overview(self, on: bool) -> None:
        """Show the overview in the corner, or not."""
        self.overview.set_wanted(on)
        self.changed.emit()

    def toggle_overview(self) -> None:
        """The other way."""
        self.set_overview(not self.overview.wanted)

    def toggle_time(self) -> None:
        """Show the cases as they stood, or the present again. Other windows stay as they are."""
        if self.time is not None:
            self.close_time()
            return
        from .timeslider import TimeSlider  # seldom wanted

        self.time = TimeSlider(self.context, self.canvas, self.frame)
        self.time.closed.connect(self.close_time)
        self._column.addWidget(self.time)
        self.time.setFocus()
        self.changed.emit()

    def close_time(self) -> None:
        """The present again."""
        time, self.time = self.time, None
        if time is not None:
            time.finish()
            focus = QApplication.focusWidget()
            if focus is not None and time.isAncestorOf(
                focus
            ):  # else the keyboard goes to whatever comes next
                self.canvas.setFocus()
            self._column.removeWidget(time)
            time.hide()
            time.deleteLater()
            self.changed.emit()

    def ensure_heat(self) -> Heat:
        """The heat overlay's control, made at its first use."""
        if self.heat is None:
            from .heat import Heat  # seldom wanted

            self.heat = Heat(self.context, self.canvas)
            self.heat.changed.connect(self.changed)
        return self.heat

    # ---- coming back -------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """All that is to come back at the next start, as plain data."""
        view = self.canvas.view
        stages, lights = self.canvas.cases.hidden()
        choice = self.choice
        out: dict[str, Any] = {
            "key": self.key,
            "name": self._name,
            "overview": self.overview.wanted,
            "hidden": sorted(self.canvas.hidden_layers()),
            "stages": sorted(stages),
            "lights": sorted(lights),
            "classes": sorted(choice.classes),
            "units": sorted(choice.units),
            "mine": choice.mine,
            "cases": self.canvas.cases.visible,
        }
        if self.key != MAIN:
            out |= {"link": self.link.value, "view": [view.cx, view.cy, view.res]}
        if self.heat is not None and self.heat.on:
            out["heat"] = self.heat.state()
        return out

    def apply(self, state: Mapping[str, Any]) -> None:
        """What :meth:`state` gave; what is missing or unknown is left as it is."""
        self.canvas.set_hidden_layers(_texts(state, "hidden"))
        stages, lights = _texts(state, "stages"), _texts(state, "lights")
        self.canvas.set_case_filter(stages & _STAGES, lights & _LIGHTS)
        self.canvas.set_cases_visible(state.get("cases") is not False)
        choice = Choice(_texts(state, "classes"), _texts(state, "units"), state.get("mine") is True)
        if choice:
            self.set_choice(choice)
        self.set_overview(state.get("overview") is True)
        view = state.get("view")
        if isinstance(view, list) and len(view) == 3 and all(isinstance(v, float | int) for v in view):
            self.canvas.look_at(*(float(v) for v in view))
        if isinstance(state.get("heat"), dict):
            self.ensure_heat().apply(state["heat"])

    def recolor(self) -> None:
        """Another theme."""
        if self.bar is not None:
            refresh_icons(self.bar)
        if self.time is not None:
            self.time.recolor()

    def close(self) -> None:
        """Everything stops; the frame and its canvas may be deleted after this."""
        self.close_time()
        # The worker still tells the canvas of layers, and the bar would ask for the cases of a map that nobody feeds.
        self.canvas.layers_changed.disconnect(self.changed)
        if self.heat is not None:
            self.heat.close()
            self.heat = None
        self.links.remove(self.canvas)


_STAGES = frozenset({"collect", "build", "dispatch", "dispose", "feed_back", "verify", "evaluate"})
_LIGHTS = frozenset({"green", "yellow", "red", "none"})


def _texts(state: Mapping[str, Any], key: str) -> frozenset[str]:
    value = state.get(key)
    return frozenset(v for v in value if isinstance(v, str)) if isinstance(value, list) else frozenset()


class MapBar(QWidget):
    """What stands above a map window: its name, how it goes with the main map, which cases and layers, switches."""

    def __init__(self, window: MapWindow) -> None:
        super().__init__(window.frame)
        self._window = window
        self.setProperty("kind", "surface")
        self.setFixedHeight(34)
        self._name = kind_label(window.name, "heading")
        self._link = self._worded("link")
        self._menu = QMenu(self._link)
        self._group = QActionGroup(self._menu)
        self._modes = {
            Link.VIEW: self._menu.addAction(self.tr("跟随主图：位置和比例尺")),
            Link.CENTER: self._menu.addAction(self.tr("跟随主图：仅位置")),
            Link.FREE: self._menu.addAction(self.tr("独立浏览")),
        }
        for mode, action in self._modes.items():
            action.setCheckable(True)
            self._group.addAction(action)
            action.triggered.connect(lambda _on=False, m=mode: window.set_link(m))
        self._link.setMenu(self._menu)
        self._link.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._filter = self._worded("filter")
        self._filter.clicked.connect(self._ask_filter)
        self._layers = tool_button("layers", self.tr("本窗口的图层"), self._show_layers)
        self._overview = tool_button("overview", self.tr("鹰眼"), window.toggle_overview)
        self._heat = tool_button("heat", self.tr("热力图"), self._ask_heat)
        self._time = tool_button("clock", self.tr("时间轴：看案卷当时的情形"), window.toggle_time)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 6, 2)
        row.setSpacing(4)
        row.addWidget(self._name)
        row.addSpacing(6)
        row.addWidget(self._link)
        row.addWidget(self._filter)
        row.addStretch(1)
        for tool in (self._layers, self._overview, self._heat, self._time):
            tool.setCheckable(tool is not self._layers)
            row.addWidget(tool)
        window.changed.connect(self.refresh)

    def _worded(self, icon: str) -> QToolButton:
        from PySide6.QtCore import Qt

        button = tool_button(icon, "")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def refresh(self) -> None:
        """Say how things are."""
        window = self._window
        self._name.setText(window.name)
        words = {
            Link.VIEW: self.tr("跟随主图"),
            Link.CENTER: self.tr("跟随位置"),
            Link.FREE: self.tr("独立"),
        }
        self._link.setText(words[window.link])
        self._link.setToolTip(self._modes[window.link].text())
        self._modes[window.link].setChecked(True)
        self._filter.setText(self.tr("部分案卷") if window.narrowed else self.tr("全部案卷"))
        self._filter.setToolTip(self.tr("本窗口显示哪些案卷"))
        for tool, on in (
            (self._overview, window.overview.wanted),
            (self._heat, window.heat is not None and window.heat.on),
            (self._time, window.time is not None),
        ):
            tool.setChecked(on)

    def _ask_filter(self) -> None:
        from .filter import MapFilterDialog

        MapFilterDialog(self._window, self).open()

    def _show_layers(self) -> None:
        self._window.context.set_canvas(self._window.canvas)
        self._window.context.show_panel("layers")

    def _ask_heat(self) -> None:
        from .heatdialog import HeatDialog

        HeatDialog(self._window, self).open()
        self.refresh()
