-- How tickets are served, in versions that are never changed.
CREATE TABLE service_rules (
    version     text PRIMARY KEY,
    valid_from  timestamptz NOT NULL,
    base        text REFERENCES service_rules,
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    document    jsonb NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON service_rules FROM "${app}";
