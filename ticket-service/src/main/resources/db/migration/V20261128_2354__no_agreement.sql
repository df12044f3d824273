-- What is closed without an agreement is counted on its own, beginning with what is closed already:
-- its kind cannot have changed since.
ALTER TABLE closing_delta ADD COLUMN no_agreement int NOT NULL DEFAULT 0;
ALTER TABLE closing_tally ADD COLUMN no_agreement bigint NOT NULL DEFAULT 0;

INSERT INTO closing_delta (day, kind, solved, first_contact, reopened, repeated, no_agreement)
SELECT ((payload ->> 'at')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date, ticket.kind,
    0, 0, 0, 0, 1
FROM ticket JOIN event_log ON topic = 'tickets' AND key = ticket.id::text
WHERE ticket.status = 'CLOSED' AND type = 'TicketClosed'
    AND payload ->> 'reason' = 'NO_AGREEMENT';
