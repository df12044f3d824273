package io.gendan.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.events.OrderEvent.Buyer;

import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals who ordered, as the shop does before it tells of an order. The shop's key is derived from
 * ticket-service's: whoever has it learns nothing of the others.
 */
final class BuyerSeal {

    private static final byte[] USE = "gendan ticket orders".getBytes(UTF_8);
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    /**
     * @param vaultKey of ticket-service, in Base64
     */
    BuyerSeal(String vaultKey) {
        var master = new SecretKeySpec(Base64.getDecoder().decode(vaultKey), "HKDF-SHA256");
        try {
            key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    "AES",
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(master)
                                            .thenExpand(USE, KEY_BYTES));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Cannot derive a key", broken);
        }
    }

    /** What the shop is given, in Base64. */
    String key() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    String seal(Buyer buyer) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            var sealed = cipher.doFinal(JsonMapper.shared().writeValueAsBytes(buyer));
            return Base64.getEncoder()
                    .encodeToString(
                            ByteBuffer.allocate(nonce.length + sealed.length)
                                    .put(nonce)
                                    .put(sealed)
                                    .array());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Cannot seal", broken);
        }
    }
}
