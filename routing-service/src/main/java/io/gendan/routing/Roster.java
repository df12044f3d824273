package io.gendan.routing;

import io.gendan.events.AgentEvent.AgentChanged;
import io.gendan.events.Level;
import io.gendan.events.Territory;
import io.gendan.routing.PresenceDesk.Engagement;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.function.SingletonSupplier;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Teams and the agents in them. */
@Repository
class Roster {

    private static final String AGENTS =
            """
            SELECT agent.id, agent.name, team, territory, tier, level, skills, on_duty
            FROM agent JOIN team ON team.id = team
            """;

    private final JdbcClient jdbc;

    /** Only a migration makes a team or changes where it serves: they are read once. */
    private final SingletonSupplier<List<Team>> teams = SingletonSupplier.of(this::readTeams);

    Roster(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param territory absent for a team that serves the whole country
     */
    record Team(String id, @Nullable Territory territory, int tier) {

        Territory servedTerritory() {
            return Objects.requireNonNull(territory, () -> id + " serves the whole country");
        }
    }

    record Agent(
            String id, String name, Team team, Level level, List<String> skills, boolean onDuty) {

        AgentChanged changed(Instant at) {
            return new AgentChanged(
                    id, at, name, team.id(), team.territory(), team.tier(), level, skills, onDuty);
        }
    }

    Team teamOf(Territory territory) {
        return team(team -> team.tier() == 1 && team.territory() == territory, territory);
    }

    /** The team that serves the whole country at a higher tier. */
    Team teamOfTier(int tier) {
        return team(team -> team.tier() == tier, "tier " + tier);
    }

    Team team(String id) {
        return team(team -> team.id().equals(id), id);
    }

    private Team team(Predicate<Team> which, Object name) {
        return teams.obtain().stream()
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No team for " + name));
    }

    private List<Team> readTeams() {
        return jdbc.sql("SELECT id, territory, tier FROM team ORDER BY id")
                .query((row, _) -> team(row))
                .list();
    }

    Optional<Agent> find(String id) {
        return jdbc.sql(AGENTS + "WHERE agent.id = ?")
                .param(id)
                .query((row, _) -> agent(row))
                .optional();
    }

    Agent require(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("No agent " + id));
    }

    boolean hasTeam(String id) {
        return teams.obtain().stream().anyMatch(team -> team.id().equals(id));
    }

    void put(Engagement engaged) {
        jdbc.sql(
                        """
                        INSERT INTO agent (id, name, team, level, skills, published)
                        VALUES (?, ?, ?, ?, ?, true)
                        ON CONFLICT (id) DO UPDATE
                        SET name = EXCLUDED.name, team = EXCLUDED.team, level = EXCLUDED.level,
                            skills = EXCLUDED.skills, published = true
                        """)
                .params(
                        engaged.id(),
                        engaged.name(),
                        engaged.team(),
                        engaged.level().name(),
                        engaged.skills().toArray(String[]::new))
                .update();
    }

    void onDuty(String agent, boolean onDuty) {
        jdbc.sql("UPDATE agent SET on_duty = ? WHERE id = ?").params(onDuty, agent).update();
    }

    /** Agents that nobody was told of yet; from now on they count as told. */
    List<Agent> takeUntold() {
        var untold =
                jdbc.sql(AGENTS + "WHERE NOT published ORDER BY agent.id")
                        .query((row, _) -> agent(row))
                        .list();
        jdbc.sql("UPDATE agent SET published = true WHERE NOT published").update();
        return untold;
    }

    private static Agent agent(ResultSet row) throws SQLException {
        var territory = row.getString("territory");
        return new Agent(
                row.getString("id"),
                row.getString("name"),
                new Team(row.getString("team"), territory(territory), row.getInt("tier")),
                Level.valueOf(row.getString("level")),
                Arrays.asList(Ledger.texts(row.getArray("skills"))),
                row.getBoolean("on_duty"));
    }

    private static Team team(ResultSet row) throws SQLException {
        return new Team(
                row.getString("id"), territory(row.getString("territory")), row.getInt("tier"));
    }

    private static @Nullable Territory territory(@Nullable String name) {
        return name == null ? null : Territory.valueOf(name);
    }
}
