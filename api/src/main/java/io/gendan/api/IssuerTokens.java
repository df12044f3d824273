package io.gendan.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

import java.util.Collection;

/**
 * Checks tokens of one issuer: signature, issuer, audience, times. The issuer is asked for its keys
 * at the first token, not at start, so it may come up later than the service. A token that was good
 * is remembered for a short while; its times are looked at again at every use.
 */
class IssuerTokens implements JwtDecoder {

    private final JwtDecoder checking;
    private final OAuth2TokenValidator<Jwt> times;
    private final Cache<String, Jwt> good;

    /**
     * @param keys where the issuer's keys are, when its name leads nowhere from here; otherwise the
     *     issuer is asked by its name
     */
    IssuerTokens(
            String issuer,
            @Nullable String keys,
            ApiSettings settings,
            JwtTimestampValidator times) {
        this.checking =
                new SupplierJwtDecoder(() -> decoder(issuer, keys, settings.audience(), times));
        this.times = times;
        this.good =
                Caffeine.newBuilder()
                        .maximumSize(settings.rememberedTokens())
                        .expireAfterWrite(settings.rememberedFor())
                        .build();
    }

    @Override
    public Jwt decode(String token) {
        var known = good.getIfPresent(token);
        if (known == null) {
            var decoded = checked(token);
            good.put(token, decoded);
            return decoded;
        }
        var still = times.validate(known);
        if (still.hasErrors()) {
            good.invalidate(token);
            throw new JwtValidationException("The token's time is over", still.getErrors());
        }
        return known;
    }

    private Jwt checked(String token) {
        try {
            return checking.decode(token);
        } catch (JwtDecoderInitializationException away) {
            throw new AuthenticationServiceException("The issuer does not answer", away);
        }
    }

    private static JwtDecoder decoder(
            String issuer,
            @Nullable String keys,
            String audience,
            OAuth2TokenValidator<Jwt> times) {
        var decoder =
                keys == null
                        ? NimbusJwtDecoder.withIssuerLocation(issuer).build()
                        : NimbusJwtDecoder.withJwkSetUri(keys).build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        times,
                        JwtValidators.createDefaultWithIssuer(issuer),
                        new JwtClaimValidator<Collection<String>>(
                                JwtClaimNames.AUD, aud -> aud != null && aud.contains(audience)),
                        new JwtClaimValidator<String>(
                                JwtClaimNames.SUB, sub -> sub != null && !sub.isBlank()),
                        new JwtClaimValidator<Object>(JwtClaimNames.EXP, exp -> exp != null)));
        return decoder;
    }
}
