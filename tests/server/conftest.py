"""The prepared city of the tests here, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgis
from tests.server import seats as made
from tests.server.seats import STAFF, Seats


@pytest.fixture(scope="session")
def seats(postgis_server: postgis.Server, empty_template: str) -> Iterator[Seats]:
    """A prepared city in which everybody has signed in."""
    with made.opened(postgis_server, empty_template) as opened:
        opened.sign_in(*STAFF)
        yield opened
