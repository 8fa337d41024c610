"""When an edition of the handbook is approved, the database reads it: what it gives each post is kept from its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .door import function
from .names import run

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SIGNATURE = "keep_rights(edition text, city text, name text, valid_from text, content text)"
_TRIGGER = """
CREATE OR REPLACE FUNCTION door.edition_approved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
DECLARE wrong text := '';
BEGIN
    -- What a filed case kept of the edition that ships was approved by nobody here.
    IF NEW.approved_at IS NOT NULL THEN
        wrong := door.keep_rights(NEW.id, NEW.city, NEW.edition, NEW.valid_from, NEW.content);
    END IF;
    IF wrong <> '' THEN
        RAISE EXCEPTION 'edition_faulty: % (role %)', wrong, session_user USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER door_approved AFTER INSERT ON public.handbook_edition
    FOR EACH ROW WHEN (NEW.status = 'approved') EXECUTE FUNCTION door.edition_approved();
"""


def install(conn: Connection) -> None:
    """Make the function and its trigger, in the caller's transaction, as a superuser. The door comes before."""
    arguments = "edition, city, name, valid_from, content"
    run(conn, function(_SIGNATURE, "text", "services.rules.inside", "keep_rights", arguments))
    run(conn, _TRIGGER)
