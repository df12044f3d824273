-- The letter by which a complaint came through an authority.
ALTER TABLE ticket ADD COLUMN authority jsonb;
