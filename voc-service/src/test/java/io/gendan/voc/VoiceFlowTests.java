package io.gendan.voc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.api.testing.EveryPathNeedsAToken;
import io.gendan.api.testing.TestTokens;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Evidence;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.Solved;
import io.gendan.events.SurveyEvent.OrderRated;
import io.gendan.events.SurveyEvent.OrderSurveyed;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketTexts;
import io.gendan.events.Topics;
import io.gendan.events.VoiceEvent;
import io.gendan.events.VoiceEvent.VoiceHeard;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.testing.RealBroker;
import io.gendan.messaging.testing.RealParts;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

@SpringBootTest(
        classes = VocApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@RealParts
class VoiceFlowTests {

    private static final Instant CLOSED = Instant.parse("2026-06-17T16:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Autowired ApplicationContext context;
    @Autowired EventLog log;
    @LocalServerPort int port;

    private RestTestClient http = RestTestClient.bindToServer().build();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        TestTokens.register(properties);
    }

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void needsATokenOnEveryPath() throws Exception {
        new EveryPathNeedsAToken(context, port).check();
    }

    @Test
    void hearsAVoiceWhenATicketCloses() {
        var category = "QUALITY." + UUID.randomUUID();
        var first = close(category, Territory.SOUTH, CLOSED);
        var second = close(category, Territory.SOUTH, CLOSED.minus(Duration.ofDays(10)));
        var third = close(category, Territory.NORTH, CLOSED);
        publish(new TicketClosed(first, 1, 1, CLOSED, CloseReason.CONFIRMED, null, null), 3);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(publishedVoices())
                                        .contains(
                                                first.toString(),
                                                second.toString(),
                                                third.toString()));

        assertThat(log.timeline(Topics.VOICES, first.toString(), 0, 10))
                .singleElement()
                .extracting(logged -> log.read(logged, VoiceEvent.class))
                .isInstanceOfSatisfying(
                        VoiceHeard.class,
                        heard -> {
                            assertThat(heard.territory()).isEqualTo(Territory.SOUTH);
                            assertThat(heard.category()).isEqualTo(category);
                            assertThat(heard.texts().subject()).isEqualTo("屏幕碎了");
                        });
        get("/api/voc/statistics?kind=COMPLAINT", Role.ANALYST)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath(count(category, "SOUTH"))
                .isEqualTo(2)
                .jsonPath(count(category, "NORTH"))
                .isEqualTo(1);
        get("/api/voc/statistics?from=2026-06-18&to=2026-06-18", Role.SUPERVISOR)
                .expectBody()
                .jsonPath(count(category, "SOUTH"))
                .isEqualTo(1);
        get("/api/voc/statistics?kind=SUGGESTION", Role.ANALYST)
                .expectBody()
                .jsonPath("$.total")
                .isEqualTo(0);
        get("/api/voc/statistics?from=yesterday", Role.ANALYST).expectStatus().isBadRequest();
        get("/api/voc/statistics?from=-9999-01-01", Role.ANALYST)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath(count(category, "NORTH"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID", "DUPLICATE"})
    void hearsNoVoiceInWhatWasNoMatterOfItsOwn(CloseReason reason) {
        var category = "NONE." + UUID.randomUUID();
        var ticket = close(category, Territory.SOUTH, CLOSED, reason);
        var answer = answered(ticket, DAY);
        publish(answer, 4);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> ratingsAre("category=" + category, answer));

        get("/api/voc/statistics", Role.ANALYST)
                .expectBody()
                .jsonPath(count(category, "SOUTH"))
                .isEmpty();
        assertThat(log.timeline(Topics.VOICES, ticket.toString(), 0, 10)).isEmpty();
    }

    @Test
    void pagesThroughTheVoices() {
        var tickets =
                List.of(
                        close("QUALITY.FAKE", Territory.EAST, CLOSED),
                        close("QUALITY.FAKE", Territory.EAST, CLOSED));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(publishedVoices())
                                        .containsAll(
                                                tickets.stream().map(UUID::toString).toList()));

        get("/api/voc/voices?limit=1", Role.ANALYST)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.next")
                .isNotEmpty();
        get("/api/voc/voices", Role.AGENT).expectStatus().isForbidden();
        get("/api/voc/statistics", Role.CHANNEL).expectStatus().isForbidden();
    }

    @Test
    void keepsWhatCustomersSayOfTheirOrders() {
        var survey = UUID.randomUUID();
        var ticket = UUID.randomUUID();
        var rated =
                new OrderRated(
                        survey,
                        CLOSED,
                        "O-1",
                        UUID.randomUUID(),
                        "S-88",
                        Territory.SOUTH,
                        Solved.NO,
                        2,
                        ticket,
                        "少了一件");
        var asked =
                new OrderSurveyed(
                        survey,
                        CLOSED.minusSeconds(60),
                        "O-1",
                        rated.customerId(),
                        "S-88",
                        Territory.SOUTH,
                        CLOSED.minusSeconds(90));
        RealBroker.tell(Topics.SURVEYS, survey.toString(), 1, asked);
        RealBroker.tell(Topics.SURVEYS, survey.toString(), 2, rated);
        RealBroker.tell(Topics.SURVEYS, survey.toString(), 2, rated);

        var one = "$.items[?(@.surveyId == '%s')]".formatted(survey);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                get("/api/voc/order-ratings?limit=200", Role.ANALYST)
                                        .expectStatus()
                                        .isOk()
                                        .expectBody()
                                        .jsonPath(one + ".ticketId")
                                        .isEqualTo(ticket.toString())
                                        .jsonPath(one + ".text")
                                        .isEqualTo("少了一件")
                                        .jsonPath(one + ".score")
                                        .isEqualTo(2));
        get("/api/voc/order-ratings", Role.AGENT).expectStatus().isForbidden();
    }

    @Test
    void keepsWhatCustomersSayOfHowTheirTicketsWereSolved() {
        var top = "RATED" + UUID.randomUUID();
        var late = answered(close(top + ".LOST", Territory.NORTH, CLOSED), DAY.multipliedBy(5));
        var first = close(top + ".LATE", Territory.SOUTH, CLOSED);
        var soon =
                new SurveyAnswered(
                        first,
                        1,
                        1,
                        CLOSED.plus(DAY),
                        UUID.randomUUID(),
                        "agent-south-1",
                        Solved.PARTLY,
                        2,
                        false,
                        "等了三天");
        var elsewhere = answered(close(top + "2.LOST", Territory.NORTH, CLOSED), DAY);
        publish(elsewhere, 4);
        publish(soon, 4);
        publish(soon, 4);
        publish(late, 4);
        publish(
                new FactsChanged(
                        first,
                        1,
                        1,
                        CLOSED.plus(DAY),
                        Kind.COMPLAINT,
                        null,
                        top + ".FAKE",
                        Priority.NORMAL,
                        null,
                        new Region(List.of(), null, null, Evidence.CHANNEL),
                        null,
                        null,
                        null,
                        null,
                        null),
                5);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            ratingsAre("category=" + top, late, soon);
                            ratingsAre("category=" + top + "2", elsewhere);
                        });
        get("/api/voc/ratings?category=" + top + ".LATE", Role.SUPERVISOR)
                .expectStatus()
                .isOk()
                .expectBody()
                .json(
                        """
                        {
                          "items": [{
                            "surveyId": "%s",
                            "ticketId": "%s",
                            "number": "T-1",
                            "kind": "COMPLAINT",
                            "category": "%s.LATE",
                            "channel": "APP",
                            "territory": "SOUTH",
                            "solved": "PARTLY",
                            "score": 2,
                            "late": false,
                            "text": "等了三天",
                            "ratedAt": "2026-06-18T16:00:00Z"
                          }],
                          "next": null
                        }
                        """
                                .formatted(soon.surveyId(), first, top),
                        JsonCompareMode.STRICT);
        ratingsAre("territory=NORTH&category=" + top, late);
        ratingsAre("late=true&category=" + top, late);
        ratingsAre("late=false&category=" + top, soon);
        ratingsAre("score=2&category=" + top, soon);
        ratingsAre("since=" + late.at() + "&category=" + top, late);
        ratingsAre("until=" + late.at() + "&category=" + top, soon);
        ratingsAre("since=-999999999-01-01T00:00:00Z&category=" + top, late, soon);
        var next = ratingsAre("limit=1&category=" + top, late).path("next").asString();
        var last = ratingsAre("limit=1&category=" + top + "&cursor=" + next, soon);
        assertThat(last.path("next").isNull()).isTrue();
        get("/api/voc/ratings?late=perhaps", Role.ANALYST).expectStatus().isBadRequest();
        get("/api/voc/ratings", Role.AGENT).expectStatus().isForbidden();
    }

    private JsonNode ratingsAre(String query, SurveyAnswered... answers) {
        var body =
                get("/api/voc/ratings?" + query, Role.ANALYST)
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        var page = JsonMapper.shared().readTree(body);
        assertThat(page.path("items").valueStream())
                .as(query)
                .extracting(rating -> rating.path("surveyId").asString())
                .containsExactly(
                        Stream.of(answers)
                                .map(answer -> answer.surveyId().toString())
                                .toArray(String[]::new));
        return page;
    }

    /** After its time; content. */
    private static SurveyAnswered answered(UUID ticket, Duration afterClosing) {
        return new SurveyAnswered(
                ticket,
                1,
                1,
                CLOSED.plus(afterClosing),
                UUID.randomUUID(),
                "agent-south-1",
                Solved.YES,
                5,
                true,
                null);
    }

    private UUID close(String category, Territory territory, Instant at) {
        return close(category, territory, at, CloseReason.CONFIRMED);
    }

    private UUID close(String category, Territory territory, Instant at, CloseReason reason) {
        var ticket = UUID.randomUUID();
        publish(
                new TicketCreated(
                        ticket,
                        1,
                        1,
                        at.minusSeconds(3600),
                        "T-1",
                        Kind.COMPLAINT,
                        null,
                        category,
                        Channel.APP,
                        Priority.NORMAL,
                        null,
                        false,
                        UUID.randomUUID(),
                        null,
                        null,
                        new Region(List.of(), null, null, Evidence.CHANNEL),
                        1,
                        new TicketTexts("屏幕碎了", null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                1);
        publish(new TicketPlaced(ticket, 1, 1, at, territory, territory, "team"), 2);
        publish(new TicketClosed(ticket, 1, 1, at, reason, null, null), 3);
        return ticket;
    }

    private static List<String> publishedVoices() {
        return RealBroker.records(Topics.VOICES).stream().map(ConsumerRecord::key).toList();
    }

    private static String count(String category, String territory) {
        return "$.counts[?(@.category == '%s' && @.territory == '%s')].voices"
                .formatted(category, territory);
    }

    private ResponseSpec get(String path, Role role) {
        return http.get()
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("someone", role))
                .exchange();
    }

    private void publish(TicketEvent event, int sequence) {
        RealBroker.tell(Topics.TICKETS, event.key(), sequence, event);
    }
}
