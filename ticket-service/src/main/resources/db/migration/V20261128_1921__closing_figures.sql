-- Which tickets were closed as solved when, and whether the customer came back: a day is missing
-- while the ticket is not closed. Per day and kind it is added up as promises are. It begins with
-- what is closed from now on.
CREATE TABLE closing (
    ticket_id uuid PRIMARY KEY,
    day       date,
    kind      text,
    reopened  boolean NOT NULL,
    repeated  boolean NOT NULL
);

CREATE TABLE closing_delta (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day           date NOT NULL,
    kind          text NOT NULL,
    solved        int NOT NULL,
    first_contact int NOT NULL,
    reopened      int NOT NULL,
    repeated      int NOT NULL
);

CREATE TABLE closing_tally (
    day           date NOT NULL,
    kind          text NOT NULL,
    solved        bigint NOT NULL,
    first_contact bigint NOT NULL,
    reopened      bigint NOT NULL,
    repeated      bigint NOT NULL,
    PRIMARY KEY (day, kind)
);
