package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What migrations make of tickets whose state lacks what they add to it. */
@TestComponent
class MigratedStates {

    static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));
    static final Caller LEADER = new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));

    private static final Scope EVERYTHING = new Scope.Everything();

    private final Tickets tickets;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    MigratedStates(Tickets tickets, JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.tickets = tickets;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    static Act by(Caller caller, UUID id) {
        return new Act(id, caller, EVERYTHING, null);
    }

    /**
     * Runs the scripts on what is left of the tickets, and leaves no trace of it.
     *
     * @param scripts of {@code db/migration}
     * @param loses what takes from the states what the scripts are to find again
     */
    void comeBack(List<UUID> ids, Runnable loses, String... scripts) throws IOException {
        var texts = new ArrayList<String>();
        for (var script : scripts) {
            texts.add(
                    new ClassPathResource("db/migration/" + script)
                            .getContentAsString(StandardCharsets.UTF_8));
        }
        transaction.executeWithoutResult(
                attempt -> {
                    var before = ofAll(ids);
                    loses.run();
                    assertThat(ofAll(ids)).isNotEqualTo(before);
                    texts.forEach(jdbc::execute);
                    assertThat(ofAll(ids)).isEqualTo(before);
                    attempt.setRollbackOnly();
                });
    }

    private List<Memento> ofAll(List<UUID> ids) {
        return ids.stream().map(this::of).toList();
    }

    Memento of(UUID id) {
        return transaction.execute(_ -> tickets.lock(id, EVERYTHING).orElseThrow().memento());
    }
}
