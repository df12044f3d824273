package io.gendan.routing;

/** What one policy says about one agent and one ticket. */
sealed interface Verdict {

    /** Nothing against it. */
    record Fit() implements Verdict {}

    /** Cannot have the ticket, whoever else is there. */
    record Unfit(String reason) implements Verdict {}

    /** Can have it; the lowest rank stays in the race, the others lose for the reason. */
    record Ranked(long rank, String reason) implements Verdict {}
}
