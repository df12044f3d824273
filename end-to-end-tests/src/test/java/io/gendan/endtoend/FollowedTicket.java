package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.Territory;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A ticket as a supervisor, who sees all of them, finds it. */
final class FollowedTicket {

    private final String id;
    private final Gateway supervisor;

    FollowedTicket(String id, ApplicationUnderTest application) {
        this.id = id;
        this.supervisor = Gateway.as(application, "supervisor-1");
    }

    String id() {
        return id;
    }

    JsonNode now() {
        return supervisor.get("/api/tickets/" + id).orFail().json();
    }

    List<JsonNode> timeline() {
        return supervisor
                .get("/api/tickets/" + id + "/timeline")
                .orFail()
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    List<String> steps() {
        return timeline().stream().map(step -> step.path("type").asString()).toList();
    }

    /** All of its timeline, in order. */
    FollowedTicket tellsWhoWhenAndWhy() {
        assertThat(timeline())
                .isNotEmpty()
                .allSatisfy(Steps::isWellTold)
                .isSortedAccordingTo(Comparator.comparing(Steps::at));
        return this;
    }

    /** A mandatory step of its procedure. */
    boolean misses(String step) {
        return now().path("procedure")
                .path("missing")
                .valueStream()
                .anyMatch(missing -> missing.asString().equals(step));
    }

    /** The steps of its procedure that were done, in their order. */
    List<String> passed() {
        return now().path("procedure")
                .path("steps")
                .valueStream()
                .filter(step -> !step.path("doneAt").asString("").isEmpty())
                .map(step -> step.path("code").asString())
                .toList();
    }

    /** The promise that it waits for. */
    String agreement() {
        return now().path("promises")
                .valueStream()
                .filter(promise -> promise.path("outcome").asString("").isEmpty())
                .filter(promise -> promise.path("purpose").asString("OWN").equals("OWN"))
                .map(promise -> promise.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    /** Who has it when they accept. */
    String offeredTo() {
        return now().path("transfer").path("offeredTo").path("id").asString("");
    }

    String assignee() {
        return now().path("assignee").path("id").asString("");
    }

    FollowedTicket isAssignedIn(Territory territory) {
        is("ASSIGNED");
        var ticket = now();
        assertThat(ticket.path("territory").asString()).isEqualTo(territory.name());
        assertThat(ticket.path("assignee").path("id").asString())
                .startsWith("agent-" + territory.name().toLowerCase(Locale.ROOT) + "-");
        return this;
    }

    FollowedTicket is(String status) {
        Patience.untilAsserted(
                () -> assertThat(now().path("status").asString()).as(id).isEqualTo(status));
        return this;
    }

    /** After more than the time that everything else takes. */
    FollowedTicket isAtLast(String status) {
        Patience.forSome()
                .atMost(Duration.ofMinutes(4))
                .until(() -> now().path("status").asString().equals(status));
        return this;
    }

    /** Or has been, when it is faster than we look. */
    FollowedTicket isIn(int tier) {
        Patience.quickly()
                .untilAsserted(
                        () -> assertThat(now().path("tier").asInt()).isGreaterThanOrEqualTo(tier));
        return this;
    }

    /** Frees its agent, however long it takes until somebody hears it, and leaves no voice. */
    void isInvalid() {
        closes("INVALID", "WHY");
    }

    /** So, too, and leaves a voice. */
    void isWithdrawn() {
        closes("WITHDRAWN", "WITHDRAWAL");
    }

    private void closes(String reason, String statement) {
        supervisor
                .postUntilAnswered(
                        "/api/tickets/" + id + "/close",
                        "{\"reason\":\"%s\",\"statements\":{\"%s\":\"测试\"}}"
                                .formatted(reason, statement),
                        "If-Match",
                        "*")
                .orFail();
    }

    @Override
    public String toString() {
        return "ticket " + id;
    }
}
