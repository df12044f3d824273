CREATE TABLE stop (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parcel uuid   NOT NULL,
    stop   int    NOT NULL,
    event  uuid   NOT NULL
);
