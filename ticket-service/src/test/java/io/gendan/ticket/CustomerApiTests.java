package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.UUID;

@TicketServiceTest
class CustomerApiTests {

    private static final String SEARCH = "/api/customers/search";
    private static final String CALLS = "/api/calls";

    @LocalServerPort int port;
    @Autowired Agents agents;
    @Autowired Proposals proposals;
    @Autowired JdbcClient jdbc;

    private final String phone = TicketAtWork.someone();
    private Api client;
    private Api agent;
    private Api leader;
    private String first;

    @BeforeEach
    void aCustomer() {
        var name = "agent-" + UUID.randomUUID();
        TicketAtWork.know(agents, name);
        client = Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL);
        agent = Api.as(port, name, Role.AGENT);
        leader = Api.as(port, "leader-1", Role.SUPERVISOR);
        first = opened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "0086 %s", "%s "})
    void findsWhoHasTheNumberHoweverItIsWritten(String writing) {
        var written = writing.formatted(phone.substring("+86".length()));

        var found = agent.postWithoutKey(SEARCH, "{\"phone\":\"" + written + "\"}");

        assertThat(found.status()).as(found.response().body()).isEqualTo(200);
        assertThat(found.json().path("items")).hasSize(1);
        var customer = found.json().at("/items/0");
        assertThat(customer.path("id").asString()).isEqualTo(customerId());
        assertThat(customer.path("name").asString()).isEqualTo("小林");
        assertThat(customer.path("grade").asString()).isEqualTo("NORMAL");
        assertThat(customer.path("care").asBoolean()).isFalse();
        assertThat(customer.path("vip").asBoolean()).isFalse();
        assertThat(found.response().body()).contains("137****").doesNotContain(phone.substring(3));
    }

    @Test
    void findsNobodyOfANumberThatNobodyCalledFrom() {
        var found = agent.postWithoutKey(SEARCH, "{\"phone\":\"+8613912340000\"}");

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json().path("items")).isEmpty();
        assertThat(found.json().path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"phone\":\"12\"}, 422, phone-invalid, /phone",
                "{}, 422, required, /phone",
                "{\"number\":\"12\"}, 400, field-unknown, /number"
            })
    void refusesWhatIsNoNumber(String body, int status, String type, String pointer) {
        var refused = agent.postWithoutKey(SEARCH, body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("type")).endsWith(":" + type);
        assertThat(refused.text("pointer")).isEqualTo(pointer);
    }

    @Test
    void isForThoseOfUsWhoServeCustomers() {
        var path = "/api/customers/" + customerId();

        assertThat(client.postWithoutKey(SEARCH, "{\"phone\":\"" + phone + "\"}").status())
                .isEqualTo(403);
        assertThat(client.get(path).status()).isEqualTo(403);
        assertThat(Api.as(port, "analyst-1", Role.ANALYST).get(path).status()).isEqualTo(403);
        assertThat(Api.asNobody(port).get(path).status()).isEqualTo(401);
        assertThat(agent.get("/api/customers/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void showsAllTheirTicketsAndOfThoseElsewhereOnlyThatTheyAre() {
        var mine =
                agent.post(
                        "/api/tickets",
                        """
                        {"kind":"REQUEST","channel":"PHONE","customer":{"phone":"%s"},
                         "orderId":"O-77","category":"ORDER.STATUS","subject":"查订单","take":true}
                        """
                                .formatted(phone));
        assertThat(mine.status()).as(mine.response().body()).isEqualTo(201);

        var seen = agent.get("/api/customers/" + customerId());
        var byLeader = leader.get("/api/customers/" + customerId());

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.json().at("/tickets/items")).hasSize(2);
        var own = seen.json().at("/tickets/items/0");
        assertThat(own.path("id").asString()).isEqualTo(mine.text("id"));
        assertThat(own.path("subject").asString()).isEqualTo("查订单");
        assertThat(own.path("orderId").asString()).isEqualTo("O-77");
        var foreign = seen.json().at("/tickets/items/1");
        assertThat(foreign.path("number").asString()).isNotEmpty();
        assertThat(foreign.path("kind").asString()).isEqualTo("COMPLAINT");
        assertThat(foreign.path("status").asString()).isEqualTo("NEW");
        assertThat(foreign.path("createdAt").asString()).isNotEmpty();
        assertThat(seen.response().body()).doesNotContain(first, "纸尿裤", "LISTING");
        assertThat(byLeader.json().at("/tickets/items/1/id").asString()).isEqualTo(first);
        assertThat(byLeader.json().at("/tickets/items/1/subject").asString()).contains("纸尿裤");
    }

    @Test
    void aCallPutsOnTheScreenWhoCallsAndWhatItMayBeAbout() {
        var solved =
                agent.post(
                        "/api/tickets",
                        """
                        {"kind":"CONSULTATION","channel":"PHONE","customer":{"phone":"%s"},
                         "category":"ORDER.STATUS","subject":"查订单","take":true}
                        """
                                .formatted(phone));
        assertThat(solved.status()).as(solved.response().body()).isEqualTo(201);
        var ended = opened();
        client.post("/api/tickets/" + ended + "/cancel", "{\"reason\":\"不用了\"}", "If-Match", "*");

        var popped = agent.postWithoutKey(CALLS, "{\"phone\":\"" + phone + "\"}");

        assertThat(popped.status()).as(popped.response().body()).isEqualTo(200);
        assertThat(popped.json().at("/customer/id").asString()).isEqualTo(customerId());
        assertThat(popped.json().path("open")).hasSize(2);
        assertThat(popped.json().at("/open/0/id").asString()).isEqualTo(solved.text("id"));
        assertThat(popped.json().at("/open/0/subject").asString()).isEqualTo("查订单");
        assertThat(popped.json().at("/open/1/status").asString()).isEqualTo("NEW");
        assertThat(popped.json().path("ended")).hasSize(1);
        assertThat(popped.json().at("/ended/0/status").asString()).isEqualTo("CANCELLED");
        assertThat(popped.json().path("orders")).isEmpty();
        assertThat(popped.response().body())
                .doesNotContain(first, ended, "纸尿裤", phone.substring(3));
    }

    @Test
    void masksWhatLooksLikeANumberInWhatPeopleWrote() {
        var other = TicketAtWork.someone();
        var opened =
                agent.post(
                        "/api/tickets",
                        """
                        {"kind":"REQUEST","channel":"PHONE","orderId":"202611290001",
                         "customer":{"phone":"%s","name":"13900139000"},
                         "category":"ORDER.STATUS","subject":"请打 13900139000","take":true}
                        """
                                .formatted(other));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        var path = "/api/customers/" + opened.json().at("/customer/id").asString();
        leader.put(path + "/grade", "{\"grade\":\"KEY\",\"reason\":\"本人 13900139000\"}");

        var popped = agent.postWithoutKey(CALLS, "{\"phone\":\"" + other + "\"}");
        var seen = agent.get(path);
        var record = leader.get(path + "/grades");

        assertThat(popped.json().at("/open/0/subject").asString()).isEqualTo("请打 ***********");
        assertThat(popped.json().at("/customer/name").asString()).isEqualTo("***********");
        assertThat(seen.json().at("/tickets/items/0/subject").asString())
                .isEqualTo("请打 ***********");
        assertThat(seen.text("name")).isEqualTo("***********");
        assertThat(seen.json().at("/tickets/items/0/orderId").asString()).isEqualTo("202611290001");
        assertThat(record.json().at("/items/0/reason").asString()).isEqualTo("本人 ***********");
    }

    @Test
    void aStrangerMayCallAndAChannelMayNotAsk() {
        var stranger = agent.postWithoutKey(CALLS, "{\"phone\":\"+8613912340000\"}");

        assertThat(stranger.status()).isEqualTo(200);
        assertThat(stranger.json().path("customer").isNull()).isTrue();
        assertThat(stranger.json().path("open")).isEmpty();
        assertThat(agent.postWithoutKey(CALLS, "{}").text("pointer")).isEqualTo("/phone");
        assertThat(client.postWithoutKey(CALLS, "{\"phone\":\"" + phone + "\"}").status())
                .isEqualTo(403);
    }

    @Test
    void showsTheTicketsPieceByPieceNewestFirst() {
        var second = opened();
        var path = "/api/customers/" + customerId() + "?limit=1";

        var newest = leader.get(path);
        var older =
                leader.get(path + "&cursor=" + newest.json().at("/tickets/next").asString()).json();

        assertThat(newest.json().at("/tickets/items/0/id").asString()).isEqualTo(second);
        assertThat(older.at("/tickets/items")).hasSize(1);
        assertThat(older.at("/tickets/items/0/createdAt").asString())
                .isLessThan(newest.json().at("/tickets/items/0/createdAt").asString());
    }

    @Test
    void aGradeCountsForTicketsFromThenOnAndIsOnRecord() {
        var path = "/api/customers/" + customerId();

        var graded =
                leader.put(
                        path + "/grade", "{\"grade\":\"KEY\",\"care\":true,\"reason\":\"年消费十万\"}");
        var next = opened();
        leader.put(path + "/grade", "{\"grade\":\"MEMBER\",\"reason\":\"续费会员\"}");
        var last = opened();

        assertThat(graded.status()).as(graded.response().body()).isEqualTo(200);
        assertThat(graded.text("grade")).isEqualTo("KEY");
        assertThat(graded.json().path("vip").asBoolean()).isTrue();
        assertThat(isVip(first)).isFalse();
        assertThat(isVip(next)).isTrue();
        assertThat(isVip(last)).isFalse();
        var shown = leader.get(path).json();
        assertThat(shown.path("grade").asString()).isEqualTo("MEMBER");
        assertThat(shown.path("care").asBoolean()).isTrue();
        var record = leader.get(path + "/grades").json().path("items");
        assertThat(record).hasSize(2);
        assertThat(record.at("/0/before").asString()).isEqualTo("KEY");
        assertThat(record.at("/0/grade").asString()).isEqualTo("MEMBER");
        assertThat(record.at("/1/before").asString()).isEqualTo("NORMAL");
        assertThat(record.at("/1/careBefore").asBoolean()).isFalse();
        assertThat(record.at("/1/care").asBoolean()).isTrue();
        assertThat(record.at("/1/reason").asString()).isEqualTo("年消费十万");
        assertThat(record.at("/1/changedBy").asString()).isEqualTo("leader-1");
        assertThat(leader.get(path + "/grades?limit=1").json().path("next").isString()).isTrue();
    }

    @Test
    void whatIsSoAlreadyIsNotChangedAgain() {
        var path = "/api/customers/" + customerId();
        var body = "{\"grade\":\"ENTERPRISE\",\"reason\":\"签了合同\"}";

        assertThat(leader.put(path + "/grade", body).status()).isEqualTo(200);
        assertThat(leader.put(path + "/grade", body).status()).isEqualTo(200);

        assertThat(leader.get(path + "/grades").json().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"grade\":\"KEY\"}`, 422, required, /reason",
                "`{\"grade\":\"KEY\",\"reason\":\" \"}`, 422, required, /reason",
                "`{\"reason\":\"x\"}`, 422, required, /grade",
                "`{\"grade\":\"GOLD\",\"reason\":\"x\"}`, 400, value-unknown, /grade"
            })
    void aGradeHasItsReason(String body, int status, String type, String pointer) {
        var refused = leader.put("/api/customers/" + customerId() + "/grade", body);

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(status);
        assertThat(refused.text("type")).endsWith(":" + type);
        assertThat(refused.text("pointer")).isEqualTo(pointer);
    }

    @Test
    void onlyLeadersSayHowMuchACustomerCounts() {
        var path = "/api/customers/" + customerId();
        var body = "{\"grade\":\"KEY\",\"reason\":\"熟人\"}";

        assertThat(agent.put(path + "/grade", body).status()).isEqualTo(403);
        assertThat(agent.get(path + "/grades").status()).isEqualTo(403);
        assertThat(leader.put("/api/customers/" + UUID.randomUUID() + "/grade", body).status())
                .isEqualTo(404);
        assertThat(leader.get("/api/customers/" + UUID.randomUUID() + "/grades").status())
                .isEqualTo(404);
        assertThat(Api.as(port, "admin-1", Role.ADMIN).put(path + "/grade", body).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE customer_grade_change SET reason = ''",
                "DELETE FROM customer_grade_change"
            })
    void theRecordIsNeverChanged(String statement) {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql(statement).update())
                .havingRootCause()
                .withMessageContaining("permission denied");
    }

    private String opened() {
        var opened =
                client.post(
                        "/api/tickets",
                        """
                        {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s","name":"小林"},
                         "category":"LISTING.MISMATCH","subject":"纸尿裤包装与页面不符"}
                        """
                                .formatted(phone));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        return opened.text("id");
    }

    private String customerId() {
        return leader.get("/api/tickets/" + first).json().at("/customer/id").asString();
    }

    private boolean isVip(String ticketId) {
        return leader.get("/api/tickets/" + ticketId).json().path("vip").asBoolean();
    }
}
