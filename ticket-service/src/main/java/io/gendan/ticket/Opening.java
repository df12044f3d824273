package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Channel;
import io.gendan.events.Kind;
import io.gendan.events.Phase;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What a channel tells when it opens a ticket. An instance is complete and within its bounds.
 *
 * @param phone in any writing; absent when {@code id} is there
 * @param letter of a complaint that came through an authority, or of a request about personal data
 * @param contact the call or chat in which it was told, or would have been
 * @param claim in yuan; absent when the customer claims no money
 */
public record Opening(
        Kind kind,
        Channel channel,
        @Nullable String phone,
        @Nullable String name,
        @Nullable UUID customerId,
        @Nullable String orderId,
        @Nullable String sellerId,
        @Nullable String productId,
        @Nullable String province,
        @Nullable String address,
        @Nullable Phase phase,
        @Nullable String category,
        String subject,
        @Nullable String body,
        @Nullable AuthorityLetter letter,
        @Nullable Incoming contact,
        @Nullable BigDecimal claim) {

    /** Where the contact stands in the request. */
    static final String CONTACT = "/contact";

    private static final int SHORT = 64;
    private static final int LINE = 200;
    private static final int TEXT = 20_000;
    private static final BigDecimal MOST_YUAN = BigDecimal.valueOf(100_000_000);
    private static final int CENTS = 2;

    public Opening {
        bounded("/customer/phone", phone, SHORT);
        bounded("/customer/name", name, SHORT);
        bounded("/orderId", orderId, SHORT);
        bounded("/sellerId", sellerId, SHORT);
        bounded("/productId", productId, SHORT);
        bounded("/province", province, SHORT);
        bounded("/address", address, LINE);
        bounded("/category", category, SHORT);
        bounded("/subject", subject, LINE);
        bounded("/body", body, TEXT);
        claim = yuan("/claim", claim);
        if (letter != null) {
            AuthorityLetter.requireKind(letter.source(), kind, "/authority");
        }
        if (phone == null && customerId == null) {
            throw Problem.of(422, "required", "customer.phone").at("/customer/phone");
        }
        if (subject.isBlank()) {
            throw Problem.of(422, "required", "subject").at("/subject");
        }
    }

    /** What it does not say is as it was in the closed one. */
    Opening goingOnWith(Ticket closed) {
        var before = closed.created();
        var facts = closed.memento().facts();
        return new Opening(
                kind,
                channel,
                phone,
                name,
                customerId,
                orderId == null ? before.orderId() : orderId,
                sellerId == null ? before.sellerId() : sellerId,
                productId == null ? before.productId() : productId,
                province,
                address,
                phase,
                category == null ? facts.category() : category,
                subject,
                body,
                letter,
                contact,
                claim == null ? facts.claim() : claim);
    }

    /** As one message. */
    String asMessage() {
        return body == null || body.isBlank() ? subject : subject + "\n" + body;
    }

    /**
     * @throws Problem 422 when no such sum can be paid
     */
    static @Nullable BigDecimal yuan(String pointer, @Nullable BigDecimal given) {
        if (given == null) {
            return null;
        }
        var plain = given.stripTrailingZeros();
        if (plain.signum() < 0 || plain.compareTo(MOST_YUAN) > 0 || plain.scale() > CENTS) {
            throw Problem.of(422, "amount", MOST_YUAN).at(pointer);
        }
        return plain.setScale(CENTS);
    }

    private static void bounded(String pointer, @Nullable String text, int most) {
        if (text != null && text.length() > most) {
            throw Problem.of(422, "too-long", most).at(pointer);
        }
    }
}
