-- What a person may write, table by table, beside cases (which only door.perform writes). The owner may everything. A refusal is an
-- error, so that the server's log tells of it; row-level security would pass over the rows in silence.

CREATE OR REPLACE FUNCTION door.refuse(code text, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % (role %)', code, what, session_user USING ERRCODE = 'insufficient_privilege';
END $$;

-- A photograph is what its name says.
CREATE OR REPLACE FUNCTION door.guard_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF door.posts() = '{}' OR NEW.sha256 <> encode(sha256(NEW.content), 'hex') OR NEW.size <> octet_length(NEW.content)
        OR NEW.size > 20 * 1024 * 1024 OR octet_length(NEW.thumbnail) > 1024 * 1024 THEN
        PERFORM door.refuse('not_yours', 'photo');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION door.guard_evidence_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF NEW.made_by <> door.me() OR NOT door.can('do:transfer', 'reporter') OR NOT door.near(NEW.made_at)
        OR NEW.sha256 <> encode(sha256(NEW.content), 'hex') OR NEW.size <> octet_length(NEW.content)
        OR NOT EXISTS (SELECT 1 FROM cases AS c WHERE c.id = NEW.case_id AND c.seq >= NEW.seq) THEN
        PERFORM door.refuse('evidence_not_yours', 'evidence_file');
    END IF;
    RETURN NEW;
END $$;

-- A shift is handed over by who held it, and taken over once, by another of the same post and unit.
CREATE OR REPLACE FUNCTION door.guard_shift_handover() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.from_person <> door.me() OR NOT NEW.post = ANY (door.posts()) OR NOT door.near(NEW.at)
            OR NEW.accepted_at IS NOT NULL OR NEW.accepted_by <> '' OR NEW.accepted_note <> '' THEN
            PERFORM door.refuse('handover_not_yours', 'shift_handover');
        END IF;
    ELSIF OLD.accepted_at IS NOT NULL OR NOT OLD.post = ANY (door.posts()) OR OLD.from_person = door.me()
        OR OLD.to_person NOT IN ('', door.me()) OR NEW.accepted_by <> door.me() OR NEW.accepted_at IS NULL
        OR NOT door.near(NEW.accepted_at)
        OR (SELECT p.unit_code FROM person AS p WHERE p.id = OLD.from_person) IS DISTINCT FROM door.my_unit() THEN
        PERFORM door.refuse('handover_not_yours', 'shift_handover');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION door.guard_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF NOT door.can('level:centre')
        OR (TG_OP = 'INSERT' AND (NEW."by" <> door.me() OR NEW.state <> 'open' OR NOT door.near(NEW.at)))
        OR (TG_OP = 'UPDATE' AND NEW.state <> 'closed') THEN
        PERFORM door.refuse('not_your_post', 'meeting');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION door.guard_meeting_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF NOT door.can('level:centre')
        OR NOT EXISTS (SELECT 1 FROM meeting AS m WHERE m.id = NEW.meeting_id AND m.state = 'open')
        OR (TG_OP = 'INSERT' AND (NEW.decided_at IS NOT NULL OR NEW.decided_by <> '' OR NEW.decision <> ''))
        OR (TG_OP = 'UPDATE' AND (NEW.decided_by <> door.me() OR NEW.decided_at IS NULL OR NOT door.near(NEW.decided_at)))
    THEN
        PERFORM door.refuse('not_your_post', 'meeting_item');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION door.guard_operation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF NOT door.can('do:dispatch', 'do:instruct')
        OR (TG_OP = 'INSERT' AND (NEW.opened_by <> door.me() OR NEW.closed_at IS NOT NULL OR NEW.closed_by <> ''
            OR NOT door.near(NEW.opened_at)))
        OR (TG_OP = 'UPDATE' AND (NEW.closed_by <> door.me() OR NEW.closed_at IS NULL OR NOT door.near(NEW.closed_at))) THEN
        PERFORM door.refuse('not_your_post', 'operation');
    END IF;
    RETURN NEW;
END $$;

-- The log of an operation: the next number, by whoever says it, and a unit's answers one step after the other.
CREATE OR REPLACE FUNCTION door.guard_operation_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    commands boolean;
    steps text[] := '{accepted,on_the_way,in_place,done}';
    said jsonb;
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    commands := door.post_may(NEW.post, 'do:dispatch', 'do:instruct');
    said := NEW.data::jsonb;
    IF NEW.actor <> door.me() OR NEW.actor_name <> door.my_name() OR NOT NEW.post = ANY (door.posts())
        OR NOT door.near(NEW.at)
        OR NEW.seq <> coalesce((SELECT max(e.seq) FROM operation_event AS e WHERE e.operation_id = NEW.operation_id), 0) + 1
    THEN
        PERFORM door.refuse('not_your_post', 'operation_event');
    END IF;
    IF NEW.kind IN ('order', 'note', 'close') THEN
        IF NOT commands OR NEW.kind <> 'close' AND NOT EXISTS (
            SELECT 1 FROM operation AS o WHERE o.id = NEW.operation_id AND o.closed_at IS NULL) THEN
            PERFORM door.refuse('not_your_post', 'operation_event');
        END IF;
    ELSIF NOT (commands OR NEW.unit = door.my_unit()) OR array_position(steps, NEW.kind) IS NULL
        OR NOT EXISTS (SELECT 1 FROM operation AS o WHERE o.id = NEW.operation_id AND o.closed_at IS NULL)
        OR NOT EXISTS (SELECT 1 FROM operation_event AS e WHERE e.operation_id = NEW.operation_id AND e.kind = 'order'
            AND e.seq = (said ->> 'order')::integer AND e.data::jsonb -> 'units' ? NEW.unit)
        OR EXISTS (SELECT 1 FROM operation_event AS e WHERE e.operation_id = NEW.operation_id AND e.unit = NEW.unit
            AND array_position(steps, e.kind) >= array_position(steps, NEW.kind)
            AND (e.data::jsonb ->> 'order')::integer = (said ->> 'order')::integer) THEN
        PERFORM door.refuse('operation_step', 'operation_event');
    END IF;
    RETURN NEW;
END $$;

-- Contacts: of any unit by who keeps the register, of the own unit and those below it by its people.
CREATE OR REPLACE FUNCTION door.guard_unit_contact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last text;
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    -- A seat whose clock is behind writes just after what is there.
    last := coalesce((SELECT max(c.since) FROM unit_contact AS c
        WHERE c.unit_code = NEW.unit_code AND c.role = NEW.role), NEW.since);
    IF NEW.changed_by <> door.me() OR NEW.role NOT IN ('leader', 'head', 'receiver')
        OR NOT (door.can('staff') OR (NEW.unit_code = ANY (door.my_units()) AND NOT door.sees_whole(door.me())))
        OR NOT door.near(NEW.since) AND NOT (NEW.since > last
            AND NEW.since <= door.instant(last::timestamptz + interval '1 second')) THEN
        PERFORM door.refuse('not_your_unit', 'unit_contact');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION door.guard_calendar_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF door.trusted() THEN RETURN NEW; END IF;
    IF NEW."by" <> door.me() OR NOT door.can('do:recompute') OR NOT door.near(NEW.registered_at) THEN
        PERFORM door.refuse('wrong_post', 'calendar_edition');
    END IF;
    RETURN NEW;
END $$;

-- Of the settings, seats write only which edition of the calendar the deadlines were told by.
CREATE OR REPLACE FUNCTION door.guard_city() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(OLD.key, NEW.key);
    after text := coalesce(NEW.key, OLD.key);
BEGIN
    IF door.trusted() OR (door.sees_whole(door.me())
        AND before IN ('calendar_told', 'calendar_telling') AND after IN ('calendar_told', 'calendar_telling')) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    -- How units are recommended and what is dispatched by itself: whoever approves what holds in the city; whoever dispatches may
    -- stop the automatic. Who did it is written beside it.
    IF before = after AND after ~ '^dispatch\.(recommend|automatic|threshold|weights)(\.by)?$'
        AND (after NOT LIKE '%.by' OR TG_OP = 'DELETE' OR NEW.value = door.me())
        AND (after NOT IN ('dispatch.recommend', 'dispatch.automatic') OR TG_OP = 'DELETE' OR NEW.value IN ('on', 'off'))
        AND (door.can('approve') OR (door.can('do:dispatch') AND after IN ('dispatch.automatic', 'dispatch.automatic.by')
            AND (TG_OP = 'DELETE' OR after LIKE '%.by' OR NEW.value = 'off'))) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    PERFORM door.refuse('not_yours', 'city');
    RETURN coalesce(NEW, OLD);
END $$;

-- Grids, components and what lies under them: who keeps the inventory.
CREATE OR REPLACE FUNCTION door.guard_inventory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT door.trusted() AND NOT door.can('inventory') THEN
        PERFORM door.refuse('wrong_post', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

-- Drafts of the handbook: whoever writes in one is among its authors from then on, and does not approve it. What is approved is the
-- submitted draft, word for word but for the approval itself.
CREATE OR REPLACE FUNCTION door.guard_handbook_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text[];
BEGIN
    IF door.trusted() THEN RETURN coalesce(NEW, OLD); END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'approved' OR NOT door.can('edit', 'approve') THEN
            PERFORM door.refuse('edition_not_yours', 'handbook_edition');
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status = 'draft' AND NEW.id LIKE 'draft%' AND door.can('edit') AND NEW.author = door.me()
            AND NEW.approver = '' AND NEW.approved_at IS NULL AND door.near(NEW.registered_at) THEN
            RETURN NEW;
        END IF;
        IF NEW.status = 'approved' AND door.can('approve') AND NEW.approver = door.me() AND door.near(NEW.approved_at)
            AND NOT door.me() = ANY (string_to_array(NEW.author, ',')) AND NEW.city = (
                SELECT coalesce((SELECT c.value FROM city AS c WHERE c.key = 'handbook'), 'national'))
            AND NEW.valid_from >= to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
            AND EXISTS (SELECT 1 FROM handbook_edition AS d WHERE d.status = 'submitted' AND d.author = NEW.author
                AND d.base = NEW.base AND door.same_but_approval(d.content, NEW.content)) THEN
            RETURN NEW;
        END IF;
        PERFORM door.refuse('edition_not_yours', 'handbook_edition');
    END IF;
    before := string_to_array(OLD.author, ',');
    IF OLD.status = 'approved' OR NEW.status NOT IN ('draft', 'submitted') OR NEW.id <> OLD.id
        OR NOT before <@ string_to_array(NEW.author, ',')
        OR NOT string_to_array(NEW.author, ',') <@ (before || door.me())
        OR (NEW.content, NEW.edition) IS DISTINCT FROM (OLD.content, OLD.edition)
            AND NOT (door.can('edit') AND door.me() = ANY (string_to_array(NEW.author, ',')) AND NEW.status = 'draft')
        OR OLD.status = 'draft' AND NEW.status = 'submitted' AND NOT door.can('edit')
        OR OLD.status = 'submitted' AND NEW.status = 'draft' AND NOT door.can('edit', 'approve')
        OR NOT door.can('edit', 'approve') THEN
        PERFORM door.refuse('edition_not_yours', 'handbook_edition');
    END IF;
    RETURN NEW;
END $$;

-- The texts of an edition beside those of its draft: the head differs in who approved and from when, and nothing else does.
CREATE OR REPLACE FUNCTION door.same_but_approval(draft text, approved text) RETURNS boolean LANGUAGE plpython3u AS $$
import json
import tomllib

head = "handbook.toml"
said = ("approver", "valid_from", "draft")
before, after = json.loads(draft), json.loads(approved)
if {k: v for k, v in before.items() if k != head} != {k: v for k, v in after.items() if k != head}:
    return False
heads = [tomllib.loads(texts.get(head, "")) for texts in (before, after)]
return {k: v for k, v in heads[0].items() if k not in said} == {k: v for k, v in heads[1].items() if k not in said}
$$;

-- What is changed about a person: by who keeps the register, never about oneself, kept with who did it. Answers '' or why not.
CREATE OR REPLACE FUNCTION door.change_person(person text, kind text, detail text, post text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, door AS $$
DECLARE
    code text := '';
    who text := door.me();
BEGIN
    PERFORM 1 FROM person AS p WHERE p.id = $1 AND p.active FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN 'no_such_person'; END IF;
    IF NOT door.post_may($4, CASE WHEN $2 IN ('stop', 'resume') THEN 'stop' ELSE 'staff' END) THEN
        code := 'not_your_staff';
    ELSIF $1 = who THEN
        code := 'oneself';
    ELSIF $2 = 'grant' THEN
        IF NOT EXISTS (SELECT 1 FROM post_right AS r WHERE r.edition = rights_edition() AND r.post = $3
                AND r.what LIKE 'level:%' AND r.what <> 'level:system') THEN
            code := 'post_unknown';
        ELSE
            BEGIN
                INSERT INTO person_post (person_id, post) VALUES ($1, $3) ON CONFLICT DO NOTHING;
            EXCEPTION WHEN check_violation THEN
                code := 'two_hands';
            END;
        END IF;
    ELSIF $2 = 'revoke' THEN
        DELETE FROM person_post AS h WHERE h.person_id = $1 AND h.post = $3;
        IF NOT FOUND THEN code := 'not_held'; END IF;
    ELSIF $2 = 'certify' AND $3 ~ '^(\d{4}-\d\d-\d\d)?$' THEN
        UPDATE person AS p SET certified_until = nullif($3, '') WHERE p.id = $1;
    ELSIF $2 IN ('stop', 'resume') AND btrim($3) <> '' THEN
        UPDATE person AS p SET stopped = ($2 = 'stop') WHERE p.id = $1;
    ELSE
        code := 'field_missing';
    END IF;
    IF code <> '' THEN
        PERFORM door.note_attempt($4, 'person ' || $2 || ' ' || $1, code, $3);
        RETURN code;
    END IF;
    INSERT INTO person_change (person_id, at, kind, detail, by)
        VALUES ($1, door.instant(clock_timestamp()), $2, left($3, 1000), who);
    RETURN '';
END $$;

DO $$
DECLARE
    guarded record;
    kept text;
BEGIN
    FOR guarded IN SELECT * FROM (VALUES
        ('photo', 'INSERT', 'photo'), ('evidence_file', 'INSERT', 'evidence_file'),
        ('shift_handover', 'INSERT OR UPDATE', 'shift_handover'), ('meeting', 'INSERT OR UPDATE', 'meeting'),
        ('meeting_item', 'INSERT OR UPDATE', 'meeting_item'), ('operation', 'INSERT OR UPDATE', 'operation'),
        ('operation_event', 'INSERT', 'operation_event'), ('unit_contact', 'INSERT', 'unit_contact'),
        ('calendar_edition', 'INSERT', 'calendar_edition'), ('city', 'INSERT OR UPDATE OR DELETE', 'city'),
        ('handbook_edition', 'INSERT OR UPDATE OR DELETE', 'handbook_edition')
    ) AS listed (name, verbs, guard) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER a_door_guard BEFORE %s ON public.%I FOR EACH ROW EXECUTE FUNCTION door.guard_%s()',
            guarded.verbs, guarded.name, guarded.guard);
    END LOOP;
    -- Once a statement: an import writes a million components.
    FOREACH kept IN ARRAY '{component,grid,division,road,building,water,green,find_entry,unit_duty,collector_grid}'::text[] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER a_door_guard BEFORE INSERT OR UPDATE OR DELETE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION door.guard_inventory()', kept);
    END LOOP;
END $$;
