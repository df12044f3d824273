-- Whether the answer that a ticket ends with is filed: solved, it is overdue until then.
ALTER TABLE ticket ADD COLUMN filed boolean NOT NULL DEFAULT false;
