package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Caller;
import io.gendan.api.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

@TicketServiceTest
class PromiseFiguresTests {

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired Housekeeping housekeeping;
    @Autowired Openings openings;

    private TicketAtWork work;
    private Api analyst;

    @BeforeEach
    void ticket() {
        work = TicketAtWork.accepted(port, agents, proposals);
        analyst = Api.as(port, "analyst-1", Role.ANALYST);
    }

    @Test
    void countsWhatBecameOfPromises() {
        var before = figures();
        var kept = promise();
        var withdrawn = promise();
        promise();
        work.edit(work.agent, "promises/" + kept + "/keep", "{}");
        work.edit(work.agent, "promises/" + withdrawn + "/withdraw", "{\"reason\":\"x\"}");

        var after = figures();
        assertThat(grown(before, after, "made")).isEqualTo(3);
        assertThat(grown(before, after, "kept")).isEqualTo(1);
        assertThat(grown(before, after, "withdrawn")).isEqualTo(1);
        assertThat(grown(before, after, "broken")).isZero();
        housekeeping.run();
        assertThat(figures()).isEqualTo(after);
    }

    @Test
    void countsWhatIsPromisedWithManyOpeningsAtOnce() {
        var before = figures();

        openings.open(3, new Caller("app", "app", Set.of(Role.CHANNEL)));

        assertThat(grown(before, figures(), "made", "PROGRESS")).isEqualTo(3);
    }

    @Test
    void tellsWhichShareWasBroken() {
        assertThat(PromiseFigures.Figure.rate(2, 1)).isEqualByComparingTo("0.3333");
        assertThat(PromiseFigures.Figure.rate(0, 0)).isNull();
    }

    @Test
    void isForThoseWhoLeadAndForAYearAtMost() {
        var path = "/api/figures/promises?from=2026-01-01&to=";
        assertThat(work.agent.get(path + "2026-01-31").status()).isEqualTo(403);
        assertThat(analyst.get(path + "2026-01-31").status()).isEqualTo(200);
        for (var wrong : List.of("2025-12-31", "2027-01-03", "soon", "+999999999-12-31")) {
            assertThat(analyst.get(path + wrong.replace("+", "%2B")).status()).isEqualTo(400);
        }
    }

    private String promise() {
        var due = Instant.now().plusSeconds(3600);
        return work.edit(
                        work.agent, "promises", "{\"what\":\"回电\",\"dueAt\":\"%s\"}".formatted(due))
                .json()
                .path("promises")
                .valueStream()
                .reduce((_, last) -> last)
                .orElseThrow()
                .path("id")
                .asString();
    }

    /** Of two days: it may be midnight meanwhile. */
    private List<JsonNode> figures() {
        var today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        return analyst.get(
                        "/api/figures/promises?from=%s&to=%s".formatted(today, today.plusDays(1)))
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private static long grown(List<JsonNode> before, List<JsonNode> after, String what) {
        return grown(before, after, what, "OWN");
    }

    private static long grown(
            List<JsonNode> before, List<JsonNode> after, String what, String purpose) {
        return sum(after, what, purpose) - sum(before, what, purpose);
    }

    private static long sum(List<JsonNode> figures, String what, String purpose) {
        return figures.stream()
                .filter(figure -> figure.path("purpose").asString().equals(purpose))
                .mapToLong(figure -> figure.path(what).asLong())
                .sum();
    }
}
