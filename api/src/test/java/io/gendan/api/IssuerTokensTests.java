package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.api.testing.TestTokens;

import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.util.unit.DataSize;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

class IssuerTokensTests {

    private static final ApiSettings SETTINGS =
            new ApiSettings(
                    List.of(),
                    "gendan",
                    DataSize.ofMegabytes(1),
                    10,
                    Duration.ofMinutes(1),
                    Duration.ofHours(24));

    private final JwtTimestampValidator times = new JwtTimestampValidator(Duration.ZERO);
    private final IssuerTokens tokens =
            new IssuerTokens(TestTokens.issuer(), null, SETTINGS, times);

    @Test
    void remembersAGoodToken() {
        var token = TestTokens.token("app", Role.CHANNEL);
        assertThat(tokens.decode(token)).isSameAs(tokens.decode(token));
    }

    @Test
    void looksAtTheTimeOfARememberedTokenAgain() {
        var end = Instant.now().plus(Duration.ofMinutes(5));
        var token = TestTokens.expiringAt(end, "app", Role.CHANNEL);
        assertThat(tokens.decode(token).getSubject()).isEqualTo("app");
        times.setClock(Clock.fixed(end.plusSeconds(1), ZoneOffset.UTC));
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtValidationException.class);
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtValidationException.class);
    }

    @Test
    void remembersNoBadToken() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode(TestTokens.ofOtherAudience("app")))
                    .isInstanceOf(JwtValidationException.class);
            assertThatThrownBy(() -> tokens.decode("nonsense")).isInstanceOf(BadJwtException.class);
        }
    }

    @Test
    void findsKeysWhereTheNameOfTheIssuerLeadsNowhere() {
        var keys = TestTokens.issuer() + "/jwks";
        var elsewhere = new IssuerTokens("https://issuer.example", keys, SETTINGS, times);

        assertThat(elsewhere.decode(TestTokens.ofOtherIssuer("app")).getSubject()).isEqualTo("app");
        assertThatThrownBy(() -> elsewhere.decode(TestTokens.token("app")))
                .isInstanceOf(JwtValidationException.class);
    }

    @Test
    void callsNoTokenBadWhileKeysCannotBeHad() {
        var away =
                new IssuerTokens(
                        "https://issuer.example", "http://localhost:1/jwks", SETTINGS, times);

        assertThatThrownBy(() -> away.decode(TestTokens.ofOtherIssuer("app")))
                .isInstanceOf(JwtException.class)
                .isNotInstanceOf(BadJwtException.class);
    }

    @Test
    void asksTheIssuerAtTheFirstTokenOnly() {
        var early = new IssuerTokens("http://localhost:1", null, SETTINGS, times);
        assertThatThrownBy(() -> early.decode(TestTokens.token("app")))
                .isInstanceOf(AuthenticationServiceException.class);
    }
}
