package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/** Reads steps of a timeline. */
final class Steps {

    private Steps() {}

    static Instant at(JsonNode step) {
        return Instant.parse(step.path("at").asString());
    }

    static String actor(JsonNode step) {
        return step.path("actor").asString("");
    }

    static String reason(JsonNode step) {
        return step.path("reason").asString("");
    }

    /**
     * Says who, when and why. What a service did has a reason. What a person did has one where it
     * is not the deed itself: an acceptance is its own reason, and what was said is in the words.
     */
    static void isWellTold(JsonNode step) {
        var as = step.toString();
        assertThat(actor(step)).as(as).isNotBlank();
        assertThat(at(step)).as(as).isEqualTo(step.path("facts").path("at").asString());
        if (actor(step).startsWith("system:")) {
            assertThat(reason(step)).as(as).isNotBlank();
        } else {
            assertThat(ofAPerson(step)).as(as).isNotBlank();
        }
    }

    private static String ofAPerson(JsonNode step) {
        var facts = step.path("facts");
        return switch (step.path("type").asString()) {
            case "TicketCreated", "TicketAssigned" -> reason(step);
            case "MessageSent", "MessageReceived", "NoteAdded" -> facts.path("text").asString("");
            case "SurveyAnswered" -> facts.path("solved").asString("");
            case "TicketResolved" -> facts.path("result").asString("");
            case "PromiseMade" -> facts.path("what").asString("");
            case "ReviewWritten" -> facts.path("cause").asString("");
            case "AnswerFiled", "ConsultationAnswered", "TicketUrged" ->
                    facts.path("text").asString("");
            case "Consulted" -> facts.path("question").asString("");
            case "StepDone" -> facts.path("step").asString("");
            case "CallAttempted", "ContactRecorded", "TransferEnded" ->
                    facts.path("outcome").asString("");
            case "EscalationRequested" -> facts.path("packet").path("asked").asString("");
            case "TicketLinked" -> facts.path("relation").asString("");
            case "TicketClosed",
                    "TicketCancelled",
                    "TicketMerged",
                    "ClosingRefused",
                    "ClosingOverdue",
                    "WaitingStarted",
                    "PromiseWithdrawn",
                    "FactsChanged",
                    "TransferRequested" ->
                    facts.path("reason").asString("");
            case "TicketAccepted", "WaitingEnded", "TicketReopened", "PromiseKept" -> actor(step);
            default -> "";
        };
    }
}
