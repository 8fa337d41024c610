-- The program that decides: its modules' texts and the data that it reads, from which the functions of the door import it.
-- ``digest`` says which edition of it, ``version`` which version of the whole.
CREATE SCHEMA IF NOT EXISTS door;
CREATE TABLE IF NOT EXISTS door.program (path text PRIMARY KEY, body text NOT NULL);

-- The modules as the server's Python has compiled them, for those connections whose Python is the same.
CREATE TABLE IF NOT EXISTS door.compiled (path text PRIMARY KEY, tag text NOT NULL, code bytea NOT NULL);

CREATE OR REPLACE FUNCTION door.edition() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door, pg_temp AS $$
    SELECT jsonb_object_agg(path, body) FROM door.program WHERE path IN ('digest', 'version')
$$;
