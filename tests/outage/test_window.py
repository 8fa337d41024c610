"""The window while the server is away: calm, of use, and truthful about what it shows and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.outage.conftest import Seat
from tests.outage.proxy import PASS, REFUSE, Proxy
from tests.panels.desk import Desk
from tests.shell.test_window import Plain, settle
from workstation.shell import registry
from workstation.shell.maps.bridge import MapBridge
from workstation.shell.seat.outbox import AsOf
from workstation.shell.widgets.dialogs import ReasonDialog
from workstation.shell.window import MainWindow

pytestmark = pytest.mark.postgis


@pytest.fixture
def desk(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Desk]:
    """A person at the seat behind the proxy."""
    made = Desk(qtbot, seat.services, tmp_path)
    yield made
    made.close()


@pytest.fixture
def office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window at which an operator sits, with acceptance, the list and the case."""
    real = {"acceptance", "caselist", "case"}
    target = f"{Plain.__module__}:Plain"
    monkeypatch.setattr(
        registry, "PANELS", tuple(p if p.key in real else replace(p, target=target) for p in registry.PANELS)
    )
    monkeypatch.setattr(desk.client, "start", lambda *args, **options: None, raising=False)
    main = MainWindow(desk.theme, desk.settings)
    desk.qtbot.addWidget(main)
    main.resize(1600, 900)
    main.show()
    desk.context.names = {p.id: p.name for p in desk.services.people.all()}
    main.enter(desk.context)
    MapBridge(desk.context, {}, main.status).start()
    desk.context.start()
    desk.settle()
    yield main
    main.leave()
    desk.settle()


def pull_out(desk: Desk, office: MainWindow, proxy: Proxy) -> None:
    """The cable is out, and the seat has noticed."""
    proxy.mode = REFUSE
    proxy.drop()
    desk.qtbot.waitUntil(lambda: "离线" in office.status.database_words, timeout=12_000)
    desk.settle()


def put_in(desk: Desk, office: MainWindow, proxy: Proxy) -> None:
    """The cable is in again, and the seat has noticed."""
    proxy.mode = PASS
    desk.services.link.try_now()
    desk.qtbot.waitUntil(lambda: "离线" not in office.status.database_words, timeout=12_000)
    settle(desk)


def test_a_seat_goes_offline_takes_a_report_and_comes_back(
    desk: Desk, office: MainWindow, proxy: Proxy, seat: Seat
) -> None:
    """The bar says it, nothing pops up, lists and the case stay, a report is kept; on return it is sent, once."""
    known = desk.case("registered")
    settle(desk)
    desk.context.show_case(known.id)
    settle(desk)
    sheet: Any = office.panel("case")
    listed: Any = office.open_panel("caselist")
    desk.settle()
    rows = listed.table.model().rowCount()
    assert rows
    assert office.status.database_words == "中心数据库"
    desk.notices.clear()

    pull_out(desk, office, proxy)
    assert "自 " in office.status.database_words
    assert desk.notices == [], "no message storm"
    desk.context.minute.emit()
    desk.context.selection.clear()
    desk.context.show_case(known.id)
    settle(desk)
    assert desk.notices == []
    assert listed.table.model().rowCount() == rows
    assert sheet.sheet.case.id == known.id, "what was seen stays readable"
    marks = [mark for mark in office.findChildren(AsOf) if not mark.isHidden()]
    assert len(marks) >= 3 and all(mark.text().startswith("截至 ") for mark in marks)

    form: Any = office.open_panel("acceptance")
    desk.settle()
    desk.context.execute("register", None, report(seat.place), owner=form)
    desk.settle()
    assert "已存在本机" in desk.said()
    assert "1 项待发" in office.status.database_words

    before = len(desk.notices)
    put_in(desk, office, proxy)
    desk.qtbot.waitUntil(lambda: desk.services.outbox.waiting == 0, timeout=12_000)
    settle(desk)
    assert office.status.database_words == "中心数据库"
    assert [n.text for n in desk.notices[before:]] == ["离线期间的 1 项已全部送出"]
    assert not [mark for mark in office.findChildren(AsOf) if not mark.isHidden()]
    sent = [item for item in desk.services.outbox.items() if item.state == "sent"]
    assert [seat.times(item.command_id) for item in sent] == [1]
    assert sent[0].code


def report(place: dict[str, Any]) -> dict[str, Any]:
    """What the form would send."""
    return {
        **{"kind": "component", "class_code": "0101", "source": "hotline_12345"},
        **{"description": "雨水箅子缺失", "address": "运河路18号"},
        **place,
    }


def test_what_became_impossible_is_shown_and_decided(
    desk: Desk, office: MainWindow, proxy: Proxy, seat: Seat
) -> None:
    """Somebody else was quicker: the bar counts it, the card says by whom, and it is discarded with a reason."""
    case = desk.case("registered")
    settle(desk)
    desk.context.show_case(case.id)
    settle(desk)
    pull_out(desk, office, proxy)
    desk.context.execute("send_check", case, {"to": desk.actors["collector"].person})
    desk.settle()
    other = Seat(seat.url.replace(f":{proxy.port}/", f":{proxy._target}/"))
    other.services.cases.execute(
        other.command("comment", case, note="现场有人"), other.actors["shift_leader"]
    )
    other.services.close()
    put_in(desk, office, proxy)
    desk.qtbot.waitUntil(lambda: desk.services.outbox.impossible == 1, timeout=12_000)
    settle(desk)
    assert "1 项待处理" in office.status.database_words
    assert "1 项已不能按原来办理" in desk.said()
    office.status.outbox_asked.emit()
    desk.settle()
    card: Any = office._outbox
    assert card.isVisible()
    assert not card.hasFocus() and not card.isAncestorOf(office.focusWidget() or office)
    words = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "已不能按原来办理" in words and other.actors["shift_leader"].name in words
    discard = next(b for b in card.findChildren(QPushButton) if "不再送出" in b.text())
    discard.click()
    dialog = desk.dialog()
    assert isinstance(dialog, ReasonDialog)
    dialog.edit.setPlainText("已由值班长处理")
    dialog.ok.click()
    desk.qtbot.waitUntil(lambda: desk.services.outbox.impossible == 0, timeout=5_000)
    settle(desk)
    words = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "已由值班长处理" in words
    assert office.status.database_words == "中心数据库"
