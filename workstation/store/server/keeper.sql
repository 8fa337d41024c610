-- Making, letting in and ending the roles of persons. These run as the keeper, who may make roles and owns nothing; only the owner's
-- functions call them. A token is random and long, and what is written of it is a SCRAM verifier: no statement holds the token.

-- The role of a person: by their id where that fits into a name, else by its hash.
CREATE OR REPLACE FUNCTION door.role_of(person text) RETURNS text LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, door AS $$
    SELECT CASE WHEN $1 ~ '^[A-Za-z0-9_.-]+$' AND octet_length(door.prefix() || '_p_' || $1) <= 63
        THEN door.prefix() || '_p_' || $1
        ELSE door.prefix() || '_p_' || substr(encode(sha256(convert_to($1, 'UTF8')), 'hex'), 1, 16) END
$$;

CREATE OR REPLACE FUNCTION door.has_roles() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, door AS $$
    SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = door.prefix() || '_person')
$$;

-- The person's role, made where it is not there; '' in a city without roles. Twenty connections: a seat needs a dozen.
CREATE OR REPLACE FUNCTION door.role_make(person text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, door AS $$
DECLARE made text := door.role_of($1);
BEGIN
    IF NOT door.has_roles() THEN RETURN ''; END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = made) THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT'
            ' CONNECTION LIMIT 40 PASSWORD NULL IN ROLE %I', made, door.prefix() || '_person');
    END IF;
    RETURN made;
END $$;

-- Let whoever knows what the verifier was made of in, until then; a verifier of NULL lets nobody in.
CREATE OR REPLACE FUNCTION door.role_token(person text, verifier text, until timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, door AS $$
BEGIN
    IF NOT door.has_roles() THEN RETURN; END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', door.role_of($1), $2, coalesce($3, '-infinity'::timestamptz));
    -- Whatever the role has set for itself is not the next one's who sits there.
    EXECUTE format('ALTER ROLE %I RESET ALL', door.role_of($1));
    EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', door.role_of($1), current_database());
END $$;

-- The same token, until another time.
CREATE OR REPLACE FUNCTION door.role_until(person text, until timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, door AS $$
BEGIN
    IF NOT door.has_roles() THEN RETURN; END IF;
    EXECUTE format('ALTER ROLE %I VALID UNTIL %L', door.role_of($1), $2);
END $$;

-- End what the person's role has open, but for the connection that asks.
CREATE OR REPLACE FUNCTION door.role_end(person text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, door AS $$
BEGIN
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity AS a
        WHERE a.usename = door.role_of($1) AND a.datname = current_database() AND a.pid <> pg_backend_pid();
END $$;

-- Whether the person is of the group that sees every case.
CREATE OR REPLACE FUNCTION door.role_whole(person text, whole boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, door AS $$
DECLARE
    who text := door.role_of($1);
    everything text := door.prefix() || '_whole';
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who) OR NOT door.has_roles() THEN RETURN; END IF;
    IF whole AND NOT pg_has_role(who, everything, 'MEMBER') THEN
        EXECUTE format('GRANT %I TO %I', everything, who);
    ELSIF NOT whole AND pg_has_role(who, everything, 'MEMBER') THEN
        EXECUTE format('REVOKE %I FROM %I', everything, who);
    END IF;
END $$;

-- Who sees every case follows the posts; this runs as the owner, whoever changes them.
CREATE OR REPLACE FUNCTION door.follow_posts() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    PERFORM door.follow(p.person) FROM (SELECT DISTINCT person FROM unnest(ARRAY[NEW.person_id, OLD.person_id]) AS u (person)
        WHERE person IS NOT NULL) AS p;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION door.follow(person text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM account AS a WHERE a.person_id = $1 AND a.role <> '') THEN
        PERFORM door.role_whole($1, door.sees_whole($1));
    END IF;
END $$;
CREATE OR REPLACE TRIGGER door_follow AFTER INSERT OR UPDATE OR DELETE ON public.person_post
    FOR EACH ROW EXECUTE FUNCTION door.follow_posts();

-- A person who leaves the service is let in no more and sits nowhere.
CREATE OR REPLACE FUNCTION door.follow_service() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, door AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM account AS a WHERE a.person_id = NEW.id AND a.role <> '') THEN
        PERFORM door.role_token(NEW.id, NULL, NULL);
        PERFORM door.role_end(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER door_follow AFTER UPDATE OF active ON public.person
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION door.follow_service();
