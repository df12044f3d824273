-- Which wait it is, when time may end it.
ALTER TABLE ticket ADD COLUMN wait_id uuid;
