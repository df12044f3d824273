package io.gendan.ticket;

/** What a customer finds who opens the link of a survey. */
public enum SurveyState {
    /** An answer is taken. */
    OPEN,
    ANSWERED,
    /** It is too late, or what they were asked about was no solution. */
    OVER
}
