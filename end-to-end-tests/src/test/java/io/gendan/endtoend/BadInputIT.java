package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.endtoend.Broker.Told;
import io.gendan.endtoend.Gateway.Reply;
import io.gendan.events.Topics;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is wrong is refused at the door, with a reason, and leaves no trace. */
@Order(2)
@OnARunningSystem
@TestInstance(Lifecycle.PER_CLASS)
class BadInputIT {

    private static final String TICKETS = "/api/tickets";

    private final ApplicationUnderTest application;
    private final Gateway app;
    private final Set<String> before;
    private final Set<String> acknowledged = new HashSet<>();

    BadInputIT(ApplicationUnderTest application) {
        this.application = application;
        this.app = Gateway.as(application, "app");
        this.before = stored();
    }

    /** Every ticket tells its creation, so that these are all that were stored. */
    private Set<String> stored() {
        return new Broker(application)
                .read(Topics.TICKETS).stream()
                        .filter(told -> told.type().equals("TicketCreated"))
                        .map(Told::key)
                        .collect(Collectors.toSet());
    }

    @AfterAll
    void nothingMoreIsStoredThanWasAcknowledged() {
        // what comes after it on its way through the outbox, came there after it
        var last = isAcknowledged(Customer.inTheApp(application).opens(complaint("北京")));
        last.is("ASSIGNED");
        var stored = stored();
        stored.removeAll(before);
        assertThat(stored).isEqualTo(acknowledged);
        stored.forEach(id -> new FollowedTicket(id, application).isInvalid());
    }

    private FollowedTicket isAcknowledged(FollowedTicket ticket) {
        acknowledged.add(ticket.id());
        return ticket;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    broken JSON    | {"kind"}                                                                                       | 400 |
                    unknown kind   | {"kind":"ANGER","channel":"APP","customer":{"phone":"13800138000"},"subject":"s"}              | 400 | /kind
                    missing phone  | {"kind":"REQUEST","channel":"APP","customer":{"name":"n"},"subject":"s"}                       | 422 | /customer/phone
                    bad phone      | {"kind":"REQUEST","channel":"APP","customer":{"phone":"12"},"subject":"s"}                     | 422 | /customer/phone
                    unknown field  | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","colour":1} | 400 | /colour
                    NUL            | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"a\\u0000b"}    | 400 | /subject
                    lone surrogate | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"a\\ud800b"}    | 400 | /subject
                    """)
    void refusesWhatIsWrongInABody(String name, String body, int status, String pointer) {
        var refused = isRefused(app.post(TICKETS, body), status);

        if (pointer != null) {
            assertThat(refused.text("pointer")).isEqualTo(pointer);
        }
    }

    @Test
    void refusesABodyOfMoreThanAMegabyte() {
        isRefused(app.post(TICKETS, complaint("广东").about("长".repeat(1_100_000)).json()), 413);
    }

    @Test
    void refusesAnotherBodyUnderAUsedKey() {
        var key = UUID.randomUUID().toString();
        var first = app.postAs(key, TICKETS, complaint("广东").json()).orFail();
        acknowledged.add(first.text("id"));

        isRefused(app.postAs(key, TICKETS, complaint("四川").json()), 422);
    }

    @Test
    void refusesStrangersAndOtherRoles() {
        var good = complaint("广东").json();

        isRefused(Gateway.asNobody(application).post(TICKETS, good), 401);
        isRefused(Gateway.as(application, "analyst-1").post(TICKETS, good), 403);
        isRefused(Gateway.asNobody(application).get(TICKETS), 401);
    }

    @Test
    void hidesTheTicketsOfAnotherChannel() {
        var ticket = isAcknowledged(Customer.inTheApp(application).opens(complaint("广东")));
        var web = Gateway.as(application, "web");

        isRefused(web.get(TICKETS + "/" + ticket.id()), 404);
        isRefused(web.get(TICKETS + "/" + ticket.id() + "/timeline"), 404);
        isRefused(web.post(TICKETS + "/" + ticket.id() + "/messages", "{\"text\":\"?\"}"), 404);
    }

    @Test
    void aHundredEqualPostsMakeOneTicketAndAHundredEqualAnswers() throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var body = complaint("广东").json();
        Callable<Reply> post = () -> app.postAs(key, TICKETS, body);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies =
                    callers.invokeAll(IntStream.range(0, 100).mapToObj(_ -> post).toList()).stream()
                            .map(Future::resultNow)
                            .toList();

            assertThat(replies).extracting(Reply::status).containsOnly(201);
            assertThat(replies.stream().map(Reply::body).distinct()).hasSize(1);
            acknowledged.add(replies.getFirst().text("id"));
        }
    }

    private static Reply isRefused(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.contentType()).startsWith("application/problem+json");
        assertThat(reply.text("type")).startsWith("urn:gendan:problem:");
        return reply;
    }
}
