-- Stands before PostgreSQL's own in transactions of tests that choose the time.
CREATE SCHEMA settable;
GRANT USAGE ON SCHEMA settable TO "${app}";
CREATE FUNCTION settable.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    RETURN current_setting('gendan.now')::timestamptz;
