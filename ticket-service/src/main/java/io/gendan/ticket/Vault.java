package io.gendan.ticket;

import io.gendan.api.AnswerSeal;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps personal data unreadable in the database: AES-256-GCM with a random nonce (NIST SP
 * 800-38D), and HMAC-SHA-256 under a key of its own for looking up without reading. All keys are
 * derived by HKDF (RFC 5869) from the one that is configured.
 */
@Component
class Vault {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 16;
    private static final int PROOF_BYTES = 17;
    private static final Pattern TRACKING = Pattern.compile("[A-Za-z0-9_-]{44}");

    private final SecureRandom random = new SecureRandom();
    private final SecretKey sealing;
    private final SecretKey indexing;
    private final SecretKey ofOrders;

    Vault(TicketSettings settings) throws GeneralSecurityException {
        var master =
                new SecretKeySpec(Base64.getDecoder().decode(settings.vaultKey()), "HKDF-SHA256");
        var kdf = KDF.getInstance("HKDF-SHA256");
        var extracted = HKDFParameterSpec.ofExtract().addIKM(master);
        sealing = kdf.deriveKey("AES", extracted.thenExpand(info("seal"), 32));
        indexing = kdf.deriveKey("HmacSHA256", extracted.thenExpand(info("index"), 32));
        ofOrders = kdf.deriveKey("AES", extracted.thenExpand(info("orders"), 32));
    }

    private static byte[] info(String use) {
        return ("gendan ticket " + use).getBytes(StandardCharsets.UTF_8);
    }

    /** Kept answers name the customer. */
    @Bean
    AnswerSeal answerSeal() {
        return new AnswerSeal() {
            @Override
            public String seal(String body) {
                return Base64.getEncoder().encodeToString(Vault.this.seal(body));
            }

            @Override
            public String open(String sealed) {
                return Vault.this.open(Base64.getDecoder().decode(sealed));
            }
        };
    }

    byte[] seal(String plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            var sealed = cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Cannot seal", broken);
        }
    }

    /**
     * @throws IllegalStateException if it was sealed under another key, or changed since
     */
    String open(byte[] sealed) {
        return open(sealing, sealed);
    }

    /**
     * What the shop sealed, under a key that tells nothing of the others.
     *
     * @throws IllegalStateException if it was sealed under another key, or changed since
     * @throws IllegalArgumentException if it is nothing sealed at all
     */
    String openBuyer(String sealed) {
        var bytes = Base64.getDecoder().decode(sealed);
        if (bytes.length < NONCE_BYTES) {
            throw new IllegalArgumentException("Too short to be sealed");
        }
        return open(ofOrders, bytes);
    }

    private static String open(SecretKey key, byte[] sealed) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            var plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Cannot open what was sealed", broken);
        }
    }

    /** What only who has the key can tell of a thing; the same each time. */
    String token(UUID id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(index("token of " + id));
    }

    /**
     * What a customer follows a ticket by: its id and that we gave it away, so that nothing has to
     * be kept.
     */
    String trackingToken(UUID ticketId) {
        var token = ByteBuffer.allocate(ID_BYTES + PROOF_BYTES);
        token.putLong(ticketId.getMostSignificantBits());
        token.putLong(ticketId.getLeastSignificantBits());
        token.put(index("tracking of " + ticketId), 0, PROOF_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** The ticket that a token follows; empty when we did not make it. */
    Optional<UUID> trackedBy(String token) {
        if (!TRACKING.matcher(token).matches()) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
        var ticketId = new UUID(bytes.getLong(), bytes.getLong());
        var isOurs =
                MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        trackingToken(ticketId).getBytes(StandardCharsets.UTF_8));
        return isOurs ? Optional.of(ticketId) : Optional.empty();
    }

    /** Equal for equal text and telling nothing else, to those who do not have the key. */
    byte[] index(String plain) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(indexing);
            return mac.doFinal(plain.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Cannot index", broken);
        }
    }
}
