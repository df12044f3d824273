-- To which earlier ones of its matter an authority's ticket is still to be linked. No foreign key:
-- whoever opens a ticket has the lock of its matter, and waits for no other ticket's row.
CREATE TABLE link_owed (
    ticket_id uuid NOT NULL,
    earlier   uuid NOT NULL,
    PRIMARY KEY (ticket_id, earlier)
);
