package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.Solved;
import io.gendan.events.SurveyEvent;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.events.SurveyEvent.OrderSurveyed;
import io.gendan.events.Territory;
import io.gendan.events.TerritoryEvent.ProvinceServed;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;
import io.gendan.ticket.Api.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Customers are asked about what was delivered the day before. Each test has days of its own. */
@TicketServiceTest
class DailySurveyTests {

    private static final String SHENZHEN = "440305";
    private static final String BEIJING = "110105";
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final AtomicInteger DAYS = new AtomicInteger();

    @LocalServerPort int port;
    @Autowired DailySurvey survey;
    @Autowired EventLog log;
    @Autowired JdbcClient jdbc;
    @Autowired Housekeeping housekeeping;
    @Autowired Outbox outbox;

    private final LocalDate day = LocalDate.of(2040, 1, 1).plusDays(200L * DAYS.getAndIncrement());
    private final String order = "O-" + UUID.randomUUID();
    private final String phone = TicketAtWork.someone();
    private Api app;
    private Api leader;
    private Api customer;

    @BeforeEach
    void people() {
        app = Api.as(port, "app", Role.CHANNEL);
        leader = Api.as(port, "leader-1", Role.SUPERVISOR);
        customer = Api.asNobody(port);
        serve("44", Territory.SOUTH);
        serve("11", Territory.NORTH);
        jdbc.sql("UPDATE province SET territory = 'EAST' WHERE territory IS NULL").update();
    }

    @Test
    void asksOneOrderOfEachCustomerThatWasDeliveredTheDayBeforeAndTellsIt() {
        var another = "O-" + UUID.randomUUID();
        var elsewhere = "O-" + UUID.randomUUID();
        var tooEarly = "O-" + UUID.randomUUID();
        var tooLate = "O-" + UUID.randomUUID();
        deliver(order, phone, at(day, "00:00"), SHENZHEN);
        deliver(another, phone, at(day, "23:59"), SHENZHEN);
        deliver(elsewhere, TicketAtWork.someone(), at(day, "12:00"));
        deliver(tooEarly, TicketAtWork.someone(), at(day.minusDays(1), "23:59"), SHENZHEN);
        deliver(tooLate, TicketAtWork.someone(), at(day.plusDays(1), "00:00"), SHENZHEN);

        survey.draw(at(day.plusDays(1), "08:59"));
        assertThat(asked(order, another, elsewhere, tooEarly, tooLate)).isEmpty();
        survey.draw(at(day.plusDays(1), "09:00"));

        var asked = asked(order, another, elsewhere, tooEarly, tooLate);
        assertThat(asked).hasSize(2).contains(elsewhere).containsAnyOf(order, another);
        var drawn = asked.stream().filter(one -> !one.equals(elsewhere)).findFirst().orElseThrow();
        assertThat(told(drawn))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrderSurveyed.class,
                        told -> {
                            assertThat(told.territory()).isEqualTo(Territory.SOUTH);
                            assertThat(told.sellerId()).isEqualTo("S-88");
                        });
        assertThat(figures().get(0).path("territory").asString()).isEqualTo("SOUTH");
        assertThat(figures().get(0).path("delivered").asInt()).isEqualTo(2);
        assertThat(figures().get(0).path("asked").asInt()).isEqualTo(1);
        assertThat(figures().get(0).path("averageScore").isNull()).isTrue();
        assertThat(figures().get(1).path("territory").isNull()).isTrue();
        assertThat(figures().get(1).path("asked").asInt()).isEqualTo(1);
    }

    @Test
    void drawsOnceADayHoweverManyInstancesThereAre() throws Exception {
        deliver(order, phone, at(day, "12:00"), SHENZHEN);
        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Callable<Object>> draws =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    _ ->
                                            () -> {
                                                survey.draw(at(day.plusDays(1), "10:00"));
                                                return order;
                                            });
            for (var draw : instances.invokeAll(draws.toList())) {
                draw.get();
            }
        }

        assertThat(told(order)).hasSize(1);
        assertThat(figures()).hasSize(1);
        assertThat(figures().get(0).path("asked").asInt()).isEqualTo(1);
    }

    @Test
    void waitsUntilItKnowsWhoServesEachProvince() {
        deliver(order, phone, at(day, "12:00"), SHENZHEN);
        jdbc.sql("UPDATE province SET territory = NULL WHERE code = '65'").update();
        survey.draw(at(day.plusDays(1), "09:00"));
        assertThat(asked(order)).isEmpty();

        jdbc.sql("UPDATE province SET territory = 'NORTHWEST' WHERE code = '65'").update();
        survey.draw(at(day.plusDays(1), "09:01"));

        assertThat(asked(order)).containsExactly(order);
    }

    @Test
    void spreadsTheQuestionsOverTheHoursOfTheDay() {
        deliverAll(strangers(4), at(day, "12:00"), SHENZHEN);

        survey.draw(at(day.plusDays(1), "09:00"));

        assertThat(
                        jdbc.sql(
                                        "SELECT asked_at FROM order_survey WHERE day = ? ORDER BY"
                                                + " asked_at")
                                .param(day)
                                .query(
                                        (row, _) ->
                                                Rows.instant(
                                                        row.getObject(1, OffsetDateTime.class)))
                                .list())
                .containsExactlyElementsOf(
                        Stream.of("09:00", "12:00", "15:00", "18:00")
                                .map(time -> at(day.plusDays(1), time))
                                .toList());
    }

    @Test
    void passesOverAnOrderThatWasAskedAboutOfAnother() {
        deliver(order, phone, at(day, "12:00"), SHENZHEN);
        survey.draw(at(day.plusDays(1), "09:00"));
        var other = "O-" + UUID.randomUUID();
        deliver(other, TicketAtWork.someone(), at(day.plusDays(1), "12:00"), SHENZHEN);
        var again =
                Shop.delivered(
                        order, TicketAtWork.someone(), at(day.plusDays(1), "12:00"), SHENZHEN);
        Shop.tell(2, again);
        await().untilAsserted(
                        () ->
                                assertThat(
                                                jdbc.sql(
                                                                """
                                                                SELECT delivered_at FROM shop_order
                                                                WHERE id = ?
                                                                """)
                                                        .param(order)
                                                        .query(OffsetDateTime.class)
                                                        .single()
                                                        .toInstant())
                                        .isEqualTo(again.deliveredAt()));

        survey.draw(at(day.plusDays(2), "09:00"));

        assertThat(asked(order, other)).containsExactlyInAnyOrder(order, other);
        assertThat(told(order)).hasSize(1);
    }

    @Test
    void asksAsManyOfEachTerritoryAsTheRulesWant() {
        var customers = strangers(320);
        deliverAll(customers.subList(0, 300), at(day, "12:00"), SHENZHEN);
        deliverAll(customers.subList(300, 320), at(day, "12:00"), BEIJING);
        deliverAll(strangers(150), at(day, "12:00"), "99");

        survey.draw(at(day.plusDays(1), "09:00"));

        assertThat(figures())
                .extracting(
                        figure -> figure.path("territory").asString(""),
                        figure -> figure.path("delivered").asInt(),
                        figure -> figure.path("asked").asInt())
                .containsExactly(
                        tuple("NORTH", 20, 20), tuple("SOUTH", 300, 200), tuple("", 150, 1));
    }

    @ParameterizedTest
    @CsvSource({"89, false", "90, true"})
    void asksACustomerOnceInNinetyDays(int daysLater, boolean again) {
        deliver(order, phone, at(day, "12:00"), SHENZHEN);
        survey.draw(at(day.plusDays(1), "09:00"));
        var next = "O-" + UUID.randomUUID();
        deliver(next, phone, at(day.plusDays(daysLater), "12:00"), SHENZHEN);

        survey.draw(at(day.plusDays(daysLater + 1), "09:00"));

        assertThat(asked(order)).hasSize(1);
        assertThat(asked(next)).hasSize(again ? 1 : 0);
    }

    @Test
    void leavesThoseInPeaceWhoWroteAboutTheOrderOrWereAskedAboutATicket() {
        var asked = "O-" + UUID.randomUUID();
        var askedPhone = TicketAtWork.someone();
        deliver(order, phone, at(day, "12:00"), SHENZHEN);
        deliver(asked, askedPhone, at(day, "12:00"), SHENZHEN);
        open(phone, order, "DELIVERY.LATE");
        jdbc.sql(
                        """
                        INSERT INTO asked_customer (customer_id, survey_id, asked_at)
                        SELECT customer_id, gen_random_uuid(), ?::timestamptz FROM shop_order
                        WHERE id = ?
                        """)
                .params(at(day.minusDays(5), "09:00").toString(), asked)
                .update();

        survey.draw(at(day.plusDays(1), "09:00"));

        assertThat(asked(order, asked)).isEmpty();
    }

    @Test
    void handsTheQuestionToTheClientOfTheChannelUntilTheCustomerHasIt() {
        ask();
        var waiting = waiting();

        assertThat(waiting.path("kind").asString()).isEqualTo("ORDER_SURVEY");
        assertThat(waiting.path("orderId").asString()).isEqualTo(order);
        assertThat(waiting.path("ticketId").isNull()).isTrue();
        assertThat(waiting.path("trackingUrl").isNull()).isTrue();
        assertThat(waiting.path("wordsZh").asString()).contains(order, "是否满意");
        assertThat(waiting.path("wordsEn").asString()).contains(order);
        assertThat(waiting.path("surveyUrl").asString()).startsWith("/api/surveys/");

        var path = "/api/channels/outbox/" + waiting.path("id").asString();
        var failed = app.post(path + "/failed", "{\"reason\":\"offline\"}");
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.json().path("tries").asInt()).isEqualTo(1);
        assertThat(app.post(path + "/delivered", "").text("outcome")).isEqualTo("DELIVERED");
        var other = Api.as(port, "web", Role.CHANNEL);
        assertThat(other.post(path + "/delivered", "").status()).isEqualTo(404);
        assertThat(other.post(path + "/failed", "{\"reason\":\"x\"}").status()).isEqualTo(404);
    }

    @Test
    void handsItToNobodyByNight() {
        ask();
        outbox.night();
        try {
            assertThat(handedOut()).isEmpty();
        } finally {
            outbox.day();
        }
        assertThat(handedOut()).isPresent();
    }

    @Test
    void showsTheQuestionToWhoOpensTheLinkUntilItIsAnswered() {
        ask();
        var link = waiting().path("surveyUrl").asString();

        var asked = customer.get(link);

        assertThat(asked.text("state")).isEqualTo("OPEN");
        assertThat(asked.text("orderId")).isEqualTo(order);
        assertThat(asked.json().path("number").isString()).isFalse();
        assertThat(asked.text("text")).isEqualTo("How is your order " + order + "?");
        assertThat(asked.json().at("/questions/solved/text").asString())
                .isEqualTo("Is all well with it?");
        assertThat(Instant.parse(asked.text("until"))).isEqualTo(at(day.plusDays(8), "09:00"));
        assertThat(asked.response().body()).doesNotContain(phone.substring(7));

        assertThat(answer(link, Solved.YES, 4, null).status()).isEqualTo(200);
        assertThat(customer.get(link).text("state")).isEqualTo("ANSWERED");
    }

    @Test
    void givesUpWhatNoClientFetches() {
        ask();
        jdbc.sql(
                        """
                        UPDATE delivery SET not_before = clock_timestamp() - interval '4 days'
                        WHERE survey_id = ?
                        """)
                .param(surveyId())
                .update();

        housekeeping.run();

        assertThat(
                        jdbc.sql("SELECT outcome FROM delivery WHERE survey_id = ?")
                                .param(surveyId())
                                .query(String.class)
                                .single())
                .isEqualTo("GIVEN_UP");
    }

    @Test
    void opensNothingForWhoIsContent() {
        ask();
        var link = waiting().path("surveyUrl").asString();

        var answered = answer(link, Solved.YES, 4, "不错，电话 13800138000");
        var again = answer(link, Solved.NO, 1, "x");

        assertThat(answered.status()).as(answered.response().body()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).endsWith("survey-over");
        assertThat(told(order).getLast())
                .isInstanceOfSatisfying(
                        OrderRated.class,
                        rated -> {
                            assertThat(rated.solved()).isEqualTo(Solved.YES);
                            assertThat(rated.score()).isEqualTo(4);
                            assertThat(rated.ticketId()).isNull();
                            assertThat(rated.text()).startsWith("不错").doesNotContain("13800138000");
                        });
        assertThat(tickets()).isEmpty();
        assertThat(figures().get(0).path("answered").asInt()).isEqualTo(1);
        assertThat(figures().get(0).path("discontent").asInt()).isZero();
        assertThat(figures().get(0).path("averageScore").asDouble()).isEqualTo(4.0);
    }

    @ParameterizedTest
    @CsvSource({"YES, 2", "NO, 5"})
    void hasWhoIsNotContentCalledByATicketOfTheirOwn(Solved solved, int score) {
        ask();

        var answered = answer(waiting().path("surveyUrl").asString(), solved, score, "少了一件");

        assertThat(answered.status()).as(answered.response().body()).isEqualTo(200);
        var ticket = leader.get("/api/tickets/" + tickets().getFirst()).json();
        assertThat(ticket.path("kind").asString()).isEqualTo("COMPLAINT");
        assertThat(ticket.path("category").asString()).isEqualTo("OTHER.UNSORTED");
        assertThat(ticket.path("status").asString()).isEqualTo("NEW");
        assertThat(ticket.path("orderId").asString()).isEqualTo(order);
        assertThat(ticket.path("sellerId").asString()).isEqualTo("S-88");
        assertThat(ticket.path("body").asString()).isEqualTo("少了一件");
        assertThat(ticket.path("promises").valueStream())
                .extracting(one -> one.path("purpose").asString())
                .containsExactly("PROGRESS", "REVISIT");
        var promise = ticket.at("/promises/1");
        var opened = Instant.parse(ticket.path("createdAt").asString());
        assertThat(Instant.parse(promise.path("dueAt").asString()))
                .isBetween(opened.plusSeconds(86_000), opened.plusSeconds(36 * 3_600));
        assertThat(promise.path("what").asString()).endsWith(": %d/5, %s".formatted(score, solved));
        assertThat(told(order).getLast())
                .isInstanceOfSatisfying(
                        OrderRated.class,
                        rated ->
                                assertThat(rated.ticketId())
                                        .hasToString(ticket.path("id").asString()));
        assertThat(
                        timeline(tickets().getFirst())
                                .getFirst()
                                .at("/facts/region/divisions/0")
                                .asString())
                .isEqualTo(SHENZHEN);
        assertThat(app.get("/api/tickets/" + tickets().getFirst()).status()).isEqualTo(200);
        assertThat(Outbox.waiting(app, tickets().getFirst()))
                .extracting(one -> one.path("kind").asString())
                .containsExactly("RECEIPT");
        assertThat(figures().get(0).path("discontent").asInt()).isEqualTo(1);
    }

    @Test
    void goesAfterItInTheTicketThatIsOpenAboutTheOrder() {
        ask();
        var link = waiting().path("surveyUrl").asString();
        var open = open(phone, order, "DELIVERY.LATE");

        assertThat(answer(link, Solved.NO, 1, "还没人管，孩子受伤").status()).isEqualTo(200);

        assertThat(tickets()).containsExactly(open);
        assertThat(timeline(open))
                .extracting(entry -> entry.path("type").asString())
                .containsSubsequence(
                        "TicketCreated", "PromiseMade", "EscalationRequested", "MajorProposed");
    }

    @Test
    void goesAfterAnotherWhenThatOneIsOver() {
        ask();
        var link = waiting().path("surveyUrl").asString();
        var cancelled = open(phone, order, "DELIVERY.LATE");
        app.post("/api/tickets/" + cancelled + "/cancel", "{\"reason\":\"误报\"}", "If-Match", "*");

        assertThat(answer(link, Solved.PARTLY, 2, null).status()).isEqualTo(200);

        assertThat(tickets()).hasSize(2).contains(cancelled);
    }

    @Test
    void goesAfterWhatSoundsMajorHoweverGoodTheScore() {
        ask();

        answer(waiting().path("surveyUrl").asString(), Solved.YES, 5, "就是孩子受伤住院了");

        assertThat(timeline(tickets().getFirst()))
                .extracting(entry -> entry.path("type").asString())
                .contains("MajorProposed");
    }

    @Test
    void takesOneOfSeveralAnswersThatComeAtOnce() throws Exception {
        ask();
        var link = waiting().path("surveyUrl").asString();
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Callable<Reply>> answers =
                    IntStream.range(0, 6).mapToObj(_ -> () -> answer(link, Solved.NO, 1, "坏的"));
            assertThat(customers.invokeAll(answers.toList()).stream().map(Future::resultNow))
                    .extracting(Reply::status)
                    .containsOnlyOnce(200)
                    .containsOnly(200, 409);
        }

        assertThat(tickets()).hasSize(1);
        assertThat(told(order)).hasSize(2);
    }

    @Test
    void hearsNobodyAfterAWeekNorByATokenOfTheirOwn() {
        ask();
        var link = waiting().path("surveyUrl").asString();
        jdbc.sql(
                        """
                        UPDATE order_survey SET asked_at = clock_timestamp() - interval '7 days 1 s'
                        WHERE id = ?
                        """)
                .param(surveyId())
                .update();

        assertThat(answer(link, Solved.YES, 5, null).status()).isEqualTo(409);
        assertThat(customer.get(link).text("state")).isEqualTo("OVER");
        assertThat(answer("/api/surveys/" + UUID.randomUUID(), Solved.YES, 5, null).status())
                .isEqualTo(404);
        assertThat(told(order)).hasSize(1);
    }

    @Test
    void forgetsWhoMayBeAskedAgain() {
        ask();
        var path = "/api/channels/outbox/" + waiting().path("id").asString();
        assertThat(app.post(path + "/delivered", "").status()).isEqualTo(200);
        jdbc.sql(
                        """
                        UPDATE order_survey SET asked_at = clock_timestamp() - interval '91 days'
                        WHERE id = ?
                        """)
                .param(surveyId())
                .update();

        housekeeping.run();

        assertThat(asked(order)).isEmpty();
        assertThat(figures()).hasSize(1);
    }

    private void serve(String province, Territory territory) {
        Neighbours.say(
                Topics.TERRITORIES,
                new ProvinceServed(province, Instant.EPOCH, territory, "2026.1"));
        await().untilAsserted(
                        () ->
                                assertThat(
                                                jdbc.sql(
                                                                "SELECT territory FROM province"
                                                                        + " WHERE code = ?")
                                                        .param(province)
                                                        .query(String.class)
                                                        .optional())
                                        .contains(territory.name()));
    }

    private static Instant at(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(SHANGHAI).toInstant();
    }

    private void deliver(String id, String to, Instant at, String... divisions) {
        Shop.tell(1, Shop.delivered(id, to, at, divisions));
        await().untilAsserted(
                        () ->
                                assertThat(
                                                jdbc.sql(
                                                                "SELECT count(*) FROM shop_order"
                                                                        + " WHERE id = ?")
                                                        .param(id)
                                                        .query(Long.class)
                                                        .single())
                                        .isEqualTo(1));
    }

    private List<UUID> strangers(int count) {
        return jdbc.sql(
                        """
                        INSERT INTO customer (id, phone_index, phone_sealed, created_at)
                        SELECT id, uuid_send(id), uuid_send(id), clock_timestamp()
                        FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, ?)) AS fresh
                        RETURNING id
                        """)
                .param(count)
                .query(UUID.class)
                .list();
    }

    private void deliverAll(List<UUID> customers, Instant at, String division) {
        jdbc.sql(
                        """
                        INSERT INTO shop_order (id, customer_id, status, amount_fen, divisions,
                            placed_at, delivered_at, changed_at)
                        SELECT 'O-' || customer, customer, 'DELIVERED', 100, ARRAY[:division],
                            :at, :at, :at
                        FROM unnest(:customers::uuid[]) AS customer
                        """)
                .param("division", division)
                .param("at", Rows.timestamp(at))
                .param("customers", customers.toArray(UUID[]::new))
                .update();
    }

    /** Whoever ordered it, by day. */
    private void ask() {
        outbox.day();
        deliver(order, phone, at(day, "12:00"), SHENZHEN);
        survey.draw(at(day.plusDays(1), "09:00"));
        jdbc.sql("UPDATE delivery SET next_try_at = clock_timestamp() WHERE survey_id = ?")
                .param(surveyId())
                .update();
    }

    private UUID surveyId() {
        return jdbc.sql("SELECT id FROM order_survey WHERE order_id = ?")
                .param(order)
                .query(UUID.class)
                .single();
    }

    private JsonNode waiting() {
        return handedOut().orElseThrow();
    }

    private Optional<JsonNode> handedOut() {
        var cursor = "";
        while (true) {
            var page = app.get("/api/channels/outbox?limit=200" + cursor).json();
            var found =
                    page.path("items")
                            .valueStream()
                            .filter(one -> one.path("orderId").asString("").equals(order))
                            .findFirst();
            if (found.isPresent() || !page.path("next").isString()) {
                return found;
            }
            cursor = "&cursor=" + page.path("next").asString();
        }
    }

    private Reply answer(String link, Solved solved, int score, @Nullable String text) {
        var said = text == null ? "" : ",\"text\":\"" + text + "\"";
        return customer.post(
                link, "{\"solved\":\"%s\",\"score\":%d%s}".formatted(solved, score, said));
    }

    private String open(String customerPhone, String orderId, String category) {
        var opened =
                app.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},
                         "orderId":"%s","category":"%s","subject":"少件"}
                        """
                                .formatted(customerPhone, orderId, category));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        return opened.text("id");
    }

    private List<String> asked(String... orders) {
        return jdbc.sql("SELECT order_id FROM order_survey WHERE order_id = ANY (?)")
                .param(orders)
                .query(String.class)
                .list();
    }

    private List<SurveyEvent> told(String orderId) {
        var id =
                jdbc.sql(
                                "SELECT key FROM event_log WHERE topic = 'surveys' AND payload ->>"
                                        + " 'orderId' = ?")
                        .param(orderId)
                        .query(String.class)
                        .list();
        return id.isEmpty()
                ? List.of()
                : log.timeline(Topics.SURVEYS, id.getFirst(), 0, 10).stream()
                        .map(logged -> log.read(logged, SurveyEvent.class))
                        .toList();
    }

    private List<String> tickets() {
        return jdbc.sql("SELECT id FROM ticket WHERE order_id = ?")
                .param(order)
                .query(String.class)
                .list();
    }

    private List<JsonNode> timeline(String ticket) {
        return leader.get("/api/tickets/" + ticket + "/timeline?limit=200")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    private List<JsonNode> figures() {
        return leader.get("/api/figures/order-surveys?from=%s&to=%s".formatted(day, day))
                .json()
                .path("items")
                .valueStream()
                .toList();
    }
}
