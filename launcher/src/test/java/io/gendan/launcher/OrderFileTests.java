package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.events.OrderStatus;
import io.gendan.launcher.TicketFile.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

class OrderFileTests {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final BuyerSeal seal = new BuyerSeal("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    /** That ticket-service derives the same is tested there, by a buyer sealed under it. */
    @Test
    void derivesTheKeyThatTheShopIsGiven() {
        assertThat(seal.key()).isEqualTo("IsLn3SOrLAgrHxpLdRT/m5D+wOfUMMKOtdp6j+Q3SIg=");
    }

    @Test
    void readsAnOrderAndSealsWhoOrdered() throws Exception {
        var order =
                OrderFile.read(
                        Row.of(
                                1,
                                """
                                {"orderId":"O-1","version":7,"status":"DELIVERED","amountFen":12900,\
                                "customer":{"phone":"13800138000","name":"小林"},\
                                "address":"广东省深圳市","divisions":["440305"],\
                                "deliveredAt":"2026-11-27T03:00:00Z"}\
                                """),
                        seal,
                        NOW);

        assertThat(order.version()).isEqualTo(7);
        var event = order.event();
        assertThat(event.orderId()).isEqualTo("O-1");
        assertThat(event.status()).isEqualTo(OrderStatus.DELIVERED);
        assertThat(event.amountFen()).isEqualTo(12_900);
        assertThat(event.divisions()).containsExactly("440305");
        assertThat(event.placedAt()).isEqualTo(NOW);
        assertThat(event.deliveredAt()).isEqualTo("2026-11-27T03:00:00Z");
        assertThat(event.toString()).doesNotContain("13800138000", "小林", "深圳");
        assertThat(opened(event.buyer())).contains("13800138000", "小林", "广东省深圳市");
    }

    @Test
    void readsColumnsAsThoseOfTickets(@TempDir Path directory) throws IOException {
        var file = directory.resolve("orders.csv");
        Files.writeString(
                file,
                """
                orderId,status,phone,divisions,amountFen
                O-2,PLACED,13800138000,44 4403,500
                """);
        try (var rows = TicketFile.read(file)) {
            var order = OrderFile.read(rows.findFirst().orElseThrow(), seal, NOW);

            assertThat(order.version()).isEqualTo(NOW.toEpochMilli());
            assertThat(order.event().orderId()).isEqualTo("O-2");
            assertThat(order.event().divisions()).containsExactly("44", "4403");
            assertThat(order.event().amountFen()).isEqualTo(500);
            assertThat(order.event().sellerId()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"status\":\"PLACED\",\"phone\":\"1\"}`, orderId is missing",
                "`{\"orderId\":\"O-1\",\"status\":\"PLACED\"}`, phone is missing",
                "`{\"orderId\":\"O-1\",\"status\":\"LOST\",\"phone\":\"1\"}`, LOST",
                "`no json`, no"
            })
    void saysWhatIsWrongWithWhichLine(String body, String why) {
        assertThatExceptionOfType(CannotGoOn.class)
                .isThrownBy(() -> OrderFile.read(Row.of(3, body), seal, NOW))
                .withMessageContaining("line 3")
                .withMessageContaining(why);
    }

    private String opened(String sealed) throws Exception {
        var bytes = Base64.getDecoder().decode(sealed);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Base64.getDecoder().decode(seal.key()), "AES"),
                new GCMParameterSpec(128, bytes, 0, 12));
        return new String(cipher.doFinal(bytes, 12, bytes.length - 12), UTF_8);
    }
}
