package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.api.testing.EveryPathNeedsAToken;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

@TicketServiceTest
class OpeningTests {

    private static final Duration SOON = Duration.ofMinutes(1);

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired ApplicationContext context;

    private Api app;

    /** What earlier tests opened is linked by now, so that nothing happens beside these. */
    @BeforeEach
    void caller() {
        await().atMost(SOON)
                .until(
                        () ->
                                jdbc.sql("SELECT count(*) FROM link_owed")
                                                .query(Long.class)
                                                .single()
                                        == 0);
        app = Api.as(port, "app", Role.CHANNEL);
    }

    @Test
    void answersWithTheTicketAndItsPlace() {
        var created = app.post("/api/tickets", opening("{\"phone\":\"13800138000\"}", ""));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.response().headers().firstValue("Location"))
                .hasValue("/api/tickets/" + created.text("id"));
        assertThat(created.etag()).isEqualTo("\"2\"");
        assertThat(created.json().path("customer").path("phone").asString())
                .isEqualTo("138****8000");
        assertThat(app.get("/api/tickets/" + created.text("id")).json()).isEqualTo(created.json());
    }

    @ParameterizedTest
    @CsvSource({"COMPLAINT, PT24H", "REQUEST, PT48H", "CONSULTATION,", "SUGGESTION,"})
    void promisesThatTheCustomerHearsHowFarItIs(String kind, @Nullable Duration every) {
        var body = opening("{\"phone\":\"13800138000\"}", "").replace("COMPLAINT", kind);
        var created = app.post("/api/tickets", body);

        var promises = created.json().path("promises").valueStream().toList();
        assertThat(promises)
                .extracting(one -> one.path("purpose").asString())
                .isEqualTo(every == null ? List.of() : List.of("PROGRESS"));
        assertThat(promises)
                .allSatisfy(
                        one ->
                                assertThat(Instant.parse(one.path("dueAt").asString()))
                                        .isEqualTo(
                                                Instant.parse(created.text("createdAt"))
                                                        .plus(every)));
        var timeline = app.get("/api/tickets/" + created.text("id") + "/timeline");
        assertThat(timeline.json().path("items").valueStream())
                .extracting(entry -> entry.path("type").asString())
                .isEqualTo(
                        every == null
                                ? List.of("TicketCreated")
                                : List.of("TicketCreated", "PromiseMade"));
    }

    @ParameterizedTest
    @CsvSource({
        "999.99, 999.99, NORMAL",
        "1000, 1000.00, HIGH",
        "1e3, 1000.00, HIGH",
        "0, 0.00, NORMAL"
    })
    void whatMuchIsClaimedInPresses(String claim, String shown, String priority) {
        var created =
                app.post(
                        "/api/tickets",
                        opening("{\"phone\":\"13800138009\"}", ",\"claim\":" + claim));

        assertThat(created.text("priority")).isEqualTo(priority);
        assertThat(created.json().path("claim").decimalValue())
                .isEqualByComparingTo(new BigDecimal(shown));
        assertThat(app.get("/api/tickets/" + created.text("id")).json()).isEqualTo(created.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "0.001", "100000000.01", "1e999", "1e-999"})
    void takesNoSumThatNobodyCanPay(String claim) {
        var refused =
                app.post(
                        "/api/tickets",
                        opening("{\"phone\":\"13800138009\"}", ",\"claim\":" + claim));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).endsWith("amount");
        assertThat(refused.text("pointer")).isEqualTo("/claim");
    }

    @Test
    void knowsACustomerByThePhoneNumberHoweverItIsWritten() {
        var first = app.post("/api/tickets", opening("{\"phone\":\"+86 138-0013-8001\"}", ""));
        var second = app.post("/api/tickets", opening("{\"phone\":\"13800138001\"}", ""));
        var byId =
                app.post(
                        "/api/tickets",
                        opening(
                                first.json()
                                        .path("customer")
                                        .toString()
                                        .replaceAll(",\"phone.*", "}"),
                                ""));

        assertThat(second.json().path("customer")).isEqualTo(first.json().path("customer"));
        assertThat(byId.json().path("customer")).isEqualTo(first.json().path("customer"));
    }

    @Test
    void keepsPhoneNumbersUnreadable() {
        app.post("/api/tickets", opening("{\"phone\":\"13800138002\",\"name\":\"小林\"}", ""));

        assertThat(
                        jdbc.sql("SELECT row_to_json(customer)::text FROM customer")
                                .query(String.class)
                                .list())
                .isNotEmpty()
                .noneMatch(row -> row.contains("13800138002") || row.contains("小林"));
    }

    @Test
    void theSameKeyGetsTheSameAnswerAndAnotherBodyIsRefused() {
        var key = UUID.randomUUID().toString();
        var body = opening("{\"phone\":\"13800138003\"}", "");
        var first = app.postAs(key, "/api/tickets", body);
        var stored = stored();

        var again = app.postAs(key, "/api/tickets", body);
        var other = app.postAs(key, "/api/tickets", opening("{\"phone\":\"13800138004\"}", ""));

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(422);
        assertThat(stored()).isEqualTo(stored);
    }

    @Test
    void equalPostsMakeOneTicketAndEqualAnswers() throws Exception {
        var key = UUID.randomUUID().toString();
        var body = opening("{\"phone\":\"13800138005\"}", "");
        var before = count();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> post = () -> app.postAs(key, "/api/tickets", body).response().body();
            var answers =
                    callers.invokeAll(IntStream.range(0, 200).mapToObj(_ -> post).toList()).stream()
                            .map(Future::resultNow)
                            .distinct();
            assertThat(answers).hasSize(1).first().asString().contains("\"number\"");
        }
        assertThat(count()).isEqualTo(before + 1);
    }

    @Test
    void twoInstancesMeetingTheSameStrangerMakeOneCustomer() throws Exception {
        var body = opening("{\"phone\":\"13800138006\"}", "");
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> post = () -> app.post("/api/tickets", body).status();
            assertThat(callers.invokeAll(IntStream.range(0, 50).mapToObj(_ -> post).toList()))
                    .allSatisfy(status -> assertThat(status.resultNow()).isEqualTo(201));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    broken JSON        | {"kind":                                     | 400 |
                    unknown kind       | {"kind":"ANGER","channel":"APP","customer":{"phone":"13800138000"},"subject":"s"} | 400 | /kind
                    reserved kind      | {"kind":"UNKNOWN","channel":"APP","customer":{"phone":"13800138000"},"subject":"s"} | 400 | /kind
                    missing kind       | {"channel":"APP","customer":{"phone":"13800138000"},"subject":"s"} | 422 | /kind
                    missing customer   | {"kind":"REQUEST","channel":"APP","subject":"s"} | 422 | /customer
                    missing phone      | {"kind":"REQUEST","channel":"APP","customer":{"name":"n"},"subject":"s"} | 422 | /customer/phone
                    bad phone          | {"kind":"REQUEST","channel":"APP","customer":{"phone":"12"},"subject":"s"} | 422 | /customer/phone
                    unknown customer   | {"kind":"REQUEST","channel":"APP","customer":{"id":"6f1c7f3e-0000-4000-8000-000000000000"},"subject":"s"} | 422 | /customer/id
                    long product       | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","productId":"12345678901234567890123456789012345678901234567890123456789012345"} | 422 | /productId
                    unknown category   | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","category":"NO.SUCH"} | 422 | /category
                    blank subject      | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"  "} | 422 | /subject
                    unknown field      | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","colour":"red"} | 400 | /colour
                    authority, no complaint | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"1","arrivedOn":"2026-11-20"}} | 422 | /authority
                    personal data, advice | {"kind":"CONSULTATION","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"PERSONAL_DATA"}} | 422 | /authority
                    personal data, due | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"PERSONAL_DATA","dueOn":"2026-12-10"}} | 422 | /authority/dueOn
                    personal data to come | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"PERSONAL_DATA","arrivedOn":"2098-11-20"}} | 422 | /authority/arrivedOn
                    authority no number at all | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","arrivedOn":"2026-11-20"}} | 422 | /authority/number
                    authority unknown  | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"NEIGHBOUR","number":"1","arrivedOn":"2026-11-20"}} | 400 | /authority/source
                    authority no number | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":" ","arrivedOn":"2026-11-20"}} | 422 | /authority/number
                    authority long number | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"12345678901234567890123456789012345678901234567890123456789012345","arrivedOn":"2026-11-20"}} | 422 | /authority/number
                    authority no day   | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"1"}} | 422 | /authority/arrivedOn
                    authority far too late | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"1","arrivedOn":"2026-11-20","dueOn":"+999999999-12-31"}} | 422 | /authority/dueOn
                    authority long ago | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"1","arrivedOn":"1926-11-20"}} | 422 | /authority/arrivedOn
                    authority too early | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"1","arrivedOn":"2026-11-20","dueOn":"2026-11-19"}} | 422 | /authority/dueOn
                    authority to come  | {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},"subject":"s","authority":{"source":"HOTLINE_12345","number":"1","arrivedOn":"2098-11-20"}} | 422 | /authority/arrivedOn
                    NUL character      | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"a\\u0000b"} | 400 | /subject
                    lone surrogate     | {"kind":"REQUEST","channel":"APP","customer":{"phone":"13800138000"},"subject":"a\\ud800b"} | 400 | /subject
                    """)
    void refusesBadInputAndStoresNothing(String name, String body, int status, String pointer) {
        var before = stored();

        var refused = app.post("/api/tickets", body);

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(status);
        assertThat(refused.response().headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(refused.text("type")).startsWith("urn:gendan:problem:");
        if (pointer != null) {
            assertThat(refused.text("pointer")).isEqualTo(pointer);
        }
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"PLATFORM_12315, REGULATOR", "HOTLINE_12345, REGULATOR", "COURT_MEDIA, MEDIA"})
    void aComplaintThroughAnAuthorityIsMajorAndKeepsItsLetter(String source, String major) {
        var letter =
                "{\"source\":\"%s\",\"number\":\"2026-118\",\"arrivedOn\":\"2026-11-20\",\"dueOn\":\"2026-12-10\"}"
                        .formatted(source);
        var opened =
                app.post(
                        "/api/tickets",
                        opening("{\"phone\":\"13800138009\"}", ",\"authority\":" + letter));

        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        assertThat(opened.text("major")).isEqualTo(major);
        assertThat(opened.json().path("authority").toString()).isEqualTo(letter);
        var shown = app.get("/api/tickets/" + opened.text("id"));
        assertThat(shown.json().path("authority")).isEqualTo(opened.json().path("authority"));
        var told =
                jdbc.sql(
                                "SELECT payload::text FROM event_log WHERE topic = 'tickets' AND"
                                        + " key = ? AND type = 'TicketCreated'")
                        .param(opened.text("id"))
                        .query(String.class)
                        .single();
        assertThat(told).contains("2026-118", source);
    }

    /**
     * No number of theirs, no letter, and nothing major: but a ticket that is answered in writing.
     */
    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "COMPLAINT"})
    void keepsARequestAboutPersonalDataUnderItsOwnNumber(String kind) {
        var body =
                opening(
                                "{\"phone\":\"13800138009\"}",
                                ",\"authority\":{\"source\":\"PERSONAL_DATA\"}")
                        .replaceFirst("\"kind\":\"[A-Z]+\"", "\"kind\":\"" + kind + "\"");
        var before = today();
        var opened = app.post("/api/tickets", body);

        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        assertThat(opened.json().hasNonNull("major")).isFalse();
        assertThat(opened.text("kind")).isEqualTo(kind);
        var carried = opened.json().path("authority");
        assertThat(carried.path("source").asString()).isEqualTo("PERSONAL_DATA");
        assertThat(carried.path("number").asString()).isEqualTo(opened.text("number"));
        assertThat(LocalDate.parse(carried.path("arrivedOn").asString()))
                .isBetween(before, today());
        assertThat(app.get("/api/tickets/" + opened.text("id")).json()).isEqualTo(opened.json());
    }

    @Test
    void keepsWhenAndUnderWhichNumberARequestAboutPersonalDataCame() {
        var letter =
                "{\"source\":\"PERSONAL_DATA\",\"number\":\"DSR-7\",\"arrivedOn\":\"2026-11-20\"}";
        var opened =
                app.post(
                        "/api/tickets",
                        opening("{\"phone\":\"13800138009\"}", ",\"authority\":" + letter));

        var carried = opened.json().path("authority");
        assertThat(carried.path("number").asString()).isEqualTo("DSR-7");
        assertThat(carried.path("arrivedOn").asString()).isEqualTo("2026-11-20");
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void refusesStrangersOtherRolesAndRequestsWithoutAKey() {
        var before = stored();
        var body = opening("{\"phone\":\"13800138000\"}", "");

        assertThat(Api.asNobody(port).post("/api/tickets", body).status()).isEqualTo(401);
        assertThat(Api.as(port, "analyst-1", Role.ANALYST).post("/api/tickets", body).status())
                .isEqualTo(403);
        assertThat(app.postWithoutKey("/api/tickets", body).status()).isEqualTo(400);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void tellsPeopleInTheirLanguage() {
        var refused =
                app.post(
                        "/api/tickets",
                        opening("{\"phone\":\"12\"}", ""),
                        "Accept-Language",
                        "zh-CN");

        assertThat(refused.text("title")).isEqualTo("电话号码无效");
    }

    @ParameterizedTest
    @CsvSource({
        "广东, '', PROVINCE, 44",
        "广西壮族自治区, '', PROVINCE, 45",
        "Guangdong, '', PROVINCE, 44",
        "'', 江苏省宿迁市洪泽湖路, ADDRESS, 32",
        "广东, 江苏省宿迁市洪泽湖路, ADDRESS, 32",
        "广东, 江苏宿迁, ADDRESS, 32",
        "上海, 河南中路168号, PROVINCE, 31",
        "北京, 海南路1号, PROVINCE, 11",
        "'', '', PHONE, 11",
        "大西洋, '', PHONE, 11"
    })
    void readsTheRegionOut(String province, String address, String evidence, String division) {
        var created =
                app.post(
                        "/api/tickets",
                        opening(
                                "{\"phone\":\"13800138000\"}",
                                ",\"province\":\"%s\",\"address\":\"%s\""
                                        .formatted(province, address)));

        assertThat(
                        jdbc.sql("SELECT created ->> 'region' FROM ticket WHERE id = ?::uuid")
                                .param(created.text("id"))
                                .query(String.class)
                                .single())
                .contains("\"" + evidence + "\"", "[\"" + division + "\"]");
    }

    @Test
    void tellsNobodyTheWholePhoneNumber() {
        var created = app.post("/api/tickets", opening("{\"phone\":\"13800138000\"}", ""));

        assertThat(created.json().path("customer").path("phone").asString())
                .isEqualTo("138****8000");
        assertThat(app.get("/api/tickets/" + created.text("id") + "/timeline").json().toString())
                .contains("TicketCreated")
                .doesNotContain("1380013");
    }

    @Test
    void keepsNoNameInClear() {
        var body = opening("{\"phone\":\"13800138077\",\"name\":\"慕容雪\"}", "");
        var created = app.post("/api/tickets", body);

        assertThat(created.response().body()).contains("慕容雪");
        assertThat(
                        jdbc.sql(
                                        """
                                        SELECT (SELECT count(*) FROM idempotency_key WHERE body LIKE :name)
                                            + (SELECT count(*) FROM event_log
                                                WHERE payload::text LIKE :name)
                                            + (SELECT count(*) FROM ticket WHERE ticket::text LIKE :name)
                                            + (SELECT count(*) FROM customer
                                                WHERE customer::text LIKE :name)
                                        """)
                                .param("name", "%慕容雪%")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void masksATextOfThousandsOfDigitsAndGoesOn() {
        var digits = ",\"body\":\"%s\"".formatted("7".repeat(10_000));

        var created = app.post("/api/tickets", opening("{\"phone\":\"13800138000\"}", digits));
        assertThat(created.status()).isEqualTo(201);

        var next = app.post("/api/tickets", opening("{\"phone\":\"13800138000\"}", ""));
        assertThat(next.status()).isEqualTo(201);
    }

    @Test
    void acceptsAnUnknownProvinceAsUnrecognised() {
        var created =
                app.post(
                        "/api/tickets",
                        opening("{\"phone\":\"+442079460000\"}", ",\"province\":\"Atlantis\""));

        assertThat(created.status()).isEqualTo(201);
    }

    @Test
    void everyPathNeedsAToken() throws IOException, InterruptedException {
        new EveryPathNeedsAToken(context, port)
                .except(
                        "GET /api/surveys/{token}",
                        "POST /api/surveys/{token}",
                        "GET /api/track/{token}")
                .check();
    }

    private long count() {
        return jdbc.sql("SELECT count(*) FROM ticket").query(Long.class).single();
    }

    private String stored() {
        return jdbc.sql(
                        """
                        SELECT (SELECT count(*) FROM ticket) || ' tickets, '
                            || (SELECT count(*) FROM customer) || ' customers, '
                            || (SELECT count(*) FROM event_log) || ' events, '
                            || (SELECT count(*) FROM idempotency_key) || ' keys'
                        """)
                .query(String.class)
                .single();
    }

    private static String opening(String customer, String more) {
        return """
        {"kind":"COMPLAINT","channel":"APP","customer":%s,"subject":"纸尿裤包装与页面不符"%s}
        """
                .formatted(customer, more);
    }
}
