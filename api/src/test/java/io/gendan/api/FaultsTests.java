package io.gendan.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.testing.TestTokens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import java.net.URI;
import java.util.Locale;
import java.util.UUID;

@ApiTest
class FaultsTests {

    private static final String THIRD = Cursor.at(3).of("/parcels").encoded();

    @LocalServerPort private int port;
    private RestTestClient http;

    @BeforeEach
    void connect() {
        http =
                RestTestClient.bindToServer()
                        .baseUrl("http://localhost:" + port)
                        .defaultHeader(
                                HttpHeaders.AUTHORIZATION,
                                TestTokens.bearer("agent-north-1", Role.AGENT))
                        .build();
    }

    /** By the address itself: clients that encode would not send these. */
    @ParameterizedTest
    @ValueSource(strings = {"text=%C0%AF", "unknown=%FF", "text=%ED%A0%BD"})
    void refusesQueriesThatAreNotUtf8(String query) {
        http.get()
                .uri(URI.create("http://localhost:" + port + "/parcels?" + query))
                .exchange()
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:malformed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"size": "SMALL"                                                | 400 | malformed     |
                    []                                                              | 400 | malformed     |
                    ``                                                              | 400 | malformed     |
                    {"size":"SMALL","receiver":{"name":"a"}} x                      | 400 | malformed     |
                    {"size":"SMALL","receiver":{"name":"a","colour":"b"}}           | 400 | field-unknown | /receiver/colour
                    {"size":"HUGE","receiver":{"name":"a"}}                         | 400 | value-unknown | /size
                    {"size":"UNKNOWN","receiver":{"name":"a"}}                      | 400 | value-unknown | /size
                    {"size":0,"receiver":{"name":"a"}}                              | 400 | value-unknown | /size
                    {"size":"","receiver":{"name":"a"}}                             | 400 | value-unknown | /size
                    {"size":"SMALL","receiver":"a"}                                 | 400 | malformed     | /receiver
                    {"size":"SMALL","receiver":{"name":1}}                          | 400 | malformed     | /receiver/name
                    {"size":"SMALL","receiver":{"name":"a"},"weight":"1"}           | 400 | malformed     | /weight
                    {"size":"SMALL","receiver":{"name":"a"},"weight":1.5}           | 400 | malformed     | /weight
                    {"size":"SMALL","receiver":{"name":"a\\u0000"}}                 | 400 | malformed     | /receiver/name
                    {"size":"SMALL","receiver":{"name":"\\ud83d"}}                  | 400 | malformed     | /receiver/name
                    {"size":"SMALL","receiver":{"name":"\\ude00a"}}                 | 400 | malformed     | /receiver/name
                    {"size":"SMALL","receiver":{"name":"a"},"labels":{"a\\u0000":""}} | 400 | malformed   | /labels
                    {"size":"SMALL","receiver":{"name":"a"},"labels":{"a":"\\u0000"}} | 400 | malformed   | /labels/a
                    {"size":"SMALL","size":"LARGE","receiver":{"name":"a"}}         | 400 | malformed     | /size
                    {"receiver":{"name":"a"}}                                       | 422 | field-missing | /size
                    {"size":"SMALL"}                                                | 422 | field-missing | /receiver
                    {"size":"SMALL","receiver":{}}                                  | 422 | field-missing | /receiver/name
                    {"size":"SMALL","receiver":{"name":"a"},"copies":[{"name":"a"},{}]} | 422 | field-missing | /copies/1/name
                    {"size":"SMALL","receiver":{"name":"a"},"copies":[{"name":"a"},{"name":"a"},{"name":"a"},{"name":"a"}]} | 422 | field-invalid | /copies
                    """)
    void refusesBodies(String body, int status, String slug, String pointer) {
        var told =
                post(body == null ? "" : body)
                        .expectStatus()
                        .isEqualTo(status)
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectBody()
                        .jsonPath("$.type")
                        .isEqualTo("urn:gendan:problem:" + slug)
                        .jsonPath("$.status")
                        .isEqualTo(status)
                        .jsonPath("$.instance")
                        .isEqualTo("/parcels");
        if (pointer != null) {
            told.jsonPath("$.pointer").isEqualTo(pointer);
        }
    }

    @Test
    void takesAPairOfSurrogates() {
        post("{\"size\":\"SMALL\",\"receiver\":{\"name\":\"\\ud83d\\ude00 小林\"}}")
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.for")
                .isEqualTo("😀 小林");
    }

    @Test
    void listsEveryFieldThatIsMissing() {
        post("{}")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors.length()")
                .isEqualTo(2);
    }

    @Test
    void refusesWhatIsTooLarge() {
        post("{\"size\":\"" + "x".repeat(1024 * 1024))
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.limit")
                .isEqualTo(1024 * 1024);
    }

    @Test
    void speaksOfPathsMethodsAndMediaTypes() {
        is(HttpMethod.GET, "/no/such/path", 404, "not-found");
        is(HttpMethod.GET, "/parcels/not-an-id", 404, "not-found");
        is(HttpMethod.DELETE, "/parcels", 405, "method-not-allowed");
        is(HttpMethod.GET, "/parcels?size=HUGE", 400, "parameter-invalid");
        is(HttpMethod.GET, "/parcels?limit=0", 400, "parameter-invalid");
        is(HttpMethod.GET, "/parcels?limit=x", 400, "parameter-invalid");
        is(HttpMethod.GET, "/parcels?cursor=x", 400, "cursor-invalid");
        is(HttpMethod.GET, "/parcels?cursor=AA", 400, "cursor-invalid");
        is(HttpMethod.GET, "/parcels?cursor=" + Cursor.at(3).encoded(), 400, "cursor-invalid");
        is(HttpMethod.GET, "/parcels?text=%00", 400, "malformed");
        http.post()
                .uri("/parcels")
                .header(IdempotencyKey.HEADER, UUID.randomUUID().toString())
                .contentType(MediaType.TEXT_PLAIN)
                .body("text")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:gendan:problem:media-type");
        http.get()
                .uri("/parcels")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void refusesParametersThatNobodyReads() {
        is(HttpMethod.GET, "/parcels?siez=SMALL", 400, "parameter-unknown");
        is(HttpMethod.GET, "/parcels?limit=3&Limit=3", 400, "parameter-unknown");
        is(HttpMethod.GET, "/parcels?", 200, null);
        is(HttpMethod.GET, "/parcels?size=SMALL&text=a&limit=3", 200, null);
        is(HttpMethod.PUT, "/broken?really", 400, "parameter-unknown");
        is(HttpMethod.GET, "/parcels/" + UUID.randomUUID() + "?at=1", 400, "parameter-unknown");
        is(HttpMethod.GET, "/open/token?from=singlemessage", 200, null);
        http.get()
                .uri("/parcels?siez=SMALL")
                .exchange()
                .expectBody()
                .jsonPath("$.parameter")
                .isEqualTo("siez");
    }

    @Test
    void quotesOnce() {
        http.get()
                .uri("/parcels?cursor=x")
                .exchange()
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat(detail).asString().contains(" 'next' "));
    }

    @Test
    void tellsNothingOfWhatBroke() {
        http.put()
                .uri("/broken")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectBody(String.class)
                .value(
                        body ->
                                assertThat(body)
                                        .contains("urn:gendan:problem:internal")
                                        .doesNotContain("secret", "Exception", "trace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "meanwhile", "atTheEnd"})
    void asksToComeAgainWhenTheDatabaseIsAway(String when) {
        http.put()
                .uri("/away/" + when)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "2");
    }

    @Test
    void pagesThroughAList() {
        http.get()
                .uri("/parcels?limit=3")
                .exchange()
                .expectBody()
                .json("{\"items\": [1, 2, 3], \"next\": \"" + THIRD + "\"}");
        http.get()
                .uri("/parcels?limit=3&cursor=" + THIRD)
                .exchange()
                .expectBody()
                .json("{\"items\": [4, 5], \"next\": null}");
    }

    @Test
    void speaksTheCallersLanguage() {
        assertThat(ProblemWriter.language("zh")).isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertThat(ProblemWriter.language("fr, zh-Hans;q=0.8, en;q=0.1"))
                .isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertThat(ProblemWriter.language("en-GB, zh;q=0.8")).isEqualTo(Locale.ENGLISH);
        assertThat(ProblemWriter.language("fr")).isEqualTo(Locale.ENGLISH);
        assertThat(ProblemWriter.language("{}")).isEqualTo(Locale.ENGLISH);
        assertThat(ProblemWriter.language(null)).isEqualTo(Locale.ENGLISH);
    }

    private void is(HttpMethod method, String uri, int status, @Nullable String slug) {
        var body =
                http.method(method)
                        .uri(URI.create("http://localhost:" + port + uri))
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody();
        if (slug != null) {
            body.jsonPath("$.type").isEqualTo("urn:gendan:problem:" + slug);
        }
    }

    private RestTestClient.ResponseSpec post(String body) {
        return http.post()
                .uri("/parcels")
                .header(IdempotencyKey.HEADER, UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
