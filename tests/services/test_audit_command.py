"""``workstation audit``: from a key to a verified export, and what it says when something is wrong."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from workstation import cli

pytestmark = pytest.mark.usefixtures("city_url")


def audit(*words: object) -> int:
    """Run it."""
    return cli.main(["audit", *map(str, words)])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key in a file."""
    path = tmp_path / "seal.key"
    assert audit("keygen", "--to", path) == 0
    return path


@pytest.mark.article("MQ-19-EVIDENCE")
def test_from_a_key_to_a_proof(
    city_url: str, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Seal, pin, verify, export, verify the export; then a row is changed past the program, and it is named."""
    pins, exported = tmp_path / "pins", tmp_path / "log.jsonl"
    assert audit("seal", "--db", city_url, "--key", key, "--pin", pins) == 0
    assert audit("seal", "--db", city_url, "--key", key, "--pin", pins) == 0
    assert "Every full day is sealed." in capsys.readouterr().out
    assert len(pins.read_text().splitlines()) == 1
    public = key.with_name("seal.key.pub")
    assert audit("verify", "--db", city_url, "--pinned", pins, "--public", public) == 0
    assert "The log is what was sealed." in capsys.readouterr().out
    assert audit("export", "--db", city_url, "--to", exported) == 0
    assert audit("verify", "--log", exported, "--pinned", pins, "--json") == 0
    told = json.loads(capsys.readouterr().out.split("records\n")[1])
    assert told["findings"] == [] and told["sealed"] > 100
    with sqlite3.connect(city_url) as conn:
        conn.execute("DROP TRIGGER case_event_update")
        (case_id,) = conn.execute("SELECT case_id FROM case_event ORDER BY log_id LIMIT 1").fetchone()
        conn.execute("UPDATE case_event SET actor_name = '他人' WHERE case_id = ? AND seq = 1", (case_id,))
    conn.close()
    assert audit("verify", "--db", city_url) == 2
    out = capsys.readouterr().out
    assert f"case {case_id} event 1 (log" in out and "changed: day " in out and "1 found." in out


def test_a_key_follows_another(
    city_url: str, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old key vouches for the new one, and seals no more; a passphrase comes out of a file."""
    assert audit("seal", "--db", city_url, "--key", key) == 0
    new, word = tmp_path / "new.key", tmp_path / "word"
    word.write_text("井盖\n")
    assert audit("keygen", "--to", new, "--db", city_url, "--key", key) == 0
    assert audit("seal", "--db", city_url, "--key", key) == 1
    assert "is not the one that seals this city" in capsys.readouterr().err
    assert audit("seal", "--db", city_url, "--key", new) == 0
    locked = tmp_path / "locked.key"
    assert audit("keygen", "--to", locked, "--passphrase-file", word) == 0
    assert audit("seal", "--db", city_url, "--key", locked) == 1
    assert "passphrase" in capsys.readouterr().err
    assert audit("seal", "--db", city_url, "--key", locked, "--passphrase-file", word) == 1
    assert audit("verify", "--db", city_url) == 0


def test_what_cannot_be_done_is_said(
    city_url: str, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No city, no key, a key that would be written over, a day that is not over, a file that is no log."""
    seal = ("seal", "--db", city_url, "--key")
    (tmp_path / "empty").write_text("")
    for words, said in (
        (("verify", "--db", tmp_path / "none"), "There is no file"),
        ((*seal, tmp_path / "none"), "cannot be read"),
        ((*seal, tmp_path / "empty"), "is not a key"),
        (("keygen", "--to", key), "Keys are never written over"),
        (("keygen", "--to", tmp_path / "k", "--key", key), "go together"),
        ((*seal, key, "--day", "2099-01-01"), "is not over"),
        (("verify", "--log", tmp_path / "empty"), "cannot be read, line 0"),
        (("verify", "--log", tmp_path / "none"), "No such file"),
        (("verify", "--db", city_url, "--public", tmp_path / "empty"), "holds no public key"),
        (("export", "--db", city_url, "--to", tmp_path / "empty"), "File exists"),
        ((*seal, key, "--pin", tmp_path / "no" / "pin"), "No such file"),
    ):
        assert audit(*words) == 1
        err = capsys.readouterr().err
        assert said in err and "Traceback" not in err


def test_an_auditor_reads(city_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Looks at personal data and what was refused, of so many days, a line each or as JSON."""
    with sqlite3.connect(city_url) as conn:
        conn.execute(
            "INSERT INTO attempt (at, person_id, role, post, what, code, detail)"
            " VALUES (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), 'p1', 'r', 'operator', 'close', 'not_your_post', 'a b')"
        )
        conn.execute(
            "INSERT INTO personal_look (id, case_id, person_id, name, post, reason, fields, at)"
            " VALUES ('1', 'c1', 'p1', '张三', 'operator', '回访', 'reporter', '2001-01-01T00:00:00.000000Z')"
        )
    conn.close()
    assert audit("attempts", "--db", city_url) == 0
    assert capsys.readouterr().out.split("\t")[1:] == [
        "p1",
        "r",
        "operator",
        "close",
        "not_your_post",
        "a b\n",
    ]
    assert audit("looks", "--db", city_url) == 0
    assert capsys.readouterr().out == ""
    assert audit("looks", "--db", city_url, "--days", 100_000 // 7, "--json") == 0
    (look,) = json.loads(capsys.readouterr().out)
    assert (look["name"], look["reason"]) == ("张三", "回访")
