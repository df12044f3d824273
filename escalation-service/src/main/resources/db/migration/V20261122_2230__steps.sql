-- What is done before a clock runs out: of a line, and of a clock what is to come and what was done.
ALTER TABLE policy_rule ADD COLUMN steps jsonb NOT NULL DEFAULT '[]';
ALTER TABLE clock ADD COLUMN steps jsonb NOT NULL DEFAULT '{"coming": [], "taken": []}';
