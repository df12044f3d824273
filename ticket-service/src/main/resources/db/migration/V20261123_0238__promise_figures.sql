-- What became of promises, per day: added up from what is only ever inserted, so that nobody waits
-- for a row that all change.
CREATE TABLE promise_delta (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day       date NOT NULL,
    purpose   text NOT NULL,
    made      int NOT NULL,
    kept      int NOT NULL,
    broken    int NOT NULL,
    withdrawn int NOT NULL
);

CREATE TABLE promise_tally (
    day       date NOT NULL,
    purpose   text NOT NULL,
    made      bigint NOT NULL,
    kept      bigint NOT NULL,
    broken    bigint NOT NULL,
    withdrawn bigint NOT NULL,
    PRIMARY KEY (day, purpose)
);
