package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Answer;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.ticket.Api.Reply;
import io.gendan.ticket.Intake.Behind;
import io.gendan.ticket.Intake.GoneAfter;
import io.gendan.ticket.rules.RuleBook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** A customer who asks again, while somebody goes after it and after it was closed. */
@TicketServiceTest
class UrgeTests {

    private static final Duration SOON = Duration.ofMinutes(1);

    private static final String LATE = "DELIVERY.LATE";
    private static final String HOTLINE =
            """
            ,"authority":{"source":"HOTLINE_12345","number":"1","arrivedOn":"2026-11-20"}\
            """;
    private static final String PRODUCT = ",\"productId\":\"P-1\"";
    private static final String PERSONAL_DATA =
            """
            ,"authority":{"source":"PERSONAL_DATA"}\
            """;
    private static final Caller CHANNEL = new Caller("app", "App", Set.of(Role.CHANNEL));
    private static final Caller LEADER =
            new Caller("supervisor-1", "Supervisor", Set.of(Role.SUPERVISOR));
    private static final int AT_ONCE = 8;

    @LocalServerPort int port;
    @Autowired TicketDesk desk;
    @Autowired Intake intake;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionOperations transaction;
    @Autowired RuleBook rules;

    private Api app;
    private Api web;
    private String phone;
    private String order;

    @BeforeEach
    void customer() {
        app = Api.as(port, "app", Role.CHANNEL);
        web = Api.as(port, "web", Role.CHANNEL);
        phone = "+86139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        order = "JD" + UUID.randomUUID();
    }

    @Test
    void joinsTheOpenTicketOfTheSameOrderAndMatterFromAnyChannel() {
        var opened = open(app, order, LATE);
        var joined = open(web, order, "DELIVERY.LOST");

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().has("joined")).isFalse();
        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.text("id")).isEqualTo(opened.text("id"));
        assertThat(joined.json().path("joined").asBoolean()).isTrue();
        assertThat(joined.json().path("urges").asInt()).isEqualTo(1);
        assertThat(joined.response().headers().firstValue("Location"))
                .hasValue("/api/tickets/" + opened.text("id"));
        assertThat(messages(opened)).containsExactly("包裹在哪里\n三天了");
    }

    @Test
    void opensAnotherTicketWhenTheRulesDoNotJoin() {
        putInForce("jsonb_set(document, '{urges,joins}', 'false')");
        try {
            await().atMost(SOON).until(() -> !rules.inForce().urges().joins());
            var opened = open(app, order, LATE);
            var again = open(app, order, LATE);

            assertThat(opened.status()).isEqualTo(201);
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.text("id")).isNotEqualTo(opened.text("id"));
            assertThat(again.json().has("joined")).isFalse();
            assertThat(app.get("/api/tickets/" + opened.text("id")).json().path("urges").asInt())
                    .isZero();
        } finally {
            putInForce("jsonb_set(document, '{urges,joins}', 'true')");
            await().atMost(SOON).until(() -> rules.inForce().urges().joins());
        }
    }

    /** Sooner than any leader can, but after what leaders have begin soon. */
    private void putInForce(String changed) {
        jdbc.sql(
                        """
                        INSERT INTO service_rules (version, valid_from, created_by, document)
                        SELECT :version,
                            greatest(clock_timestamp(), valid_from + interval '1 millisecond'),
                            'supervisor-1', %s
                        FROM service_rules
                        WHERE valid_from <= clock_timestamp() + interval '1 minute'
                        ORDER BY valid_from DESC LIMIT 1
                        """
                                .formatted(changed))
                .param("version", UUID.randomUUID().toString())
                .update();
    }

    @Test
    void letsTheOtherChannelSeeTheTicketFromThenOn() {
        var opened = open(app, order, LATE);
        assertThat(web.get("/api/tickets/" + opened.text("id")).status()).isEqualTo(404);
        open(web, order, LATE);

        assertThat(web.get("/api/tickets/" + opened.text("id")).status()).isEqualTo(200);
        assertThat(web.get("/api/tickets?limit=5").json().path("items").toString())
                .contains(opened.text("id"));
    }

    @Test
    void opensAnotherForAnotherOrderAnotherMatterOrNone() {
        open(app, order, LATE);

        assertThat(open(app, order + "-2", LATE).status()).isEqualTo(201);
        assertThat(open(app, order, "INVOICE.TITLE").status()).isEqualTo(201);
        assertThat(open(app, null, LATE).status()).isEqualTo(201);
        assertThat(open(app, null, LATE).status()).isEqualTo(201);
    }

    @Test
    void joinsTheOpenTicketOfTheSameProductWhereNoOrderIsNamed() {
        var opened = open(app, null, LATE, PRODUCT);
        var joined = open(web, null, "DELIVERY.LOST", PRODUCT);

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.text("productId")).isEqualTo("P-1");
        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.text("id")).isEqualTo(opened.text("id"));
        assertThat(joined.json().path("urges").asInt()).isEqualTo(1);
        assertThat(open(app, null, LATE, ",\"productId\":\"P-2\"").status()).isEqualTo(201);
        assertThat(open(app, null, "INVOICE.TITLE", PRODUCT).status()).isEqualTo(201);
        phone = "+86138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        assertThat(open(app, null, LATE, PRODUCT).status()).isEqualTo(201);
    }

    /** The same product may be bought twice. */
    @Test
    void takesAnOrderForAnotherThoughItsProductIsTheSame() {
        open(app, null, LATE, PRODUCT);
        var first = open(app, order, LATE, PRODUCT);
        var second = open(app, order + "-2", LATE, PRODUCT);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(open(app, order, LATE).text("id")).isEqualTo(first.text("id"));
        assertThat(open(app, order, LATE, ",\"productId\":\"P-2\"").text("id"))
                .isEqualTo(first.text("id"));
        assertThat(open(app, null, LATE, PRODUCT).text("id")).isEqualTo(second.text("id"));
    }

    @Test
    void goesAfterAProductInTheTicketOfWhicheverOrderIsOpen() {
        var ofAnOrder = open(app, order, LATE, PRODUCT);
        var ofItsProduct = open(web, null, LATE, PRODUCT);

        assertThat(ofItsProduct.status()).isEqualTo(200);
        assertThat(ofItsProduct.text("id")).isEqualTo(ofAnOrder.text("id"));
    }

    @Test
    void makesOneTicketOfAnOrderAndItsProductInOneBatch() {
        open(app, null, LATE);
        var results = intake.open(List.of(request(order, "P-1"), request(null, "P-1")));

        assertThat(results.get(0)).isInstanceOf(Answer.class);
        assertThat(results.get(1)).isInstanceOf(Behind.class);
        assertThat(intake.open(List.of(request(null, "P-1"))))
                .hasOnlyElementsOfType(GoneAfter.class);
    }

    @Test
    void waitsForWhoeverOpensATicketOfTheProductAndItsOrder() throws Exception {
        open(app, null, LATE);
        try (var threads = Executors.newSingleThreadExecutor()) {
            var later =
                    transaction.execute(
                            _ -> {
                                intake.open(List.of(request(order, "P-1")));
                                var asked =
                                        threads.submit(
                                                () -> intake.open(List.of(request(null, "P-1"))));
                                await().atMost(SOON).until(this::isSomebodyWaiting);
                                return asked;
                            });

            assertThat(later.get()).hasOnlyElementsOfType(GoneAfter.class);
        }
    }

    private boolean isSomebodyWaiting() {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM pg_locks
                            WHERE locktype = 'advisory' AND classid = x'6d617474'::int AND NOT granted)
                        """)
                .query(Boolean.class)
                .single();
    }

    @Test
    void tellsThatTheSameProductWasClosedAShortTimeBefore() {
        var first = open(app, order, LATE, PRODUCT);
        close(first);
        var second = open(app, null, LATE, PRODUCT);

        assertThat(second.text("repeatOf")).isEqualTo(first.text("id"));
        close(second);
        longAgo(second);
        longAgo(first);
        var third = open(app, null, LATE, PRODUCT);
        assertThat(third.status()).isEqualTo(201);
        assertThat(third.json().path("repeatOf").isNull()).isTrue();
    }

    @Test
    void goesOnAboutTheProductOfTheClosedTicket() {
        var closed = open(app, null, LATE, PRODUCT);
        close(closed);
        var followUp = say(closed, "还是没有收到");

        assertThat(followUp.status()).isEqualTo(201);
        assertThat(followUp.text("productId")).isEqualTo("P-1");
        assertThat(open(app, null, LATE, PRODUCT).text("id")).isEqualTo(followUp.text("id"));
        assertThat(say(closed, "有人吗").text("id")).isEqualTo(followUp.text("id"));
    }

    @Test
    void linksNothingThatIsAboutAnotherProduct() {
        open(app, null, LATE, ",\"productId\":\"P-2\"");
        var same = open(app, order, LATE, PRODUCT);
        var unnamed = open(app, null, LATE);

        var asked = open(app, null, LATE, PRODUCT + HOTLINE);

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(linked(asked))
                                        .containsExactlyInAnyOrder(
                                                same.text("id"), unnamed.text("id")));
    }

    @Test
    void neverJoinsWhatIsMajorOrAnAuthoritys() {
        open(app, order, LATE);

        assertThat(open(app, order, LATE, HOTLINE).status()).isEqualTo(201);
        assertThat(open(app, order, LATE, PERSONAL_DATA).status()).isEqualTo(201);
        assertThat(open(app, order, LATE, PERSONAL_DATA).status()).isEqualTo(201);
        var plain = open(app, order, "SAFETY.FRAUD");
        var major = open(app, order, "SAFETY.FOOD");
        assertThat(plain.status()).isEqualTo(201);
        assertThat(major.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {HOTLINE, PERSONAL_DATA})
    void linksWhatIsAnsweredInWritingToWhatWasAskedBefore(String authority) {
        var closed = open(app, order, LATE);
        close(closed);
        var open = open(app, order, "DELIVERY.LOST");
        var elsewhere = open(app, order, "INVOICE.TITLE");

        var asked = open(app, order, LATE, authority);

        assertThat(asked.status()).isEqualTo(201);
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(linked(asked))
                                        .containsExactlyInAnyOrder(
                                                closed.text("id"), open.text("id")));
        assertThat(linked(closed)).containsExactly(asked.text("id"));
        assertThat(linked(open)).containsExactly(asked.text("id"));
        assertThat(linked(elsewhere)).isEmpty();
    }

    /** A complaint comes back within 15 days of its closing, or is of the past. */
    @Test
    void linksWhatIsAnsweredInWritingToWhatMayBeTheSameWhereNobodyNamedTheOrder() {
        var past = open(app, null, LATE);
        close(past);
        closedAgo(past, Duration.ofDays(16));
        var late = open(app, null, LATE);
        close(late);
        closedAgo(late, Duration.ofDays(14));
        var open = open(app, order, "DELIVERY.LOST");
        open(app, null, "INVOICE.TITLE");

        var unnamed = open(app, null, LATE, HOTLINE);
        var named = open(app, order + "-2", LATE, PERSONAL_DATA);

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(linked(named))
                                        .containsExactlyInAnyOrder(
                                                late.text("id"), unnamed.text("id")));
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(linked(unnamed))
                                        .containsExactlyInAnyOrder(
                                                late.text("id"),
                                                open.text("id"),
                                                named.text("id")));
        assertThat(linked(past)).isEmpty();
    }

    @Test
    void linksTheNewestWhenThereAreMoreThanATicketHasLinks() {
        var old = open(app, null, LATE);
        var newest =
                IntStream.range(0, Ties.MOST_LINKS)
                        .mapToObj(_ -> open(app, null, LATE).text("id"))
                        .toList();

        var asked = open(app, null, LATE, PERSONAL_DATA);

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(linked(asked))
                                        .containsExactlyInAnyOrderElementsOf(newest));
        assertThat(linked(old)).isEmpty();
    }

    @Test
    void linksWhatTurnsOutToBeAnAuthoritysToWhatWasAskedBefore() {
        var closed = open(app, order, LATE);
        close(closed);
        var open = open(app, order, LATE);
        var letter =
                """
                {"reason":"12345 转来","authority":
                 {"source":"HOTLINE_12345","number":"1","arrivedOn":"2026-11-20"}}
                """;

        var changed = leader().post(path(open, "change"), letter, "If-Match", "*");

        assertThat(changed.text("major")).isEqualTo("REGULATOR");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(linked(open)).containsExactly(closed.text("id")));
        assertThat(open(app, order, LATE).status()).isEqualTo(201);
    }

    private Api leader() {
        return Api.as(port, "supervisor-1", Role.SUPERVISOR);
    }

    private static String path(Reply ticket, String command) {
        return "/api/tickets/" + ticket.text("id") + "/" + command;
    }

    private List<String> linked(Reply ticket) {
        var links = leader().get("/api/tickets/" + ticket.text("id")).json().path("links");
        return StreamSupport.stream(links.spliterator(), false)
                .map(link -> link.path("id").asString())
                .toList();
    }

    @Test
    void givesTheSameAnswerToTheSameKey() {
        var key = UUID.randomUUID().toString();
        var again = UUID.randomUUID().toString();
        var body = body(order, LATE, "");
        var opened = app.postAs(key, "/api/tickets", body);
        var joined = app.postAs(again, "/api/tickets", body);

        assertThat(app.postAs(key, "/api/tickets", body).response().body())
                .isEqualTo(opened.response().body());
        assertThat(app.postAs(again, "/api/tickets", body).response().body())
                .isEqualTo(joined.response().body());
        assertThat(shown(opened).json().path("urges").asInt()).isEqualTo(1);
        close(opened);
        assertThat(app.postAs(again, "/api/tickets", body).response().body())
                .isEqualTo(joined.response().body());
    }

    @Test
    void pressesTheSecondTimeAndClimbsTheThird() {
        var opened = open(app, order, LATE);
        open(app, order, LATE);
        assertThat(shown(opened).text("priority")).isEqualTo("NORMAL");
        open(app, order, LATE);
        assertThat(shown(opened).text("priority")).isEqualTo("HIGH");
        assertThat(timeline(opened)).doesNotContain("EscalationRequested");
        open(app, order, LATE);

        assertThat(timeline(opened)).endsWith("TicketUrged", "EscalationRequested");
        assertThat(shown(opened).text("priority")).isEqualTo("HIGH");
    }

    @Test
    void makesOneTicketOfManyRequestsAtOnce() throws Exception {
        var replies = atOnce(() -> open(app, order, LATE));

        assertThat(replies).extracting(Reply::status).containsOnlyOnce(201).contains(200);
        assertThat(replies).extracting(reply -> reply.text("id")).containsOnly(id(replies));
        var ticket = app.get("/api/tickets/" + id(replies)).json();
        assertThat(ticket.path("urges").asInt()).isEqualTo(AT_ONCE - 1);
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void makesOneTicketOfTwoInOneBatch() {
        var results = intake.open(List.of(request(), request()));

        assertThat(results.get(0)).isInstanceOf(Answer.class);
        assertThat(results.get(1)).isInstanceOf(Behind.class);
        assertThat(intake.open(List.of(request()))).hasOnlyElementsOfType(GoneAfter.class);
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void makesOneTicketWhenTwoInstancesAreAskedAtOnce() throws Exception {
        open(app, null, LATE);
        var results = atOnce(this::asAnotherInstance);

        assertThat(results.stream().filter(Answer.class::isInstance)).hasSize(1);
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void makesOneTicketOfAStrangerWhomTwoInstancesMeetAtOnce() throws Exception {
        var results = atOnce(this::asAnotherInstance);

        assertThat(results.stream().filter(Answer.class::isInstance)).hasSize(1);
        assertThat(tickets()).isEqualTo(1);
    }

    @Test
    void tellsThatTheSameWasClosedAShortTimeBefore() {
        var first = open(app, order, LATE);
        close(first);
        var second = open(app, order, LATE);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("repeatOf")).isEqualTo(first.text("id"));
        close(second);
        longAgo(second);
        longAgo(first);
        assertThat(open(app, order, LATE).json().path("repeatOf").isNull()).isTrue();
    }

    @Test
    void opensOneFollowUpForWhatIsSaidToAClosedTicket() {
        var closed = open(app, order, LATE);
        close(closed);
        var version = shown(closed).json().path("version").asLong();
        var followUp = say(closed, "还是没有收到");

        assertThat(followUp.status()).isEqualTo(201);
        assertThat(followUp.text("followUpOf")).isEqualTo(closed.text("id"));
        assertThat(followUp.response().headers().firstValue("Location"))
                .hasValue("/api/tickets/" + followUp.text("id"));
        assertThat(followUp.text("orderId")).isEqualTo(order);
        assertThat(followUp.text("category")).isEqualTo(LATE);
        assertThat(followUp.text("kind")).isEqualTo("COMPLAINT");
        assertThat(followUp.text("body")).isEqualTo("还是没有收到");
        assertThat(shown(closed).text("status")).isEqualTo("CLOSED");
        assertThat(shown(closed).json().path("version").asLong()).isEqualTo(version + 1);
        assertThat(timeline(closed)).endsWith("TicketLinked");

        var second = say(closed, "有人吗");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("id")).isEqualTo(followUp.text("id"));
        assertThat(messages(followUp)).containsExactly("有人吗");
        assertThat(open(web, order, LATE).text("id")).isEqualTo(followUp.text("id"));
    }

    @ParameterizedTest
    @CsvSource({"14, true", "16, false"})
    void saysWhetherAFollowUpReopensByTheClosedOnesRules(int days, boolean reopens) {
        var closed = open(app, order, LATE);
        close(closed);
        closedAgo(closed, Duration.ofDays(days));

        var created =
                app.get("/api/tickets/" + say(closed, "还是没有收到").text("id") + "/timeline")
                        .json()
                        .at("/items/0");

        assertThat(created.path("type").asString()).isEqualTo("TicketCreated");
        assertThat(created.at("/facts/reopens").asBoolean(!reopens)).isEqualTo(reopens);
    }

    @Test
    void followsUpWhatWasFollowedUpAndClosed() {
        var closed = open(app, null, LATE);
        close(closed);
        var first = say(closed, "还是没有收到");
        close(first);
        var second = say(closed, "又没有收到");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("followUpOf")).isEqualTo(first.text("id"));
    }

    @Test
    void opensOneFollowUpForManyMessagesAtOnce() throws Exception {
        var closed = open(app, order, LATE);
        close(closed);
        var replies = atOnce(() -> say(closed, "还是没有收到"));

        assertThat(replies).extracting(Reply::status).containsOnlyOnce(201).contains(200);
        assertThat(replies).extracting(reply -> reply.text("id")).containsOnly(id(replies));
        assertThat(tickets()).isEqualTo(2);
    }

    @Test
    void isHeardInTheTicketThatIsOpenOfTheSame() {
        var closed = open(app, order, LATE);
        close(closed);
        var repeat = open(web, order, LATE);
        var heard = say(closed, "还是没有收到");

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.text("id")).isEqualTo(repeat.text("id"));
    }

    private Reply open(Api channel, @Nullable String orderId, String category) {
        return open(channel, orderId, category, "");
    }

    private Reply open(Api channel, @Nullable String orderId, String category, String more) {
        return channel.post("/api/tickets", body(orderId, category, more));
    }

    private String body(@Nullable String orderId, String category, String more) {
        return """
        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},"category":"%s",\
        "subject":"包裹在哪里","body":"三天了"%s%s}\
        """
                .formatted(
                        phone,
                        category,
                        orderId == null ? "" : ",\"orderId\":\"" + orderId + "\"",
                        more);
    }

    private Reply say(Reply ticket, String text) {
        return app.post(
                "/api/tickets/" + ticket.text("id") + "/messages",
                "{\"text\":\"%s\"}".formatted(text));
    }

    private Reply shown(Reply ticket) {
        return app.get("/api/tickets/" + ticket.text("id"));
    }

    private void close(Reply ticket) {
        var act = new Act(UUID.fromString(ticket.text("id")), LEADER, new Scope.Everything(), null);
        desk.close(act, CloseReason.INVALID, Map.of("WHY", "误拨"));
    }

    private void longAgo(Reply ticket) {
        closedAgo(ticket, Duration.ofDays(8));
    }

    private void closedAgo(Reply ticket, Duration before) {
        jdbc.sql(
                        """
                        UPDATE ticket SET state = jsonb_set(state, '{closedAt}', to_jsonb(?::text))
                        WHERE id = ?::uuid
                        """)
                .param(Instant.now().minus(before).toString())
                .param(ticket.text("id"))
                .update();
    }

    private List<String> timeline(Reply ticket) {
        return texts(app.get("/api/tickets/" + ticket.text("id") + "/timeline"), "type");
    }

    private List<String> messages(Reply ticket) {
        return texts(app.get("/api/tickets/" + ticket.text("id") + "/messages"), "text");
    }

    private static List<String> texts(Reply page, String field) {
        return StreamSupport.stream(page.json().path("items").spliterator(), false)
                .map(item -> item.path(field).asString())
                .toList();
    }

    private static String id(List<Reply> replies) {
        return replies.getFirst().text("id");
    }

    private int tickets() {
        return jdbc.sql(
                        """
                        SELECT count(*) FROM ticket WHERE customer_id IN
                            (SELECT customer_id FROM ticket WHERE order_id = ?)
                        """)
                .param(order)
                .query(Integer.class)
                .single();
    }

    private Intake.Request request() {
        return request(order, null);
    }

    private Intake.Request request(@Nullable String orderId, @Nullable String productId) {
        var opening =
                new Opening(
                        Kind.COMPLAINT,
                        Channel.APP,
                        phone,
                        null,
                        null,
                        orderId,
                        null,
                        productId,
                        null,
                        null,
                        null,
                        LATE,
                        "包裹在哪里",
                        null,
                        null,
                        null,
                        null);
        var key = new IdempotencyKey(CHANNEL.id(), UUID.randomUUID().toString(), "");
        return intake.check(opening, CHANNEL, key);
    }

    /** Past the line of this instance; tried again like there. */
    private Object asAnotherInstance() {
        try {
            return intake.open(List.of(request())).getFirst();
        } catch (ConcurrencyFailureException metMeanwhile) {
            return intake.open(List.of(request())).getFirst();
        }
    }

    private static <T> List<T> atOnce(Callable<T> what) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = threads.invokeAll(IntStream.range(0, AT_ONCE).mapToObj(_ -> what).toList());
            var results = new ArrayList<T>();
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        }
    }
}
