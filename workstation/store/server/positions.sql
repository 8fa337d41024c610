-- Where people are is personal data: who may see it, and when it is erased, as services/spatial/positions.py says it.
CREATE SCHEMA IF NOT EXISTS door;

-- The units whose people a person sees on the map: the own and those below, for posts that are a unit's and not the centre's.
CREATE OR REPLACE FUNCTION door.my_people() RETURNS text[] LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    IF door.sees_whole(door.me()) THEN RETURN '{}'; END IF;
    RETURN door.my_units();
END $$;

-- Anybody may ask for it: it does what the city's setting says, by the server's clock, and nothing else.
CREATE OR REPLACE FUNCTION door.erase_positions() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
DECLARE
    said text := (SELECT c.value FROM city AS c WHERE c.key = 'positions.keep_days');
    days int := CASE WHEN said ~ '^[0-9]{1,5}$' AND said::int > 0 THEN said::int ELSE 30 END;
    ending text := door.instant(clock_timestamp() - make_interval(days => days));
    erased bigint;
BEGIN
    WITH due AS (
        SELECT t.mobile_id, t.at FROM track_point AS t WHERE t.at < ending ORDER BY t.at LIMIT 50000),
    gone AS (
        DELETE FROM track_point AS t USING due WHERE t.mobile_id = due.mobile_id AND t.at = due.at RETURNING 1)
    SELECT count(*) INTO erased FROM gone;
    DELETE FROM mobile_place AS p WHERE p.at < ending;
    RETURN erased;
END $$;
