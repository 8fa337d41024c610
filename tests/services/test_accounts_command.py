"""``workstation accounts``: the first administrator of a city in a file, passwords on and off, the figures."""

from __future__ import annotations

import pytest

from workstation import cli
from workstation.services.accounts import passwords
from workstation.services.accounts.entry import FileEntry
from workstation.services.services import Services


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in no time."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)


def test_a_city_in_a_file_begins_to_ask_for_passwords(
    city_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not before somebody could administer it; then the printed password opens, once, and the figures are set."""

    def said(*words: str, code: int = 0) -> str:
        assert cli.main(["accounts", "--db", city_url, *words]) == code
        return capsys.readouterr().out

    assert "sign-in: open" in said() and "none" in said()
    assert "administrator" in said("--sign-in", "password", code=1)
    assert "no person" in said("--open", "nobody", code=1)
    services = Services.open(city_url)
    admin = services.people.with_post("admin")[0].id
    password = said("--open", admin).split()[1]
    assert "sign-in: password" in said("--sign-in", "password")
    assert "idle_minutes: 5" in said("--set", "idle_minutes", "5")
    assert "bounds" in said("--set", "tries", "99", code=1)
    assert "bounds" in said("--set", "tries", "many", code=1)
    assert "no figure" in said("--set", "colour", "1", code=1)
    assert "idle_minutes: 5" in said() and "1 must_change" in said()
    assert services.accounts.needs_password() and services.accounts.policy().idle_minutes == 5
    found = FileEntry(services.db, "", services.now).sign_in(admin, password)
    assert found.verdict.must_change
    services.close()


def test_a_city_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    """A sentence and no traceback."""
    assert cli.main(["accounts", "--db", f"{tmp_path}/none.sqlite"]) == 1
    assert "missing" in capsys.readouterr().out
