-- Where the matter is gone after instead, and whose matters are gone after here; beside the log like
-- the rest of the row.
ALTER TABLE ticket
    ADD COLUMN merge    jsonb,
    ADD COLUMN absorbed jsonb NOT NULL DEFAULT '[]';
