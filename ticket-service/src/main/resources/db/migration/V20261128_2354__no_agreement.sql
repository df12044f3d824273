-- What is closed without an agreement is counted on its own.
ALTER TABLE closing_delta ADD COLUMN no_agreement int NOT NULL DEFAULT 0;
ALTER TABLE closing_tally ADD COLUMN no_agreement bigint NOT NULL DEFAULT 0;
