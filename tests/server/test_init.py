"""``workstation server init`` makes a database ready, and says why where it cannot."""

from __future__ import annotations

import psycopg
import pytest

from tests.server.seats import Seats

pytestmark = pytest.mark.postgis


def test_everybody_signs_in_as_a_role_of_their_own(seats: Seats) -> None:
    """With psql and a token each person is who they are, and sees what their post sees."""
    with psycopg.connect(seats.person_url("op1")) as conn:
        row = conn.execute(
            "SELECT session_user::text, door.me(), door.posts(), door.is_owner(), door.trusted()"
        ).fetchone()
    assert row == (seats.tokens["op1"][0], "op1", ["operator"], False, False)
