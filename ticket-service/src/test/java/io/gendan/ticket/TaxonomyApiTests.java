package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.api.Role;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.StreamSupport;

@TicketServiceTest
class TaxonomyApiTests {

    @LocalServerPort int port;

    private Api supervisor;
    private Api app;

    @BeforeEach
    void callers() {
        supervisor = Api.as(port, "supervisor-1", Role.SUPERVISOR);
        app = Api.as(port, "app", Role.CHANNEL);
    }

    @Test
    void shipsWithTheCategoriesAndDepartmentsOfTheTrade() {
        var shipped = app.get("/api/taxonomies/2026.1").json();

        assertThat(shipped.path("categories"))
                .filteredOn(category -> category.path("parent").isNull())
                .hasSize(15);
        assertThat(shipped.path("departments")).hasSize(12);
        var finance = line(app.get("/api/departments?version=2026.1").json(), "items", "FINANCE");
        assertThat(finance.path("answers").asString()).isEqualTo("PT24H");
        assertThat(finance.path("answerCalendar").asString()).isEqualTo("WORKDAYS");
        assertThat(finance.path("special").path(0).path("byLaw").asBoolean()).isTrue();
        assertThat(line(shipped, "departments", "SUPPLIER").path("sponsor").asString())
                .isEqualTo("MERCHANDISING");
    }

    @Test
    void shipsWithTheHoursOfTheDepartments() {
        var shipped = app.get("/api/taxonomies/2026.2").json();

        assertThat(shipped.path("categories"))
                .isEqualTo(app.get("/api/taxonomies/2026.1").json().path("categories"));
        var warehouse = line(shipped, "departments", "WAREHOUSE");
        assertThat(warehouse.path("opens").asString()).isEqualTo("07:00:00");
        assertThat(warehouse.path("closes").asString()).isEqualTo("23:00:00");
        assertThat(line(shipped, "departments", "IT").path("opens").isNull()).isTrue();
        assertThat(line(shipped, "departments", "MARKETING").path("duties").path(0).asString())
                .isEqualTo("CAMPAIGN_DAYS");
        var major = line(shipped, "departments", "COMPLIANCE").path("special").path(0);
        assertThat(major.path("accepts").asString()).isEqualTo("PT15M");
        assertThat(major.path("answers").asString()).isEqualTo("PT4H");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    without it  | []                                  | 422
                    looser      | [{"nameZh":"退款","nameEn":"refund after the goods are back","answers":"PT169H","byLaw":true}] | 422
                    by no law   | [{"nameZh":"退款","nameEn":"refund after the goods are back","answers":"PT168H","byLaw":false}] | 422
                    stricter    | [{"nameZh":"退款","nameEn":"refund after the goods are back","answers":"PT48H","byLaw":true}] | 201
                    """)
    void whatTheLawLimitsMayBeStricterAndNeverLooser(String what, String special, int status) {
        var made =
                supervisor.post(
                        "/api/taxonomies",
                        """
                        {"version":"%s","base":"2026.2","validFrom":"2099-01-01T00:00:00Z",
                         "departments":[{"code":"FINANCE","nameZh":"财务","nameEn":"Finance",
                           "calendar":"OFFICE","accepts":"PT2H","answers":"PT24H",
                           "headToldAtPercent":150,"special":%s}]}
                        """
                                .formatted(UUID.randomUUID(), special));

        assertThat(made.status()).as(made.response().body()).isEqualTo(status);
        assertThat(made.text("pointer")).isEqualTo(status == 201 ? "" : "/departments/0");
    }

    @Test
    void aDepartmentThatTheLawLimitsIsNotLeftOut() {
        var renamed =
                app.get("/api/taxonomies/2026.2")
                        .json()
                        .path("categories")
                        .toString()
                        .replaceAll("\"parent\":[^,]+,", "")
                        .replace("\"FINANCE\"", "\"MARKETING\"");
        var refused =
                supervisor.post(
                        "/api/taxonomies",
                        """
                        {"version":"%s","base":"2026.2","without":["FINANCE"],"categories":%s}
                        """
                                .formatted(UUID.randomUUID(), renamed));

        assertThat(refused.text("type")).endsWith("limit-by-law");
        assertThat(refused.text("pointer")).isEqualTo("/without");
    }

    @Test
    void aNewVersionIsUsedForWhatIsOpenedFromThenOn() {
        var version = UUID.randomUUID().toString();
        var before = app.get("/api/categories").text("version");
        var bulk = open("PRESALE.BULK");
        assertThat(bulk.text("phase")).as("the usual one").isEqualTo("PRE_SALE");
        assertThat(bulk.text("taxonomy")).isEqualTo(before);
        var made =
                supervisor.post(
                        "/api/taxonomies",
                        """
                        {"version":"%s","base":"2026.1","without":["PRESALE.BULK"],
                         "departments":[{"code":"GREEN","nameZh":"环保","nameEn":"Environment",
                           "calendar":"OFFICE","accepts":"PT1H","answers":"PT8H",
                           "headToldAtPercent":150}],
                         "categories":[
                          {"code":"GREEN","nameZh":"环保","nameEn":"Environment"},
                          {"code":"GREEN.WASTE","nameZh":"过度包装","nameEn":"Too much packing",
                           "leadDepartment":"GREEN","complaintPriority":"HIGH"}]}
                        """
                                .formatted(version));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.response().headers().firstValue("Location"))
                .hasValue("/api/taxonomies/" + version);
        assertThat(app.get("/api/taxonomies/" + version).json()).isEqualTo(made.json());
        assertThat(line(made.json(), "categories", "GREEN.WASTE").path("parent").asString())
                .isEqualTo("GREEN");
        await().untilAsserted(() -> assertThat(open("GREEN.WASTE").status()).isEqualTo(201));
        assertThat(open("GREEN.WASTE").text("priority")).isEqualTo("HIGH");
        assertThat(open("PRESALE.BULK").text("type")).endsWith("category-unknown");
        assertThat(app.get("/api/categories").text("version")).isEqualTo(version);
        assertThat(app.get("/api/taxonomies").json().path("items"))
                .anyMatch(listed -> listed.path("version").asString().equals(version));

        var request = change(bulk, "{\"kind\":\"REQUEST\",\"reason\":\"实为业务办理\"}");
        assertThat(request.status()).as(request.response().body()).isEqualTo(200);
        assertThat(request.text("category")).isEqualTo("PRESALE.BULK");
        assertThat(request.text("taxonomy")).isEqualTo(before);
        var moved = change(bulk, "{\"category\":\"LISTING.MISMATCH\",\"reason\":\"与页面不符\"}");
        assertThat(moved.text("phase")).isEqualTo("AFTER_SALE");
        assertThat(moved.text("taxonomy")).isEqualTo(version);
        assertThat(app.get("/api/tickets/" + bulk.text("id")).text("taxonomy")).isEqualTo(version);
    }

    private Api.Reply change(Api.Reply ticket, String body) {
        var path = "/api/tickets/" + ticket.text("id") + "/change";
        return supervisor.post(path, body, "If-Match", "*");
    }

    @Test
    void whatOneSystemGivesAnotherTakes() {
        var version = UUID.randomUUID().toString();
        var given = app.get("/api/taxonomies/2026.1").json();
        var departments = given.path("departments").toString();
        var categories = given.path("categories").toString().replaceAll("\"parent\":[^,]+,", "");

        var taken =
                supervisor.post(
                        "/api/taxonomies",
                        "{\"version\":\"%s\",\"validFrom\":\"2099-01-01T00:00:00Z\",\"departments\":%s,\"categories\":%s}"
                                .formatted(version, departments, categories));

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.json().path("categories")).isEqualTo(given.path("categories"));
        assertThat(taken.json().path("departments")).isEqualTo(given.path("departments"));
        assertThat(open("PRESALE.USE").status()).isEqualTo(201);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    in the past          | "validFrom":"2020-01-01T00:00:00Z" | 422 | /validFrom
                    far too late         | "validFrom":"+100000000-01-01T00:00:00Z" | 422 | /validFrom
                    unknown base         | "base":"no-such"                   | 422 | /base
                    removes what is not  | "without":["NO.SUCH"]              | 422 | /without
                    twice                | "categories":[{"code":"A","nameZh":"a","nameEn":"a"},{"code":"A","nameZh":"a","nameEn":"a"}] | 422 | /categories/1
                    no lead              | "categories":[{"code":"OTHER.X","nameZh":"a","nameEn":"a"}] | 422 | /categories/0/leadDepartment
                    a top with a lead    | "categories":[{"code":"X","nameZh":"a","nameEn":"a","leadDepartment":"IT"}] | 422 | /categories/0/leadDepartment
                    not a code           | "categories":[{"code":"a b","nameZh":"a","nameEn":"a"}] | 422 | /categories/0/code
                    no time at all       | "departments":[{"code":"X","nameZh":"a","nameEn":"a","calendar":"OFFICE","accepts":"PT0S","answers":"PT1H","headToldAtPercent":100}] | 422 | /departments/0/accepts
                    half a day           | "departments":[{"code":"X","nameZh":"a","nameEn":"a","calendar":"EVERYDAY","accepts":"PT1H","answers":"PT1H","headToldAtPercent":100,"opens":"08:00"}] | 422 | /departments/0/closes
                    closes first         | "departments":[{"code":"X","nameZh":"a","nameEn":"a","calendar":"EVERYDAY","accepts":"PT1H","answers":"PT1H","headToldAtPercent":100,"opens":"08:00","closes":"07:00"}] | 422 | /departments/0/closes
                    unknown field        | "colour":"red"                     | 400 | /colour
                    """)
    void refusesWhatMakesNoSense(String what, String field, int status, String pointer) {
        var base = field.startsWith("\"base\"") ? "" : "\"base\":\"2026.1\",";
        var refused =
                supervisor.post(
                        "/api/taxonomies",
                        "{\"version\":\"%s\",%s%s}".formatted(UUID.randomUUID(), base, field));

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("pointer")).isEqualTo(pointer);
    }

    @Test
    void refusesWhatIsIncomplete() {
        var unsorted =
                supervisor.post(
                        "/api/taxonomies",
                        "{\"version\":\"%s\",\"base\":\"2026.1\",\"without\":[\"OTHER.UNSORTED\"]}"
                                .formatted(UUID.randomUUID()));
        var lead =
                supervisor.post(
                        "/api/taxonomies",
                        "{\"version\":\"%s\",\"base\":\"2026.1\",\"without\":[\"LOGISTICS\"]}"
                                .formatted(UUID.randomUUID()));

        assertThat(unsorted.text("type")).endsWith("taxonomy-incomplete");
        assertThat(lead.text("pointer")).isEqualTo("/categories");
        assertThat(lead.json().path("missing").path(0).asString()).isEqualTo("LOGISTICS");
    }

    @Test
    void neverChangesAVersionAndAsksForALeader() {
        var again = "{\"version\":\"2026.1\",\"base\":\"2026.1\"}";

        assertThat(supervisor.post("/api/taxonomies", again).status()).isEqualTo(409);
        assertThat(app.post("/api/taxonomies", again).status()).isEqualTo(403);
        assertThat(app.get("/api/taxonomies/no-such").status()).isEqualTo(404);
    }

    @Test
    void listsVersionsPieceByPiece() {
        for (int i = 0; i < 2; i++) {
            var later = Instant.parse("2099-01-01T00:00:00Z").plusSeconds(i);
            supervisor.post(
                    "/api/taxonomies",
                    "{\"version\":\"%s\",\"base\":\"2026.1\",\"validFrom\":\"%s\"}"
                            .formatted(UUID.randomUUID(), later));
        }
        var first = app.get("/api/taxonomies?limit=1").json();
        var second = app.get("/api/taxonomies?limit=1&cursor=" + first.path("next").asString());

        assertThat(second.status()).isEqualTo(200);
        assertThat(Instant.parse(second.json().at("/items/0/validFrom").asString()))
                .isBefore(Instant.parse(first.at("/items/0/validFrom").asString()));
    }

    private Api.Reply open(String category) {
        return app.post(
                "/api/tickets",
                """
                {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"13800138000"},
                 "subject":"s","category":"%s"}
                """
                        .formatted(category));
    }

    private static JsonNode line(JsonNode json, String list, String code) {
        return StreamSupport.stream(json.path(list).spliterator(), false)
                .filter(line -> line.path("code").asString().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
