"""The dock 空间查询: an area and what is asked of it above, counts and rows of what was found below; or the nearest crews."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workstation.map.identify_card import value_title
from workstation.map.tools_measure import LonLat
from workstation.services.spatial.query import CASE, COMPONENT, Cancelled, Found
from workstation.shell.context import AppContext
from workstation.shell.maps import work as mapwork
from workstation.shell.panel import Panel
from workstation.shell.texts.text import kind_text
from workstation.shell.widgets import SegmentBar, button, kind_label, refresh_icons, tool_button
from workstation.shell.widgets.tables import KEY, ROW_HEIGHT, cell, fill, plain_table

from .area import Answer, Area, area_words, ask, kind_words, marks_of, problem_words
from .crews import CrewsPage
from .export import Export
from .model import FoundModel

SETTLE_MS = 350
METRES = (5, 20_000, 50)
NAMED = ("grid", "community", "street", "district", "unit", "road")
MOST_CHOSEN = 500


class QueryPanel(Panel):
    """Asks about areas. Others ask it through :mod:`workstation.shell.maps.work`."""

    key = "query"
    icon = "search"
    area = "right"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.work = mapwork.of(context)
        self._area: Area | None = None
        self._answer: Answer | None = None
        self._filter: tuple[str, str] = ("", "")
        self._stop: threading.Event | None = None
        self.model = FoundModel(context, self)
        self.export = Export(context, self)
        self.export.moved.connect(self._export_moved)
        self.export.over.connect(self._export_over)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(8)
        box.addLayout(self._make_head())
        box.addLayout(self._make_limits())
        box.addLayout(self._make_named())
        self.words = kind_label(self.tr("在地图上画出范围，或在这里填名称或编码"), "small")
        self.words.setWordWrap(True)
        box.addWidget(self.words)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._make_found())
        self.crews = CrewsPage(context, self.work)
        self.pages.addWidget(self.crews)
        box.addWidget(self.pages, 1)
        box.addLayout(self._make_foot())
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        context.actor_changed.connect(self._actor_changed)
        context.theme_changed.connect(partial(refresh_icons, self))
        self._show_buttons()

    @property
    def title(self) -> str:
        """The panel's name."""
        return self.tr("空间查询")

    # ---- what it is made of ----

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.what = SegmentBar([(COMPONENT, self.tr("部件")), (CASE, self.tr("在办案卷"))])
        self.what.changed.connect(self._what_changed)
        row.addWidget(self.what, 1)
        for tool, sign, tip in (
            ("query_box", "zoom-box", self.tr("在地图上拉框")),
            ("query_polygon", "edit", self.tr("在地图上画多边形")),
            ("query_circle", "overview", self.tr("在地图上画圆")),
        ):
            row.addWidget(tool_button(sign, tip, partial(self._take_tool, tool)))
        return row

    def _make_limits(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.classes = QComboBox()
        self.classes.setAccessibleName(self.tr("类别"))
        self.classes.setMinimumWidth(120)
        self._fill_classes()
        self.classes.currentIndexChanged.connect(lambda _at: self._ask())
        self.metres = QSpinBox()
        self.metres.setRange(METRES[0], METRES[1])
        self.metres.setValue(METRES[2])
        self.metres.setSuffix(self.tr(" 米"))
        self.metres.setToolTip(self.tr("周边和沿线查询的缓冲距离"))
        self.metres.setAccessibleName(self.tr("缓冲距离"))
        self.metres.valueChanged.connect(self._metres_changed)
        row.addWidget(self.classes, 1)
        row.addWidget(self.metres)
        return row

    def _make_named(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(self.tr("范围种类"))
        for kind in NAMED:
            self.kinds.addItem(kind_words(kind), kind)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("名称或编码，回车查询"))
        self.name.setAccessibleName(self.tr("名称或编码"))
        self.name.returnPressed.connect(self._named)
        row.addWidget(self.kinds)
        row.addWidget(self.name, 1)
        return row

    def _make_found(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self.tabs = SegmentBar(
            [("rows", self.tr("明细")), ("class", self.tr("按类别")), ("state", self.tr("按状态"))]
        )
        self.tabs.changed.connect(lambda _key: self._show_tab())
        box.addWidget(self.tabs)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.selectionModel().selectionChanged.connect(self._rows_chosen)
        self.table.activated.connect(self._opened)
        self.counts = plain_table([self.tr("名称"), self.tr("数量"), self.tr("占比")], [140, 76, 64])
        self.counts.itemActivated.connect(lambda _item: self._count_chosen())
        self.counts.itemDoubleClicked.connect(lambda _item: self._count_chosen())
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.counts)
        box.addWidget(self._lists, 1)
        return page

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.hide()
        self.stop = button(self.tr("停止"), "small", on_click=self.cancel)
        self.pick = button(self.tr("选中这些案卷"), "small", "check", self.select_cases)
        self.save = button(self.tr("导出…"), "small", "download", self._export)
        self.clear_button = button(self.tr("清除"), "small", on_click=self.clear)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        row.addStretch(1)
        for made in (self.pick, self.save, self.clear_button):
            row.addWidget(made)
        return row

    def _fill_classes(self) -> None:
        """All, and each main class of the kind asked about."""
        kinds = ("component",) if self.what.current == COMPONENT else ("component", "event")
        self.classes.blockSignals(True)
        self.classes.clear()
        self.classes.addItem(self.tr("全部类别"), "")
        if len(kinds) == 1:  # codes of events and components share their first figures
            seen: dict[str, str] = {}
            for item in self.context.services.handbook.classes:
                if item.kind in kinds:
                    seen.setdefault(item.main_code, item.main_name)
            for code, name in sorted(seen.items()):
                self.classes.addItem(name, code)
        self.classes.blockSignals(False)

    # ---- what is asked ----

    def _take_tool(self, name: str) -> None:
        canvas = self.context.canvas
        canvas.set_tool(name)
        canvas.setFocus()

    def ask_drawn(self, shape: str, places: tuple[LonLat, ...]) -> None:
        """Ask about a shape that was drawn on a map."""
        self.ask_area(Area(shape, places))

    def ask_around(self, kind: str, key: str, title: str) -> None:
        """Ask about what is within the metres of the panel around a road, component or case."""
        self.ask_area(Area(kind, key=key, title=title))

    def ask_point(self, lon: float, lat: float, title: str) -> None:
        """Ask about what is around a point."""
        self.ask_area(Area("point", ((lon, lat),), title=title))

    def ask_area_of(self, kind: str, key: str, title: str) -> None:
        """Ask about a grid, a division or a unit's area."""
        self.ask_area(Area(kind, key=key, title=title))

    def ask_nearest(self, lon: float, lat: float, title: str) -> None:
        """List the crews nearest to a point, with the ways there on the map."""
        self._stop_asking()
        self.work.show_area(())
        self.work.show_marks()
        self.work.choose(())
        self.pages.setCurrentWidget(self.crews)
        self.words.setText(self.tr("离「{}」最近的队伍和车辆，按道路距离").format(title))
        self._area, self._answer = None, None
        self.crews.ask(lon, lat)
        self._show_buttons()

    def _named(self) -> None:
        kind, words = str(self.kinds.currentData()), self.name.text().strip()
        if not words:
            return
        if kind == "road":
            self.ask_around("road", words, words)
            return
        self.context.tasks.run(
            self.context.services.spatial.area_named,
            kind,
            words,
            owner=self,
            key="named",
            on_done=lambda found: self.ask_area_of(kind, found[0], found[1]),
            on_error=self._failed,
        )

    def _what_changed(self, _key: str) -> None:
        self._fill_classes()
        self._ask()

    def _metres_changed(self, _value: int) -> None:
        if self._area is not None and self._area.around:
            self._settle.start()

    def _actor_changed(self, _actor: object) -> None:
        self.clear()

    def ask_area(self, area: Area) -> None:
        """Find what lies in the area."""
        self._area = area
        self._filter = ("", "")
        self.work.show_routes(())
        self.pages.setCurrentIndex(0)
        self._ask()

    def _ask(self) -> None:
        area, context = self._area, self.context
        if area is None:
            return
        self._stop_asking()
        stop = self._stop = threading.Event()
        self.words.setText(self.tr("正在查询 {} …").format(area_words(area, self.metres.value(), 0)))
        self.bar.setRange(0, 0)
        context.tasks.run(
            ask,
            context.services,
            area,
            float(self.metres.value()),
            self.what.current,
            str(self.classes.currentData() or ""),
            context.actor,
            stop.is_set,
            self.work.net,
            owner=self,
            key="ask",
            on_done=self._answered,
            on_error=self._failed,
        )
        self._show_buttons()

    def _stop_asking(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def cancel(self) -> None:
        """Stop what is under way: the question or the export."""
        self._stop_asking()
        self.export.cancel()
        self._show_buttons()

    def clear(self) -> None:
        """Ask nothing more, and take it off the maps."""
        self._stop_asking()
        self._area, self._answer = None, None
        self.model.show(None)
        self.crews.clear()
        self.words.setText(self.tr("在地图上画出范围，或在这里填名称或编码"))
        self.work.show_area(())
        self.work.show_marks()
        self.work.choose(())
        self.work.show_routes(())
        self._show_tab()
        self._show_buttons()

    def _failed(self, error: BaseException) -> None:
        self._stop = None
        if not isinstance(error, Cancelled):
            words = problem_words(error)
            if words:
                self.words.setText(words)
            else:
                self.context.say_error(error)
        else:
            self.words.setText(self.tr("查询已停止"))
        self._show_buttons()

    # ---- what was found ----

    def _answered(self, answer: Answer) -> None:
        self._stop = None
        self._answer = answer
        self._filter = ("", "")
        self.work.show_area(answer.rings)
        self._show_found()

    @property
    def found(self) -> Found | None:
        """What is listed: what was found, or of that one class or state."""
        return self.model.found

    def _show_found(self) -> None:
        answer = self._answer
        if answer is None:
            return
        field, key = self._filter
        found = answer.found
        if field:
            found = found.only(key) if field == "class" else found.only(state=key)
        self.model.show(found)
        for column, width in enumerate(
            (110, 150, 76, 130) if found.what == COMPONENT else (166, 104, 76, 150)
        ):
            self.table.setColumnWidth(column, width)
        if field:
            self._mark(found)
        else:
            self.work.show_marks(answer.marks)
        self.work.choose(())
        where = area_words(answer.area, self.metres.value(), answer.square)
        words = self.tr("{where}：{n} 个，用时 {s} 秒").format(
            where=where, n=f"{len(found):,}", s=f"{answer.seconds:.2f}"
        )
        if field:
            words += self.tr("（只看 {}）").format(self._count_words(field, key))
        self.words.setText(words)
        self._show_tab()
        self._show_buttons()

    def _mark(self, found: Found) -> None:
        """Mark these on the maps, as soon as they are put on them."""
        self.context.tasks.run(
            marks_of, self.work.net, found, owner=self, key="marks", on_done=self.work.show_marks
        )

    def _show_tab(self) -> None:
        tab = self.tabs.current
        self._lists.setCurrentIndex(0 if tab == "rows" else 1)
        if tab == "rows":
            return
        pairs = [] if self._answer is None else self._answer.counts[tab]
        total = max(1, sum(count for _, count in pairs))
        fill(
            self.counts,
            [
                [
                    cell(self._count_words(tab, key), key),
                    cell(f"{count:,}"),
                    cell(f"{count / total:.1%}"),
                ]
                for key, count in pairs
            ],
        )

    def _count_words(self, tab: str, key: str) -> str:
        if tab == "state":
            if self.what.current == CASE:
                return self.context.label("states", key)
            return value_title("state", key)
        for kind in ("component", "event"):
            item = self.context.services.handbook.class_item(kind, key)
            if item is not None and (kind == "component" or self.what.current == CASE):
                return item.name
        return f"{kind_text('component')} {key}"

    def _count_chosen(self) -> None:
        """Only this class or state."""
        item = self.counts.item(self.counts.currentRow(), 0)
        if item is not None:
            self._filter = (self.tabs.current, str(item.data(KEY)))
            self.tabs.choose("rows")
            self._show_found()

    def _rows_chosen(self) -> None:
        found = self.found
        rows = self.table.selectionModel().selectedRows()[:MOST_CHOSEN]
        if found is None:
            return
        numbers = [index.row() for index in rows]
        self.work.choose([(float(found.lon[n]), float(found.lat[n])) for n in numbers])
        if found.what == CASE and numbers:
            self.context.selection.set([str(found.ids[n]) for n in numbers])

    def _opened(self, index: QModelIndex) -> None:
        """Go there; of a case open it as well."""
        found = self.found
        if found is None:
            return
        self.context.canvas.fly_to(float(found.lon[index.row()]), float(found.lat[index.row()]), 2000)
        if found.what == CASE:
            self.context.show_case(str(found.ids[index.row()]))

    def select_cases(self) -> None:
        """All cases that were found are the selection."""
        if self.found is not None and self.found.what == CASE:
            self.context.selection.set([str(case_id) for case_id in self.found.ids.tolist()])

    def _export(self) -> None:
        if self.found is not None:
            self.export.ask_where(self.found, self.tr("空间查询"), self)
            self._show_buttons()

    def _export_moved(self, rows: int, count: int) -> None:
        self.bar.setRange(0, count)
        self.bar.setValue(rows)
        self._show_buttons()

    def _export_over(self) -> None:
        self._show_buttons()

    def _show_buttons(self) -> None:
        found = self.found
        some = found is not None and len(found) > 0
        busy = self._stop is not None or self.export.running
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        crews = self.pages.currentWidget() is self.crews
        self.pick.setVisible(not crews and found is not None and found.what == CASE)
        self.save.setVisible(not crews)
        self.pick.setEnabled(some)
        self.save.setEnabled(some and not self.export.running)
        self.clear_button.setEnabled(self._area is not None or crews)
