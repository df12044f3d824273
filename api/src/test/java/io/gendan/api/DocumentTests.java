package io.gendan.api;

import io.gendan.api.testing.TestTokens;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

@ApiTest
class DocumentTests {

    @LocalServerPort private int port;

    @Test
    void describesTheApi() {
        RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .get()
                .uri("/v3/api-docs")
                .header(HttpHeaders.AUTHORIZATION, TestTokens.bearer("ops-1", Role.OPS))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.securitySchemes.token.scheme")
                .isEqualTo("bearer")
                .jsonPath("$.servers[0].url")
                .isEqualTo("/")
                .jsonPath("$.paths['/parcels'].post.parameters[?(@.name == 'Idempotency-Key')]")
                .exists()
                .jsonPath("$.paths['/parcels'].post.parameters.length()")
                .isEqualTo(1)
                .jsonPath("$.paths['/parcels'].post.x-roles[0]")
                .isEqualTo("agent")
                .jsonPath("$.paths['/parcels'].get.parameters[?(@.name == 'cursor')]")
                .exists()
                .jsonPath(
                        "$.paths['/parcels'].post.responses.default.content"
                                + "['application/problem+json'].schema.$ref")
                .isEqualTo("#/components/schemas/Problem")
                .jsonPath("$.paths['/open/{token}'].get.security.length()")
                .isEqualTo(0)
                .jsonPath("$.paths['/parcels'].post.security")
                .doesNotExist()
                .jsonPath("$.paths['/error']")
                .doesNotExist();
    }
}
