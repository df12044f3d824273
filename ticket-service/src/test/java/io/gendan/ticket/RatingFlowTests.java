package io.gendan.ticket;

import static io.gendan.ticket.TicketAtWork.SOLVED;
import static io.gendan.ticket.TicketFixtures.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.events.ClockKind;
import io.gendan.events.EscalationEvent.ClockElapsed;
import io.gendan.events.Topics;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import java.util.List;
import java.util.UUID;

/** The customer says whether it was a solution, or says nothing. */
@TicketServiceTest
class RatingFlowTests extends TicketFlow {

    @Autowired Outbox outbox;

    @Test
    void theCustomerAnswersTheSurveyOnceAndWithoutALogin() {
        var id = acceptedOfSomeone();
        var resolved = post(south, id, "resolve", SOLVED, "If-Match", "*");
        assertThat(resolved.json().path("survey").path("id").isString()).isTrue();
        assertThat(resolved.response().body()).doesNotContain("\"token\":\"");
        assertThat(south.get("/api/tickets/" + id).response().body())
                .doesNotContain("\"token\":\"");
        var path = outbox.surveyUrl(app, id);
        var token = path.substring(path.lastIndexOf('/') + 1);
        assertThat(token).hasSize(43);
        var customer = Api.asNobody(port);
        var fine = "{\"solved\":\"PARTLY\",\"score\":4,\"text\":\"请打 13900139000\"}";

        assertThat(customer.post("/api/surveys/" + "x".repeat(43), fine).status()).isEqualTo(404);
        assertThat(customer.postWithoutKey(path, fine).status()).isEqualTo(400);
        assertThat(customer.post(path, fine.replace("4", "6")).text("pointer")).isEqualTo("/score");
        var key = UUID.randomUUID().toString();
        assertThat(customer.postAs(key, path, fine).status()).isEqualTo(200);
        assertThat(customer.postAs(key, path, fine).status()).isEqualTo(200);
        assertThat(customer.post(path, fine).status()).isEqualTo(409);

        assertThat(timeline(id)).containsOnlyOnce("SurveyAnswered");
        var told = app.get("/api/tickets/" + id + "/timeline").response().body();
        assertThat(told).contains("请打 ***********").doesNotContain("13900139000", token);
        var shown = ticket(id).json().path("survey");
        assertThat(shown.path("solved").asString()).isEqualTo("PARTLY");
        assertThat(shown.path("token").isString()).isFalse();
    }

    @Test
    void aSurveyThatSaysNotSolvedReopensAndAnUnansweredOneEnds() {
        var unsolved = acceptedOfSomeone();
        var silent = acceptedOfSomeone();
        for (var id : List.of(unsolved, silent)) {
            post(south, id, "messages", "{\"text\":\"您好\"}");
            post(south, id, "resolve", SOLVED, "If-Match", "*");
        }
        var path = outbox.surveyUrl(app, unsolved);
        var survey = ticket(silent).json().path("survey").path("id").asString();

        var no = "{\"solved\":\"NO\",\"score\":1}";
        assertThat(Api.asNobody(port).post(path, no).status()).isEqualTo(200);
        post(app, silent, "confirm", "");
        var over =
                new ClockElapsed(
                        UUID.fromString(silent),
                        1,
                        NOON,
                        ClockKind.SURVEY,
                        NOON,
                        UUID.fromString(survey));
        Neighbours.say(Topics.ESCALATIONS, over);
        Neighbours.say(Topics.ESCALATIONS, over);

        assertThat(ticket(unsolved).text("status")).isEqualTo("REOPENED");
        assertThat(timeline(unsolved))
                .endsWith("TicketReopened", "SurveyAnswered", "PromiseMade", "PromiseMade");
        await().untilAsserted(() -> assertThat(timeline(silent)).contains("SurveyEnded"));
        assertThat(timeline(silent)).containsOnlyOnce("SurveyEnded");
        assertThat(ticket(silent).text("status")).isEqualTo("CLOSED");
    }
}
