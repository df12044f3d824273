-- How often a clock rang. Those that ring by now are counted from here on.
ALTER TABLE clock ADD COLUMN rings int NOT NULL DEFAULT 0;
