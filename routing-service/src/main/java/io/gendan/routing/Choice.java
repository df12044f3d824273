package io.gendan.routing;

import io.gendan.events.AssignmentEvent.Candidate;

import java.util.List;

/** What the policies came to; the candidates each with the reason for losing. */
sealed interface Choice {

    List<Candidate> candidates();

    record Chosen(Contender contender, List<Candidate> candidates) implements Choice {}

    record Nobody(List<Candidate> candidates) implements Choice {}
}
