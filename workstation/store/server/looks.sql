-- Personal data of those who report. Where the server's keys are, and which of them is used: the owner's to know and to say.
CREATE SCHEMA IF NOT EXISTS door;
CREATE TABLE IF NOT EXISTS door.keeping (key text PRIMARY KEY, value text NOT NULL);
REVOKE ALL ON door.keeping FROM PUBLIC;

-- Commands come with their values beside the statement. Whatever a server logs of statements, it logs none of these values.
DO $do$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET log_parameter_max_length = 0', current_database());
    EXECUTE format('ALTER DATABASE %I SET log_parameter_max_length_on_error = 0', current_database());
END $do$;
