package io.gendan.ticket;

import io.gendan.api.Problem;

/** It was answered, the ticket has gone on since, or it is too late. Nothing was changed. */
final class SurveyOver extends Problem {

    SurveyOver() {
        super(409, "survey-over");
    }
}
