package io.gendan.ticket;

import io.gendan.events.OrderEvent.Buyer;
import io.gendan.events.OrderEvent.OrderChanged;
import io.gendan.events.OrderStatus;
import io.gendan.events.Topics;
import io.gendan.messaging.testing.RealBroker;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Tells of orders as the shop does, which has nothing of ours but its key. */
final class Shop {

    static final String KEY = "IsLn3SOrLAgrHxpLdRT/m5D+wOfUMMKOtdp6j+Q3SIg=";
    static final Instant PLACED = Instant.parse("2026-11-20T02:10:00Z");

    private static final String ANOTHER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private Shop() {}

    static OrderChanged order(
            String id, OrderStatus status, String phone, @Nullable String address, String... at) {
        return order(id, status, seal(KEY, new Buyer(phone, "小林", address)), at);
    }

    static OrderChanged ofAnotherKey(String id) {
        return order(
                id, OrderStatus.PLACED, seal(ANOTHER_KEY, new Buyer("13800138000", null, null)));
    }

    static OrderChanged delivered(String id, String phone, Instant at, String... divisions) {
        var buyer = seal(KEY, new Buyer(phone, "小林", null));
        return new OrderChanged(
                id,
                at,
                OrderStatus.DELIVERED,
                buyer,
                12_900,
                "S-88",
                List.of(divisions),
                at.minusSeconds(90),
                at.minusSeconds(60),
                at,
                null);
    }

    private static OrderChanged order(String id, OrderStatus status, String buyer, String... at) {
        return new OrderChanged(
                id,
                PLACED.plusSeconds(60),
                status,
                buyer,
                12_900,
                "S-88",
                List.of(at),
                PLACED,
                status == OrderStatus.PLACED ? null : PLACED.plusSeconds(30),
                status == OrderStatus.DELIVERED ? PLACED.plusSeconds(60) : null,
                null);
    }

    /**
     * @param version of the order in the shop
     */
    static void tell(long version, OrderChanged order) {
        RealBroker.tell(Topics.ORDERS, order.orderId(), version, order);
    }

    private static String seal(String key, Buyer buyer) {
        var nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(Base64.getDecoder().decode(key), "AES"),
                    new GCMParameterSpec(128, nonce));
            var sealed = cipher.doFinal(JsonMapper.shared().writeValueAsBytes(buyer));
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(nonce.length + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
