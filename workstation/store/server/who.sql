-- Who is calling, and what they may. A person is who logged in (session_user), whatever SET ROLE says; the owner of the tables
-- and its members, a superuser among them, is trusted and is nobody in particular.
CREATE SCHEMA IF NOT EXISTS door;

CREATE OR REPLACE FUNCTION door.prefix() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $prefix$::text $$;

CREATE OR REPLACE FUNCTION door.instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
    SET search_path = pg_catalog AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- The person whose role logged in; me: while the session holds that they signed in for.
CREATE OR REPLACE FUNCTION door.person_of_role() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT a.person_id FROM account AS a JOIN person AS p ON p.id = a.person_id
        WHERE a.role = session_user::text AND a.role <> '' AND a.active AND p.active), ''));
END $$;
CREATE OR REPLACE FUNCTION door.me() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT a.person_id FROM account AS a JOIN person AS p ON p.id = a.person_id
        LEFT JOIN LATERAL (SELECT s.ended_at, s.valid_until FROM seat_session AS s WHERE s.person_id = a.person_id
            ORDER BY s.at DESC LIMIT 1) AS last ON true
        WHERE a.role = session_user::text AND a.role <> '' AND a.active AND p.active AND last.ended_at IS NULL
            AND coalesce(last.valid_until > door.instant(clock_timestamp()), true)), ''));
END $$;

-- Of who logged in; current: of whose rights hold just now, which are the owner's within the functions of the door.
CREATE OR REPLACE FUNCTION door.is_owner() RETURNS boolean LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'public.city'::regclass), 'MEMBER'));
END $$;
CREATE OR REPLACE FUNCTION door.trusted() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT pg_catalog.pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class
        WHERE oid = 'public.city'::pg_catalog.regclass), 'MEMBER'));
END $$;

CREATE OR REPLACE FUNCTION door.posts() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(h.post::text ORDER BY h.post), '{}') FROM person_post AS h WHERE h.person_id = (SELECT door.me()));
END $$;

CREATE OR REPLACE FUNCTION door.my_unit() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT p.unit_code FROM person AS p WHERE p.id = (SELECT door.me())), ''));
END $$;

CREATE OR REPLACE FUNCTION door.my_name() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT p.name FROM person AS p WHERE p.id = (SELECT door.me())), ''));
END $$;

-- Whether a post that the person holds has one of these rights (table post_right); post_may: that post, held by the person.
CREATE OR REPLACE FUNCTION door.person_may(person text, VARIADIC what text[]) RETURNS boolean LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT EXISTS (SELECT 1 FROM person_post AS h JOIN post_right AS r ON r.post = h.post
        WHERE h.person_id = $1 AND r.edition = (SELECT rights_edition()) AND r.what = ANY ($2)));
END $$;
CREATE OR REPLACE FUNCTION door.can(VARIADIC what text[]) RETURNS boolean LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT door.person_may(door.me(), VARIADIC $1));
END $$;
CREATE OR REPLACE FUNCTION door.post_may(post text, VARIADIC what text[]) RETURNS boolean LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT EXISTS (SELECT 1 FROM person_post AS h JOIN post_right AS r ON r.post = h.post
        WHERE h.person_id = (SELECT door.me()) AND h.post = $1 AND r.edition = (SELECT rights_edition()) AND r.what = ANY ($2)));
END $$;

-- The part of the cases that a person sees who does not see all: as services/cases/scope.py says it.
CREATE OR REPLACE FUNCTION door.sees_whole(person text) RETURNS boolean LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    RETURN (SELECT door.person_may($1, 'level:centre', 'level:field', 'level:system'));
END $$;
CREATE OR REPLACE FUNCTION door.my_units() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
DECLARE mine text := door.my_unit();
BEGIN
    IF mine = '' OR door.posts() = '{}' THEN RETURN '{}'; END IF;
    RETURN (WITH RECURSIVE below (code) AS (
        SELECT mine UNION SELECT u.code FROM unit AS u JOIN below AS b ON u.parent = b.code)
        SELECT array_agg(code::text) FROM below);
END $$;
CREATE OR REPLACE FUNCTION door.my_grids() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
DECLARE place text;
BEGIN
    SELECT u.division INTO place FROM unit AS u WHERE u.code = (SELECT door.my_unit());
    IF coalesce(place, '') = '' OR NOT door.can('level:street', 'level:community') THEN RETURN '{}'; END IF;
    RETURN (SELECT coalesce(array_agg(g.code::text), '{}') FROM grid AS g
        WHERE g.street_code = place OR g.community_code = place);
END $$;
-- Where one of those units cooperates: read past the rows' own condition, which asks the cases' in turn.
CREATE OR REPLACE FUNCTION door.my_cooperation() RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
DECLARE mine text[] := door.my_units();
BEGIN
    RETURN QUERY SELECT u.case_id::text FROM case_unit AS u WHERE u.unit = ANY (mine);
END $$;

-- What a seat's clock says is taken if it is the server's to ten minutes.
CREATE OR REPLACE FUNCTION door.near(at text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, door AS $$
BEGIN
    RETURN (SELECT at BETWEEN door.instant(clock_timestamp() - interval '10 minutes')
        AND door.instant(clock_timestamp() + interval '10 minutes'));
END $$;

-- Lines of the change log, in the order of the commits; the number of the last.
CREATE OR REPLACE FUNCTION door.tell(topic text, keys text[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
DECLARE number bigint; said text;
BEGIN
    IF NOT door.is_owner() AND (door.me() = '' OR NOT $1 = ANY ('{component,grid,unit,city,person,handbook,calendar,handover,operation,meeting}')) THEN
        RAISE EXCEPTION 'not_yours: change_log (role %)', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF cardinality(keys) IS NULL OR cardinality(keys) NOT BETWEEN 1 AND 10000 OR EXISTS (
        SELECT 1 FROM unnest(keys) AS k WHERE k IS NULL OR length(k) > 200) THEN
        RAISE EXCEPTION 'bad_value' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock($lock$);
    FOREACH said IN ARRAY keys LOOP
        INSERT INTO change_log (topic, key, at) VALUES ($1, said, door.instant(clock_timestamp())) RETURNING id INTO number;
    END LOOP;
    RETURN number;
END $$;

-- Something was tried and is refused; kept because the caller of this answers with a value instead of an error.
CREATE OR REPLACE FUNCTION door.note_attempt(post text, what text, code text, detail text) RETURNS void LANGUAGE sql
    SECURITY DEFINER SET search_path = pg_catalog, public, door AS $$
    INSERT INTO attempt (at, person_id, role, post, what, code, detail) VALUES
        (door.instant(clock_timestamp()), door.me(), session_user, left($1, 100), left($2, 200), left($3, 100), left($4, 2000))
$$;
