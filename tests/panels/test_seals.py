"""The page 封存: what is sealed, verified from the window, and what is wrong named by case and event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.panels.desk import Desk
from tests.panels.test_audit import as_auditor
from workstation.panels.audit import AuditPanel
from workstation.panels.audit import seals as page_module
from workstation.panels.audit.seals import Work, finding_text, verify
from workstation.services.audit import proof, seals
from workstation.services.audit.command import SAID
from workstation.services.audit.proof import Finding
from workstation.services.audit.sealing_keys import Signer
from workstation.store import raw

pytestmark = pytest.mark.article("MQ-19-EVIDENCE")


def opened(desk: Desk) -> Any:
    """The page, in front."""
    as_auditor(desk)
    panel = desk.open(AuditPanel, 820, 760)
    panel.show_part("seals")
    desk.settle()
    return panel.pages["seals"]


def test_what_is_sealed_is_shown_and_verified(desk: Desk) -> None:
    """Nothing sealed yet is said with what to do; then the day, the key and the hash, and a clean verification."""
    desk.case("dispatched")
    page = opened(desk)
    assert page.state.text() == "日志还没有封存过" and page.days.rowCount() == 0
    signer = Signer.new()
    now = datetime.now(UTC) + timedelta(days=2)
    (seal,) = seals.seal(desk.services.db, signer, now)
    page.reload()
    desk.settle()
    assert seal.day in page.state.text()
    assert seal.hash in page.key.text() and signer.public.hex() in page.key.text()
    assert page.days.rowCount() == 1 and page.days.item(0, 1).text() == str(seal.events)
    page.verify_now()
    assert not page.start.isEnabled() and page.stop.isVisible()
    desk.settle()
    assert page.said.text().startswith("未发现改动") and page.found.isHidden()
    assert page.start.isEnabled() and page.bar.isHidden()


def test_a_tampering_is_named_and_opens_its_case(desk: Desk) -> None:
    """The case's code, the event and the day; a double click goes to the case."""
    case = desk.case("dispatched")
    seals.seal(desk.services.db, Signer.new(), datetime.now(UTC) + timedelta(days=2))
    with desk.services.db.write() as conn:
        raw.cursor(conn, "DROP TRIGGER case_event_update")
        raw.cursor(conn, "UPDATE case_event SET actor = 'x' WHERE case_id = ? AND seq = 2", (case.id,))
    page = opened(desk)
    page.verify_now()
    desk.settle()
    assert page.said.text() == "发现 1 处问题"
    told = [page.found.item(0, column).text() for column in range(3)]
    assert told == ["记录内容被改动", case.code, "2"]
    asked: list[str] = []
    desk.context.case_requested.connect(asked.append)
    page.found.setCurrentCell(0, 0)
    page.found.cellDoubleClicked.emit(0, 0)
    assert asked == [case.id]


def test_it_can_be_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops is told so; nothing is claimed. A page that goes away stops what it began."""
    monkeypatch.setattr(proof, "EVERY", 1)
    desk.case("dispatched")
    page = opened(desk)
    page.verify_now()
    page.stop_now()
    desk.settle()
    assert page.result.isHidden() and page.start.isEnabled()
    assert verify(desk.services, Work(stopped=True)).report is None
    page._works.append(work := Work())
    desk.context.set_actor(desk.actors["operator"])
    desk.settle()
    assert work.stopped


def test_every_kind_has_its_sentence(desk: Desk) -> None:
    """In the window and on the command line."""
    assert all(finding_text(Finding(kind)) and "{" not in finding_text(Finding(kind)) for kind in SAID)
    assert page_module.NAMED > 0
