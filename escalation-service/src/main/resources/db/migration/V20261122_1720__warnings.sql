-- Before a clock runs out people are warned; fires_at is when the next of all that happens.
ALTER TABLE clock ADD COLUMN warned smallint NOT NULL DEFAULT 0;
