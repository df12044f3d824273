package io.gendan.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** How long a ticket is without an agent, when there are agents enough. */
final class Assignments {

    static final int PER_SECOND = 200;
    private static final int CLIENTS = 32;

    /** Each is opened, and soon closed: three times the work. */
    private static final int PER_SECOND_TO_WARM_UP = PER_SECOND / 4;

    private static final List<String> TEAMS =
            List.of("north", "northeast", "east", "south", "central", "northwest", "southwest");

    /** Consultations that a senior carries at the same time, by the rules that come with it. */
    private static final int CONSULTATIONS_OF_A_SENIOR = 10;

    /** How many tickets of the warm-up are open at a time, at most. */
    private static final int OPEN_MEANWHILE = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final String MILLIS =
            """
            SELECT extract(epoch FROM assigned.at - created.at) * 1000
            FROM event_log created
            LEFT JOIN event_log assigned ON assigned.topic = 'tickets'
                AND assigned.key = created.key AND assigned.type = 'TicketAssigned'
            WHERE created.topic = 'tickets' AND created.type = 'TicketCreated' AND created.at >= ?
            """;

    private final RunningGendan gendan;
    private final WarmUp warmUp;

    Assignments(RunningGendan gendan, WarmUp warmUp) {
        this.gendan = gendan;
        this.warmUp = warmUp;
    }

    /** What the log of ticket-service tells: from {@code TicketCreated} to the first assignment. */
    record Result(Figures requests, Figures toAgent, int unassigned, ProcessorTime.Reading spent) {}

    Result run(Duration time) throws Exception {
        engage((int) (PER_SECOND * time.toSeconds()) + OPEN_MEANWHILE);
        var token = gendan.token("app");
        var supervisor = gendan.token("supervisor-1");
        warmUp.run(
                step ->
                        Load.open(
                                CLIENTS,
                                PER_SECOND_TO_WARM_UP,
                                step,
                                _ -> new PassingIntake(gendan, token, supervisor)));
        gendan.awaitIdle();
        var from = now();
        var before = gendan.processorTime();
        var requests = Load.open(CLIENTS, PER_SECOND, time, _ -> new GatewayIntake(gendan, token));
        var spent = gendan.processorTime().since(before);
        var until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            var toAgent = toAgent(from);
            var unassigned = requests.count() - toAgent.size();
            if (unassigned <= 0 || System.nanoTime() > until) {
                return new Result(
                        requests,
                        new Figures(
                                toAgent.size() / (double) time.toSeconds(),
                                toAgent.stream().mapToDouble(Double::doubleValue).toArray()),
                        unassigned,
                        spent);
            }
            Thread.sleep(500);
        }
    }

    /** So many agents that nobody has to wait for one to become free. */
    private void engage(int tickets) throws IOException, InterruptedException {
        var each = tickets * 13 / 10 / CONSULTATIONS_OF_A_SENIOR / TEAMS.size();
        try (var wire = new Wire(gendan.gatewayPort(), gendan.token("admin-1"))) {
            for (var team : TEAMS) {
                for (var number = 1; number <= each; number++) {
                    var id = "crowd-%s-%d".formatted(team, number);
                    var agent =
                            """
                            {"name":"%s","team":"%s","level":"SENIOR","skills":[]}\
                            """
                                    .formatted(id, team);
                    var reply = wire.send("PUT", "/api/agents/" + id, id, agent);
                    if (reply.status() != 200) {
                        throw new IllegalStateException("Not engaged: " + reply);
                    }
                }
            }
        }
    }

    private OffsetDateTime now() throws SQLException {
        try (var connection = gendan.connect("ticket", "ticket_app");
                var query = connection.prepareStatement("SELECT clock_timestamp()");
                var row = query.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    private List<Double> toAgent(OffsetDateTime from) throws SQLException {
        try (var connection = gendan.connect("ticket", "ticket_app");
                var query = connection.prepareStatement(MILLIS)) {
            query.setObject(1, from);
            var millis = new ArrayList<Double>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var one = row.getDouble(1);
                    if (!row.wasNull()) {
                        millis.add(one);
                    }
                }
            }
            return millis;
        }
    }
}
