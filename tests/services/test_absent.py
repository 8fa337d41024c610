"""Where personal data must not be: logs, exports, the change log, what is printed of a command, thumbnails, evidence."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.services.conftest import Desk
from workstation import cli
from workstation.services.documents.photos import inspect
from workstation.services.errors import Refused
from workstation.services.personal import personal
from workstation.shell.errors import log_to_file
from workstation.store import raw
from workstation.workflow.event import Command

pytestmark = pytest.mark.article("TZ-5-PRIVACY")

NAME, PHONE = "独孤有迹可循", "13987652468"


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    """The folder of the program's own log, written to from the most talkative level on, and taken away afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log_to_file(tmp_path / "logs")
    root.setLevel(logging.DEBUG)
    yield tmp_path / "logs"
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_a_loop_leaves_no_trace(desk: Desk, logs: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A case goes round with a marked reporter: refused, conflicting and looked at; no log, change or evidence has them."""
    case_id = desk.filed(reporter=NAME, reporter_phone=PHONE)
    desk.do("dis1", "dispatch", case_id, unit="U1")
    for data in ({"reporter": NAME}, {"unit": "nothing", "reporter_phone": PHONE}):
        with pytest.raises(Refused) as refused:
            desk.do("dis1", "dispatch", case_id, **data)
        logging.getLogger("test").error("refused", exc_info=refused.value)
        assert NAME not in str(refused.value) and PHONE not in str(refused.value)
    seen = desk.services.personal.look(case_id, "回访反映人", desk.actor("op1"))
    assert (seen.reporter, seen.reporter_phone) == (NAME, PHONE)
    evidence = desk.services.evidence.make(case_id, desk.actor("sl1"))
    with zipfile.ZipFile(io.BytesIO(evidence.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert "独孤**" in parts["case.json"].decode()
    with desk.services.db.read() as conn:
        rows = [
            raw.all_rows(conn, f"SELECT * FROM {table}") for table in ("change_log", "case_event", "attempt")
        ]
        rows += [raw.all_rows(conn, "SELECT doc, description, address FROM cases")]
    logging.getLogger("test").error("called from %s", PHONE)
    written = "".join(path.read_text("utf-8") for path in logs.iterdir())
    assert "139****2468" in written
    told = [written, repr(rows), *(part.decode("utf-8", "replace") for part in parts.values())]
    assert not any(NAME in text or PHONE in text for text in told)
    assert not any(NAME in record.getMessage() for record in caplog.records)


def test_a_command_is_printed_without_its_data() -> None:
    """What a traceback or a log prints of a command names nobody."""
    told = repr(Command("register", "c", "i", {"reporter": NAME, "reporter_phone": PHONE}))
    assert "register" in told and NAME not in told and PHONE not in told


def test_thumbnails_have_no_metadata() -> None:
    """Where a photograph was taken and by whom stays in the original, which is evidence; what is shown and listed has none."""
    exif = Image.Exif()
    exif[0x013B] = "Dugu"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=exif)
    assert b"Exif" in out.getvalue()
    _, thumbnail = inspect(out.getvalue(), "x.jpg")
    assert not dict(Image.open(io.BytesIO(thumbnail)).getexif()) and b"Exif" not in thumbnail


def test_the_demo_city_names_nobody(city_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the demo makes goes the same way: the log is masked, the looks open; the command counts none of before."""
    from workstation.services.services import Services

    services = Services.open(city_url)
    try:
        with services.db.read() as conn:
            kept = raw.all_rows(conn, "SELECT case_id FROM personal")
            events = raw.all_rows(conn, "SELECT data FROM case_event WHERE data LIKE '%reporter_phone%'")
            assert personal.in_the_clear(conn) == 0
        data = [json.loads(row[0]) for row in events]
        phones = [item["reporter_phone"] for item in data if item.get("reporter_phone")]
        assert len(kept) > 5 and len(phones) >= len(kept) and all("****" in phone for phone in phones)
        operator = services.people.with_post("operator")[0]
        actor = services.people.actor(operator.id, "operator")
        seen = services.personal.look(kept[0][0], "回访反映人", actor)
        assert len(seen.reporter_phone) == 11 and "*" not in seen.reporter + seen.reporter_phone
    finally:
        services.close()
    assert cli.main(["audit", "looks", "--db", city_url, "--old"]) == 0
    assert capsys.readouterr().out.startswith("0 cases")
    assert cli.main(["audit", "rekey", "--db", city_url]) == 0
    assert f"of {len(kept)} cases" in capsys.readouterr().out
