-- Which ticket one that is closed repeats; beside the log, which names that by its number.
ALTER TABLE ticket ADD COLUMN duplicate_of uuid;
