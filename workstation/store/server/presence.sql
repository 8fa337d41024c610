-- Who looks at or works on which case now. Not written to the server's log: a minute later it is of no worth.
-- A seat tells what it does itself (door.present); what a person reads of it is cut to the cases that the person sees.
CREATE SCHEMA IF NOT EXISTS door;
DO $$ BEGIN
    IF (SELECT relpersistence FROM pg_class WHERE oid = 'public.presence'::regclass) <> 'u' THEN
        ALTER TABLE public.presence SET UNLOGGED;
    END IF;
END $$;
ALTER TABLE public.presence ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS presence_of_seen_cases ON public.presence;
-- The rows of cases have their own policy, which holds in this query as well.
CREATE POLICY presence_of_seen_cases ON public.presence FOR SELECT
    USING (EXISTS (SELECT 1 FROM public.cases AS c WHERE c.id = presence.case_id));

-- doing: look, work, or '' for nothing any more. The owner of the city may say who it is, a person may not.
CREATE OR REPLACE FUNCTION door.present(
    seat text, case_id text, doing text, post text DEFAULT '', person text DEFAULT '', name text DEFAULT ''
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, door AS $$
DECLARE
    who text := person;
    called text := name;
    before text;
BEGIN
    IF NOT door.is_owner() THEN
        who := door.me();
        SELECT p.name INTO called FROM person AS p WHERE p.id = who AND p.active;
        IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM person_post AS h WHERE h.person_id = who AND h.post = $4) THEN
            RAISE EXCEPTION 'not_your_post' USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    IF length(seat) NOT BETWEEN 1 AND 64 OR doing NOT IN ('', 'look', 'work') THEN
        RAISE EXCEPTION 'bad_value' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT p.case_id || ' ' || p.doing || ' ' || p.person_id INTO before
        FROM presence AS p WHERE p.seat = $1 AND p.at > door.presence_since();
    -- What seats that were pulled out have left, and what this seat said last.
    DELETE FROM presence AS p WHERE (p.seat = $1 AND p.person_id = who) OR p.at <= door.presence_since();
    IF doing <> '' THEN
        INSERT INTO presence (seat, person_id, name, post, case_id, doing, at)
            VALUES ($1, who, called, $4, $2, $3, door.presence_instant(clock_timestamp()));
    END IF;
    IF before IS DISTINCT FROM (CASE WHEN doing <> '' THEN $2 || ' ' || $3 || ' ' || who END) THEN
        PERFORM pg_notify('workstation_presence', '');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION door.presence_instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
    SET search_path = pg_catalog AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- What was told before this is gone: a seat repeats itself every twenty seconds.
CREATE OR REPLACE FUNCTION door.presence_since() RETURNS text LANGUAGE sql STABLE
    SET search_path = pg_catalog, door
    AS $$ SELECT door.presence_instant(clock_timestamp() - interval '45 seconds') $$;

REVOKE ALL ON FUNCTION door.present(text, text, text, text, text, text), door.presence_instant(timestamptz),
    door.presence_since() FROM PUBLIC;
