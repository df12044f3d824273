package io.gendan.api;

import io.gendan.api.testing.TestTokens;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A service without a database whose issuer is away. */
@SpringBootTest(
        classes = IssuerAwayTests.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.security.oauth2.resourceserver.jwt.issuer-uri=http://localhost:1")
class IssuerAwayTests {

    @EnableAutoConfiguration(
            excludeName = {
                "io.gendan.messaging.MessagingAutoConfiguration",
                "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
            })
    static class Service {}

    @LocalServerPort private int port;

    @Test
    void startsAndAsksToComeAgain() {
        var http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        http.get()
                .uri("/anything")
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("app", Role.CHANNEL))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "5")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:issuer-away");
        http.get().uri("/anything").exchange().expectStatus().isUnauthorized();
    }
}
