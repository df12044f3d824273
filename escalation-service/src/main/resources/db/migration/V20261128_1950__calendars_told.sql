-- Versions that were told; a version itself is never changed.
CREATE TABLE calendar_told (
    code     text NOT NULL,
    version  text NOT NULL,
    PRIMARY KEY (code, version),
    FOREIGN KEY (code, version) REFERENCES calendar
);
REVOKE UPDATE, DELETE, TRUNCATE ON calendar_told FROM "${app}";
