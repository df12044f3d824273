-- Whether one of us opened it: then the client of its channel tells the customer. Leaders are on no roster.
ALTER TABLE ticket ADD COLUMN opened_by_us boolean NOT NULL DEFAULT false;
UPDATE ticket SET opened_by_us = true WHERE opened_by IN (SELECT id FROM agent);
