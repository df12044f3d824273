package io.gendan.escalation;

import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Territory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.util.Optional;

/**
 * The own copy of the agents: team, territory and tier of a person come from here, not from a
 * token.
 */
@Repository
public class Roster {

    private final JdbcClient jdbc;

    Roster(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Person> find(String id) {
        return jdbc.sql("SELECT id, name, team, territory, tier FROM agent WHERE id = :id")
                .param("id", id)
                .query(
                        (row, _) ->
                                new Person(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getString("team"),
                                        Columns.value(Territory.class, row.getString("territory")),
                                        row.getInt("tier")))
                .optional();
    }

    public void save(AgentChanged agent) {
        jdbc.sql(
                        """
                        INSERT INTO agent (id, name, team, territory, tier, on_duty)
                        VALUES (:id, :name, :team, :territory, :tier, :on_duty)
                        ON CONFLICT (id) DO UPDATE SET name = excluded.name, team = excluded.team,
                            territory = excluded.territory, tier = excluded.tier,
                            on_duty = excluded.on_duty\
                        """)
                .param("id", agent.agent())
                .param("name", agent.name())
                .param("team", agent.team())
                .param("territory", Columns.name(agent.territory()))
                .param("tier", agent.tier())
                .param("on_duty", agent.onDuty())
                .update();
    }
}
