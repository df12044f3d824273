-- A copy of what escalation-service tells about the calendar of working days, by version.
CREATE TABLE work_calendar (
    version  text PRIMARY KEY,
    told     jsonb NOT NULL
);
