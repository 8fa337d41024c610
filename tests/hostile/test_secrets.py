"""Passwords and tokens stay where they are needed: in no message, no log, no setting, no answer of the map worker."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests import postgis
from tests.map.qgis_python import needs_qgis
from tests.map.test_worker import Talk
from workstation import cli
from workstation.map import protocol
from workstation.map.definitions import MapDefinition
from workstation.store.database import Database, parse_url
from workstation.store.errors import StoreError

SECRET = "hunter2-geheim"

URLS = (
    f"postgresql://op:{SECRET}@127.0.0.1:1/city",
    f"postgresql://op:{SECRET}@/city?host=/nowhere",
    f"postgres://op:{SECRET}@host/city",
    f"mysql://op:{SECRET}@host/city",
    f"postgresql://op:{SECRET}@host:port/city",
    f"postgresql://op:{SECRET}@[bad/city",
    f"postgresql://host/city?password={SECRET}",
    f"postgresql://host:port/city?password={SECRET}",
    f"postgresql://127.0.0.1:1/city?user=op&password={SECRET}",
)


@pytest.mark.parametrize("url", URLS)
def test_what_fails_does_not_say_the_password(
    url: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """An address that cannot be used or reached is refused in words that leave the password out, whatever its form."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StoreError) as caught:
        Database.open(url)
    for error in (caught.value, caught.value.__cause__, caught.value.__context__):
        assert SECRET not in f"{error!s} {error!r} {getattr(error, 'data', '')}"
    for action in ("check", "upgrade", "create"):
        assert cli.main(["db", action, "--db", url]) == 1
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err + caplog.text


@pytest.mark.postgis
def test_an_open_city_is_shown_without_it(postgis_server: postgis.Server, empty_template: str) -> None:
    """A database's own words about itself hold neither the password of its address nor that of its query."""
    url = postgis_server.new_database(empty_template)
    for form in (url.replace("@", f":{SECRET}@"), f"{url}?password={SECRET}"):
        database = Database.open(form)
        try:
            assert SECRET not in f"{database.url} {database!r} {parse_url(form)!r}"
        finally:
            database.close()
    postgis_server.drop(url)


@pytest.mark.qgis
@pytest.mark.postgis
@needs_qgis
def test_the_map_worker_does_not_tell_it(
    postgis_server: postgis.Server, empty_template: str, tmp_path: Path
) -> None:
    """A layer that cannot be opened on the server is told without the password that the worker was given for it."""
    url = parse_url(postgis_server.new_database(empty_template))
    source = {
        "kind": "postgis",
        "host": url.host,
        "port": url.port,
        "database": url.database,
        "user": url.username,
    }
    wire = MapDefinition.load().wire()
    for layer in wire["layers"]:
        layer["table"], layer["sql"] = "nowhere", ""
    worker = Talk(tmp_path)
    worker.say("open", source=source | {"password": SECRET}, map_crs="EPSG:4549", **wire)
    assert worker.hear(protocol.OPENED).fields["layers"] == []
    failed = worker.hear(protocol.LAYER_FAILED)
    assert SECRET not in str(failed.fields)
    code, words = worker.close()
    assert code == 0
    assert SECRET not in words
