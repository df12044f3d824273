-- What customers asked that they were not answered since, by when they did. Of older tickets only the
-- running clock tells it.
ALTER TABLE ticket ADD COLUMN asked jsonb NOT NULL DEFAULT '[]';
