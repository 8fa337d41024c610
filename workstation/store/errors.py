"""What can go wrong with a store. Classes with a stable code and data; the sentence is made where it is shown."""

from __future__ import annotations

from typing import Any


class StoreError(Exception):
    """A city cannot be opened, read or written.

    ``code`` is one of: bad_url, missing, empty, half_written, not_a_database, damaged, not_a_city, older_schema,
    newer_schema, exists, unreachable, starting, crowded, refused_login, no_database, no_spatialite, no_postgis, busy,
    read_only, disk_full, no_extensions, unwritable, not_a_backup, tool_missing, tool_failed, no_account, no_server,
    bad_address, unsound, not_a_server, unordered, undivided, no_month, open_month, no_plpython, no_door, older_program,
    newer_program, other_program, not_superuser, server_old, bad_encoding, failed. ``data`` says which file, server or revision.
    """

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.data.items())
        return f"{self.code} ({details})" if details else self.code


class SeqConflict(Exception):
    """Somebody else has appended this case's event ``seq``, or used the command id, first."""

    def __init__(self, case_id: str, seq: int) -> None:
        super().__init__(case_id, seq)
        self.case_id = case_id
        self.seq = seq
