package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;
import io.gendan.events.OrderStatus;
import io.gendan.events.Topics;
import io.gendan.messaging.testing.RealBroker;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import tools.jackson.databind.JsonNode;

import java.util.UUID;

/** What the shop tells about orders, and what tickets have of it. */
@TicketServiceTest
class OrderFlowTests {

    private static final String ADDRESS = "广东省深圳市南山区科技路 1 号";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired Vault vault;

    private final String id = "O-" + UUID.randomUUID();
    private final String phone = TicketAtWork.someone();
    private Api client;
    private Api leader;

    @BeforeEach
    void people() {
        client = Api.as(port, "client-" + UUID.randomUUID(), Role.CHANNEL);
        leader = Api.as(port, "leader-1", Role.SUPERVISOR);
    }

    @Test
    void openWhatTheContractsSampleSealed() {
        assertThat(
                        vault.openBuyer(
                                "AAECAwQFBgcICQoLFOrOPAShVEjo8iXrvDlmDMMpMeR1f4Q1hmFU3SRf2xQOQwouhBGlunS+iz4to1eNzdYg4IxJVCuI02QJB/13vLHarGnlXbU3dSVWMDdC1l9R6WqXSnREKCJ1zNu/ZZGpxpDzR/mBZ9M8GFJbiC8Xd1s="))
                .contains("+8613800138000", ADDRESS);
    }

    @Test
    void areShownToWhoeverServesTheCustomerWhomNobodyKnewBefore() {
        Shop.tell(1, Shop.order(id, OrderStatus.PLACED, phone, ADDRESS, "440305"));
        Shop.tell(4, Shop.order(id, OrderStatus.DISPATCHED, phone, ADDRESS, "440305"));

        await().untilAsserted(() -> assertThat(status()).isEqualTo("DISPATCHED"));
        var view = leader.get("/api/customers/" + customer().path("id").asString()).json();

        assertThat(view.path("name").asString()).isEqualTo("小林");
        assertThat(view.path("tickets").path("items")).isEmpty();
        assertThat(view.path("orders")).hasSize(1);
        var order = view.at("/orders/0");
        assertThat(order.path("id").asString()).isEqualTo(id);
        assertThat(order.path("amountFen").asInt()).isEqualTo(12_900);
        assertThat(order.path("sellerId").asString()).isEqualTo("S-88");
        assertThat(order.path("placedAt").asString()).isEqualTo(Shop.PLACED.toString());
        assertThat(order.path("dispatchedAt").isString()).isTrue();
        assertThat(order.path("deliveredAt").isNull()).isTrue();
        assertThat(kept()).doesNotContain(phone.substring(3), "小林", "科技路");
    }

    @Test
    void haveNoEffectTwiceNorWhenTheyComeLate() {
        var late = TicketAtWork.someone();
        Shop.tell(5, Shop.order(id, OrderStatus.DELIVERED, phone, ADDRESS, "440305"));
        await().untilAsserted(() -> assertThat(status()).isEqualTo("DELIVERED"));

        Shop.tell(3, Shop.order(id, OrderStatus.PLACED, late, ADDRESS, "110105"));
        Shop.tell(5, Shop.order(id, OrderStatus.PLACED, late, ADDRESS, "110105"));
        Shop.tell(9, Shop.order(id, OrderStatus.CANCELLED, phone, ADDRESS, "310000"));

        await().untilAsserted(() -> assertThat(status()).isEqualTo("CANCELLED"));
        assertThat(search(late)).isEmpty();
        assertThat(kept()).contains("310000");
    }

    @Test
    void goToACustomerWhoIsKnownByAnotherWritingOfTheNumber() {
        var known = opened("{\"subject\":\"咨询\"}").at("/customer/id").asString();

        Shop.tell(
                1,
                Shop.order(
                        id, OrderStatus.PLACED, phone.substring("+86".length()), null, "440305"));

        await().untilAsserted(() -> assertThat(status()).isEqualTo("PLACED"));
        assertThat(customer().path("id").asString()).isEqualTo(known);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "the order when it alone tells, `\"subject\":\"x\"`, ORDER, 440305",
                "the order before the province, `\"province\":\"北京\"`, ORDER, 440305",
                "the order when the address tells nothing, `\"address\":\"中山路 1 号\"`, ORDER,"
                        + " 440305",
                "the address before the order, `\"address\":\"上海市中山路 1 号\"`, ADDRESS, 31"
            })
    void tellWhereTheTicketsAboutThemBelong(
            String what, String given, String evidence, String division) {
        Shop.tell(1, Shop.order(id, OrderStatus.PLACED, phone, null, "440305"));
        await().untilAsserted(() -> assertThat(status()).isEqualTo("PLACED"));

        var region = region(given);

        assertThat(region.path("evidence").asString()).isEqualTo(evidence);
        assertThat(region.path("divisions").toString()).isEqualTo("[\"" + division + "\"]");
    }

    @Test
    void tellItByTheirAddressWhereTheShopDoesNotKnowTheDivision() {
        Shop.tell(1, Shop.order(id, OrderStatus.PLACED, phone, ADDRESS, "somewhere"));
        await().untilAsserted(() -> assertThat(status()).isEqualTo("PLACED"));

        var region = region("\"province\":\"北京\"");

        assertThat(region.path("evidence").asString()).isEqualTo("ORDER");
        assertThat(region.path("divisions").toString()).isEqualTo("[\"44\"]");
    }

    @Test
    void tellNothingWhereNobodyKnowsWhereTheyGo() {
        Shop.tell(1, Shop.order(id, OrderStatus.PLACED, phone, null));
        await().untilAsserted(() -> assertThat(status()).isEqualTo("PLACED"));

        assertThat(region("\"province\":\"北京\"").path("evidence").asString()).isEqualTo("PROVINCE");
    }

    @Test
    void waitForSomebodyWhenTheyCannotBeOpenedAndHoldUpNoOthers() {
        var other = "O-" + UUID.randomUUID();
        Shop.tell(1, Shop.ofAnotherKey(id));
        RealBroker.tell(
                Topics.ORDERS,
                other,
                1,
                Shop.order("O-forged", OrderStatus.PLACED, phone, null, "440305"));

        await().untilAsserted(
                        () -> assertThat(lettersOf(id)).contains("Cannot open what was sealed"));
        await().untilAsserted(() -> assertThat(lettersOf(other)).contains("by the key of another"));
        assertThat(search(phone)).isEmpty();
    }

    private @Nullable String lettersOf(String key) {
        return jdbc.sql("SELECT string_agg(reason, ' ') FROM letter WHERE key = ?")
                .param(key)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private @Nullable String status() {
        return jdbc.sql("SELECT status FROM shop_order WHERE id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private String kept() {
        return jdbc.sql("SELECT shop_order::text FROM shop_order WHERE id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private JsonNode search(String phone) {
        return leader.postWithoutKey("/api/customers/search", "{\"phone\":\"" + phone + "\"}")
                .json()
                .path("items");
    }

    private JsonNode customer() {
        return search(phone).path(0);
    }

    private JsonNode region(String given) {
        var ticket = opened("{" + given + ",\"orderId\":\"" + id + "\"}").path("id").asString();
        return leader.get("/api/tickets/" + ticket + "/timeline")
                .json()
                .at("/items/0/facts/region");
    }

    private JsonNode opened(String facts) {
        var subject = facts.contains("\"subject\"") ? "" : ",\"subject\":\"包裹\"";
        var opened =
                client.post(
                        "/api/tickets",
                        """
                        {"kind":"CONSULTATION","channel":"APP","customer":{"phone":"%s"}%s,%s
                        """
                                .formatted(phone, subject, facts.substring(1)));
        assertThat(opened.status()).as(opened.response().body()).isEqualTo(201);
        return opened.json();
    }
}
