-- When time counts; the whole of a version is its page. Versions are added, never changed.
CREATE TABLE calendar (
    code        text NOT NULL,
    version     text NOT NULL,
    valid_from  timestamptz NOT NULL,
    territory   text,
    tier        integer,
    page        jsonb NOT NULL,
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (code, version),
    UNIQUE NULLS NOT DISTINCT (code, territory, tier, valid_from)
);
REVOKE UPDATE, DELETE, TRUNCATE ON calendar FROM "${app}";

-- Which matters were told; each is told once a day.
CREATE TABLE alarm (
    id       text PRIMARY KEY,
    told_at  timestamptz NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON alarm FROM "${app}";
