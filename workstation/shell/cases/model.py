"""A list of cases as a table model: of any length, read in windows in the background, changed row by row.

The number of rows is the filter's count; a window of rows is read when the view asks for one of them, and until it is
there the row is a placeholder. Only the windows last looked at are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from ...map.dragging import CASES_MIME, cases_mime
from ...services.lists.filter import SORTS, CaseFilter
from ...workflow.clock import light
from ..texts import text

if TYPE_CHECKING:
    from ...services.lists.lists import CaseLists, CaseRow, Key
    from ..context import AppContext

WINDOW = 100
KEPT = 24
ROW = Qt.ItemDataRole.UserRole + 1
"""The CaseRow; None while it is being read."""
COLUMNS = ("code", "class", "address", "state", "unit", "remaining", "reported")
SORTABLE = {"code": "code", "remaining": "deadline", "state": "changed"}

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


@dataclass(frozen=True)
class _Answer:
    generation: int
    total: int
    windows: dict[int, tuple[list[CaseRow], Key | None]]


def _read(
    lists: CaseLists, wanted: CaseFilter, generation: int, numbers: Sequence[int], keys: dict[int, Key | None]
) -> _Answer:
    """The count and some windows. A window whose key is not known is looked up by its place."""
    total = lists.count(wanted)
    windows: dict[int, tuple[list[CaseRow], Key | None]] = {}
    for number in sorted(numbers):
        if number * WINDOW >= total and number > 0:
            continue
        key = keys.get(number)
        if number and key is None:
            key = lists.key_at(wanted, number * WINDOW - 1)
            if key is None:
                continue
        page = lists.page(wanted, key, WINDOW)
        windows[number] = (page.rows, page.next)
        keys[number + 1] = page.next
    return _Answer(generation, total, windows)


@dataclass(frozen=True)
class _Touched:
    generation: int
    ids: frozenset[str]
    rows: list[CaseRow]
    total: int | None


def _look(
    lists: CaseLists, wanted: CaseFilter, generation: int, ids: frozenset[str], counted: bool
) -> _Touched:
    """Those of these cases that are in the list; and the count, where it cannot be told from that."""
    rows = lists.among(wanted, ids)
    return _Touched(generation, ids, rows, lists.count(wanted) if counted else None)


class CaseListModel(QAbstractTableModel):
    """The cases of one filter. ``counted(n)`` follows each reading of the count, ``loaded`` when other rows are there,
    ``moved`` when a change elsewhere needs what is looked at to be read anew."""

    counted = Signal(int)
    loaded = Signal()
    moved = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._filter: CaseFilter | None = None
        self._generation = 0
        self._total = 0
        self._windows: OrderedDict[int, list[CaseRow]] = OrderedDict()
        self._keys: dict[int, Key | None] = {0: None}
        self._asked: set[int] = set()
        self._wanted: list[int] = []
        self._ready = False
        self.updating = False
        """Whether rows come and go because the store changed, not by the person's hand."""
        self._touched: set[str] = set()
        self._looking = False
        # Touched while rows were being read: what is read may be older.
        self._again: set[str] = set()
        self._unit_names: dict[str, str] = {}
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._ask_now)

    # ---- what is listed ---------------------------------------------------------------------------------------

    @property
    def filter(self) -> CaseFilter | None:
        """What is listed."""
        return self._filter

    @property
    def ready(self) -> bool:
        """Whether the first rows, or that there are none, are known."""
        return self._ready

    def set_filter(self, wanted: CaseFilter) -> None:
        """List something else."""
        self.beginResetModel()
        self._generation += 1
        self._filter = wanted
        self._total = 0
        self._windows.clear()
        self._keys = {0: None}
        self._asked.clear()
        self._wanted.clear()
        self._touched.clear()
        self._again.clear()
        self._ready = False
        self.endResetModel()
        self._start([0])

    def set_unit_names(self, names: dict[str, str]) -> None:
        """Names for unit codes."""
        self._unit_names = names
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(COLUMNS) - 1))

    def unit_name(self, code: str) -> str:
        """The unit's name, its code where it is not known."""
        return self._unit_names.get(code, code)

    def refresh(self, first: int = 0, last: int = 0) -> None:
        """Read the count and the rows ``first`` to ``last`` again; windows elsewhere are forgotten."""
        if self._filter is None:
            return
        near = range(max(0, first // WINDOW), last // WINDOW + 1)
        for number in [n for n in self._windows if n not in near]:
            del self._windows[number]
        self._keys = {0: None}
        self._generation += 1
        self._asked.clear()
        self._start(list(near) or [0])

    def touch(self, ids: Iterable[str]) -> None:
        """These cases have changed: read them, and change their rows and no others.

        A row comes, goes or moves in a list that is loaded whole. Of a longer one only what is looked at is read again
        (``moved``), and that only where rows have come, gone or moved before or within what is loaded.
        """
        if self._filter is None or not self._ready:
            self._again.update(ids)
            return
        if self._asked:
            self._again.update(ids)
        self._touched.update(ids)
        if self._touched and not self._looking:
            self._looking = True
            asked, self._touched = frozenset(self._touched), set()
            elsewhere = not self._whole and not asked <= self.loaded_ids()
            self._context.tasks.run(
                _look,
                self._context.lists,
                self._filter,
                self._generation,
                asked,
                elsewhere,
                owner=self,
                on_done=self._looked,
                on_error=self._not_looked,
            )

    @property
    def _whole(self) -> bool:
        """Whether every row is loaded, in one window."""
        return self._total <= WINDOW and len(self._windows.get(0, ())) == self._total

    def _not_looked(self, error: BaseException) -> None:
        self._looking = False
        self._context.say_error(error)

    def _looked(self, answer: _Touched) -> None:
        self._looking = False
        if answer.generation == self._generation and self._filter is not None:
            self._apply(answer, self._filter.sort)
        if self._touched:
            self.touch(())

    def _apply(self, answer: _Touched, sort: str) -> None:
        from ...services.lists.lists import key_of

        found = {row.id: row for row in answer.rows}
        if self._whole:
            stay = [row for row in self._windows.get(0, ()) if row.id not in answer.ids]
            wanted = sorted([*stay, *answer.rows], key=lambda row: key_of(row, sort), reverse=SORTS[sort][1])
            if len(wanted) > WINDOW:
                self.moved.emit()
                return
            before = [row.id for row in self._windows.get(0, ())]
            self._merge(wanted)
            if before != [row.id for row in wanted]:
                self.counted.emit(self._total)
                self.loaded.emit()
            return
        here = {case_id: place for case_id in answer.ids if (place := self.row_of(case_id)) >= 0}
        if any(
            case_id not in found or not self._fits(found[case_id], place, sort)
            for case_id, place in here.items()
        ):
            self.moved.emit()
            return
        for case_id, place in here.items():
            self._replace(place, found[case_id])
        away = [row for row in answer.rows if row.id not in here]
        if answer.total is not None and (answer.total != self._total or away):
            last = max(self._windows, default=-1)
            rows = self._windows.get(last) or []
            behind = bool(rows) and all(_before(rows[-1], row, sort) for row in away)
            gone = len(answer.ids) - len(here) - len(away)
            if behind and not (gone and answer.total != self._total):
                self._resize(answer.total)
                self.counted.emit(self._total)
            else:
                self.moved.emit()

    def _fits(self, row: CaseRow, place: int, sort: str) -> bool:
        """Whether the row, as it is now, still stands rightly between its neighbours."""
        above, below = self._loaded(place - 1), self._loaded(place + 1)
        return (above is None or _before(above, row, sort)) and (below is None or _before(row, below, sort))

    def _loaded(self, place: int) -> CaseRow | None:
        number, at = divmod(place, WINDOW)
        window = self._windows.get(number, ()) if place >= 0 else ()
        return window[at] if at < len(window) else None

    def _replace(self, place: int, row: CaseRow) -> None:
        number, at = divmod(place, WINDOW)
        if self._windows[number][at] != row:
            self._windows[number][at] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def marked(self, ids: Iterable[str]) -> None:
        """Something beside the rows, which is painted with them, is another for these cases."""
        for case_id in ids:
            place = self.row_of(case_id)
            if place >= 0:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def _start(self, numbers: list[int]) -> None:
        assert self._filter is not None
        self._asked.update(numbers)
        context = self._context
        context.tasks.run(
            _read,
            context.lists,
            self._filter,
            self._generation,
            numbers,
            {n: self._keys[n] for n in list(self._keys)},
            owner=self,
            on_done=self._take,
        )

    def _ask_now(self) -> None:
        """Read the windows the view looked at last, not all it passed by."""
        numbers = [
            n
            for n in dict.fromkeys(reversed(self._wanted))
            if n not in self._windows and n not in self._asked
        ][:3]
        self._wanted.clear()
        if numbers and self._filter is not None:
            self._start(numbers)

    # ---- answers ------------------------------------------------------------------------------------------------

    def _take(self, answer: _Answer) -> None:
        if answer.generation != self._generation:
            return
        self._asked.difference_update(answer.windows)
        if answer.total <= WINDOW and self._total <= WINDOW:
            rows, key = answer.windows.get(0, ([], None))
            self._merge(rows)
            self._keys[1] = key
        else:
            self._resize(answer.total)
            for number, (rows, key) in answer.windows.items():
                before = self._windows.get(number, [])
                self._windows[number] = rows
                self._windows.move_to_end(number)
                self._keys[number + 1] = key
                self._tell_other_rows(number * WINDOW, before, rows)
            while len(self._windows) > KEPT:
                self._windows.popitem(last=False)
        self._ready = True
        self.counted.emit(self._total)
        self.loaded.emit()
        if self._again and not self._asked:
            again, self._again = self._again, set()
            self.touch(again)

    def _tell_other_rows(self, top: int, before: Sequence[CaseRow], rows: Sequence[CaseRow]) -> None:
        """Rows that are as they were are not drawn again."""
        other = [at for at, row in enumerate(rows) if at >= len(before) or before[at] != row]
        bottom = min(top + other[-1], self._total - 1) if other else -1
        if other and bottom >= top + other[0]:
            self.dataChanged.emit(self.index(top + other[0], 0), self.index(bottom, len(COLUMNS) - 1))

    def _resize(self, total: int) -> None:
        self.updating = True
        if total > self._total:
            self.beginInsertRows(_NONE, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(_NONE, total, self._total - 1)
            self._total = total
            self.endRemoveRows()
        self.updating = False

    def _merge(self, wanted: list[CaseRow]) -> None:
        """A short list: take out, put in, move and change single rows, so that nothing else is touched."""
        self.updating = True
        rows = self._windows.setdefault(0, [])
        keep = {row.id for row in wanted}
        for at in range(len(rows) - 1, -1, -1):
            if rows[at].id not in keep:
                self.beginRemoveRows(_NONE, at, at)
                del rows[at]
                self._total -= 1
                self.endRemoveRows()
        for at, row in enumerate(wanted):
            found = next((n for n in range(at, len(rows)) if rows[n].id == row.id), -1)
            if found < 0:
                self.beginInsertRows(_NONE, at, at)
                rows.insert(at, row)
                self._total += 1
                self.endInsertRows()
            elif found != at:
                self.beginMoveRows(_NONE, found, found, _NONE, at)
                rows.insert(at, rows.pop(found))
                self.endMoveRows()
            if rows[at] != row:
                rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
        self.updating = False

    # ---- rows ---------------------------------------------------------------------------------------------------

    def case_row(self, row: int) -> CaseRow | None:
        """The row; None while it is being read (which this starts)."""
        if not 0 <= row < self._total:
            return None
        number, at = divmod(row, WINDOW)
        window = self._windows.get(number)
        if window is None:
            self._wanted.append(number)
            if not self._ask.isActive():
                self._ask.start()
            return None
        return window[at] if at < len(window) else None

    def row_of(self, case_id: str) -> int:
        """Where a loaded case is, -1 where it is not loaded."""
        for number, window in self._windows.items():
            for at, row in enumerate(window):
                if row.id == case_id:
                    return number * WINDOW + at
        return -1

    def places(self, ids: frozenset[str]) -> list[int]:
        """Where those of these cases are that are loaded."""
        return [
            number * WINDOW + at
            for number, window in self._windows.items()
            for at, row in enumerate(window)
            if row.id in ids
        ]

    def loaded_ids(self) -> frozenset[str]:
        """The cases that are loaded."""
        return frozenset(row.id for window in self._windows.values() for row in window)

    # ---- Qt's questions -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_titles()[COLUMNS[section]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.case_row(index.row())
        if role == ROW:
            return row
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row)
        return None

    def lamp(self, row: CaseRow) -> str:
        """The row's light now: green, yellow, red, "" for none."""
        now = self._context.services.now()
        return "" if row.suspended else light(row.clock_yellow_at, row.clock_due_at, now)

    def presence_of(self, case_id: str) -> str:
        """What somebody else does at the case; "" where nobody else is."""
        found = self._context.presence.at(case_id)
        return found[0].doing if found else ""

    def words(self, row: CaseRow, column: str) -> str:
        """What a column says of a row."""
        now = self._context.services.now()
        match column:
            case "code":
                return row.code
            case "class":
                return row.class_name or text.kind_text(row.kind)
            case "address":
                return row.address
            case "state":
                return self._context.label("states", row.state)
            case "unit":
                inner = self.unit_name(row.inner_unit) if row.inner_unit else ""
                return f"{self.unit_name(row.unit)} › {inner}" if inner else self.unit_name(row.unit)
            case "remaining":
                if row.suspended:
                    return self.tr("挂账")
                if row.coordinating and row.clock_due_at is None:
                    return self.tr("协调中")
                return text.remaining_text(row.clock_due_at, now)
            case _:
                return text.time_text(row.reported_at or row.registered_at, now)

    def _tip(self, row: CaseRow) -> str:
        parts = [row.code, row.class_name, row.address, row.description]
        if row.clock_due_at is not None:
            parts.append(
                self.tr("截止 {time}").format(
                    time=text.time_text(row.clock_due_at, self._context.services.now())
                )
            )
        parts.append("　".join(self._marks(row)))
        parts.append(self._context.presence.words(row.id))
        return "\n".join(part for part in parts if part)

    def _marks(self, row: CaseRow) -> list[str]:
        """What is particular about a case, in words."""
        label = self._context.label
        rework = self.tr("第{n}次处置").format(n=row.rework + 1)
        told = (
            (row.emergency, self.tr("应急案件")),
            (row.key_case, self.tr("重点案件")),
            (row.directed, self.tr("督办、批示待回复")),
            (row.coordinating, self.tr("责任协调中")),
            (row.pending, self.tr("申请{kind}待答复").format(kind=label("requests", row.pending))),
            (row.way == "rapid", label("arrows", "rapid")),
            (row.way == "first", label("arrows", "first_response")),
            (row.rework, rework),
        )
        return [words for there, words in told if there]

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [CASES_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        rows = [self.case_row(number) for number in sorted({index.row() for index in indexes})]
        return cases_mime(row.id for row in rows if row is not None)

    def sort_key(self, column: int) -> str:
        """The filter's sort for a column, "" where the list cannot be sorted by it."""
        return SORTABLE.get(COLUMNS[column], "")

    def sorted_by(self, sort: str) -> CaseFilter | None:
        """The present filter in another order."""
        return None if self._filter is None else replace(self._filter, sort=sort)


def _before(one: CaseRow, other: CaseRow, sort: str) -> bool:
    """Whether one row stands before another in a list of that sort."""
    from ...services.lists.lists import key_of

    a, b = key_of(one, sort), key_of(other, sort)
    return a > b if SORTS[sort][1] else a < b


def column_titles() -> dict[str, str]:
    """The columns' names."""
    translate = QCoreApplication.translate
    return {
        "code": translate("CaseTable", "案卷号"),
        "class": translate("CaseTable", "类别"),
        "address": translate("CaseTable", "地址"),
        "state": translate("CaseTable", "状态"),
        "unit": translate("CaseTable", "主办单位"),
        "remaining": translate("CaseTable", "剩余时间"),
        "reported": translate("CaseTable", "上报时间"),
    }
