package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.util.List;
import java.util.Optional;

/**
 * A copy of what routing-service tells about agents: where they serve, and so what they may see.
 */
@Repository
public class Agents {

    /** Whoever can do more comes first; of whom nobody told yet how much, last. */
    private static final List<String> BY_LEVEL =
            List.of(Level.SENIOR.name(), Level.INTERMEDIATE.name(), Level.JUNIOR.name());

    private final JdbcClient jdbc;

    public record Agent(
            String id, String name, String team, @Nullable Territory territory, int tier) {}

    Agents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void save(AgentChanged agent) {
        jdbc.sql(
                        """
                        INSERT INTO agent (id, name, team, territory, tier, level, on_duty)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO UPDATE SET
                            name = excluded.name, team = excluded.team,
                            territory = excluded.territory, tier = excluded.tier,
                            level = excluded.level, on_duty = excluded.on_duty
                        """)
                .param(agent.agent())
                .param(agent.name())
                .param(agent.team())
                .param(Rows.name(agent.territory()))
                .param(agent.tier())
                .param(agent.level().name())
                .param(agent.onDuty())
                .update();
    }

    /** By the name that the roster has for them; who is not in it has the name of their token. */
    Person person(Caller caller) {
        return new Person(caller.id(), find(caller.id()).map(Agent::name).orElse(caller.name()));
    }

    /** Those of a tier who are on duty, the first of whom leads it then. */
    List<Person> onDuty(int tier) {
        return jdbc.sql(
                        """
                        SELECT id, name FROM agent WHERE tier = ? AND on_duty
                        ORDER BY array_position(?, level) NULLS LAST, id
                        """)
                .param(tier)
                .param(BY_LEVEL.toArray(String[]::new))
                .query((row, _) -> new Person(row.getString("id"), row.getString("name")))
                .list();
    }

    public Optional<Agent> find(String id) {
        return jdbc.sql("SELECT id, name, team, territory, tier FROM agent WHERE id = ?")
                .param(id)
                .query(
                        (row, _) ->
                                new Agent(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getString("team"),
                                        Rows.optional(Territory.class, row.getString("territory")),
                                        row.getInt("tier")))
                .optional();
    }
}
