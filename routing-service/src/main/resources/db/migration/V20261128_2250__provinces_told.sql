-- By which territory each province was last told to be served.
CREATE TABLE province_told (
    code      text PRIMARY KEY,
    territory text NOT NULL
);
