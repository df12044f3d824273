-- Of which stay a tenth of the time to solve it is left, or less. No reference to the ticket, as in
-- ticket_due.
CREATE TABLE nearly_due (
    ticket_id uuid PRIMARY KEY,
    stay      int  NOT NULL
);
