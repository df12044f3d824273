package io.gendan.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import io.gendan.api.Role;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.DynamicPropertyRegistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A small issuer of tokens, one for each JVM, on a port of its own: services under test check its
 * tokens just as they check those of the real one. Use in a test class:
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void issuer(DynamicPropertyRegistry properties) {
 *     TestTokens.register(properties);
 * }
 * }</pre>
 *
 * and send {@code Authorization: TestTokens.bearer("agent-north-1", Role.AGENT)}.
 */
public final class TestTokens {

    public static final String ISSUER_PROPERTY =
            "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    private static final RSAKey KEY = key();
    private static final HttpServer SERVER = server();

    private TestTokens() {}

    public static String issuer() {
        return "http://localhost:" + SERVER.getAddress().getPort();
    }

    /** Makes the service under test accept these tokens. */
    public static final class Issuer
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("issuer", Map.of(ISSUER_PROPERTY, issuer())));
        }
    }

    /** The same, out of a test class. */
    public static void register(DynamicPropertyRegistry properties) {
        properties.add(ISSUER_PROPERTY, TestTokens::issuer);
    }

    /** The value of an {@code Authorization} header; the token is good for an hour. */
    public static String bearer(String account, Role... roles) {
        return "Bearer " + token(account, roles);
    }

    public static String token(String account, Role... roles) {
        return signed(claims(account, Instant.now().plus(Duration.ofHours(1)), roles).build());
    }

    /** A token that was good once. */
    public static String expired(String account, Role... roles) {
        return signed(claims(account, Instant.now().minus(Duration.ofHours(1)), roles).build());
    }

    public static String expiringAt(Instant end, String account, Role... roles) {
        return signed(claims(account, end, roles).build());
    }

    /** A token of our issuer that is meant for another system. */
    public static String ofOtherAudience(String account, Role... roles) {
        return signed(
                claims(account, Instant.now().plus(Duration.ofHours(1)), roles)
                        .audience("another")
                        .build());
    }

    /** A token signed by our key in the name of somebody else. */
    public static String ofOtherIssuer(String account, Role... roles) {
        return signed(
                claims(account, Instant.now().plus(Duration.ofHours(1)), roles)
                        .issuer("https://issuer.example")
                        .build());
    }

    private static JWTClaimsSet.Builder claims(String account, Instant end, Role... roles) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(account)
                .audience(List.of("gendan"))
                .claim("name", "Name of " + account)
                .claim("roles", Arrays.stream(roles).map(Role::claim).toList())
                .issueTime(Date.from(end.minus(Duration.ofHours(1))))
                .expirationTime(Date.from(end))
                .jwtID(UUID.randomUUID().toString());
    }

    private static String signed(JWTClaimsSet claims) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build(),
                            claims);
            token.sign(new RSASSASigner(KEY));
            return token.serialize();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static HttpServer server() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var address = "http://localhost:" + server.getAddress().getPort();
            serve(
                    server,
                    "/.well-known/openid-configuration",
                    """
                    {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "subject_types_supported": ["public"]}
                    """
                            .formatted(address));
            serve(server, "/jwks", new JWKSet(KEY.toPublicJWK()).toString());
            server.start();
            return server;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void serve(HttpServer server, String path, String json) {
        var body = json.getBytes(UTF_8);
        server.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    try (var out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
    }
}
