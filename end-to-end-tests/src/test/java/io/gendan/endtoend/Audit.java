package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.endtoend.Broker.Told;
import io.gendan.events.Topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Counts what became of acknowledged tickets, by the API and the topics only: nothing lost, nothing
 * done twice, nothing given up.
 */
final class Audit {

    private static final List<String> OF_TICKETS =
            List.of(Topics.TICKETS, Topics.ASSIGNMENTS, Topics.ESCALATIONS, Topics.VOICES);
    private static final List<String> DEAD =
            List.of("dead.ticket", "dead.routing", "dead.escalation", "dead.voc");

    private final Broker broker;
    private final Map<String, FollowedTicket> ticketOfKey;
    private final Set<String> ids;

    /**
     * @param ticketOfKey every acknowledged ticket by the idempotency key that opened it
     */
    Audit(ApplicationUnderTest application, Map<String, FollowedTicket> ticketOfKey) {
        this.broker = new Broker(application);
        this.ticketOfKey = ticketOfKey;
        this.ids = ids(ticketOfKey.values());
    }

    private static Set<String> ids(Collection<FollowedTicket> tickets) {
        return tickets.stream().map(FollowedTicket::id).collect(Collectors.toSet());
    }

    /**
     * @param subject what the acknowledged tickets are about, and no others
     */
    void findsNothingLostAndNothingTwice(String subject) {
        assertThat(ids).as("a ticket for each key").hasSameSizeAs(ticketOfKey.keySet());
        var topics = new HashMap<String, List<Told>>();
        OF_TICKETS.forEach(topic -> topics.put(topic, withoutRepeats(topic)));
        var created =
                ofType(topics.get(Topics.TICKETS), "TicketCreated").stream()
                        .filter(told -> isAbout(told, subject))
                        .map(Told::key)
                        .toList();
        assertThat(created).as("created").containsExactlyInAnyOrderElementsOf(ids);
        topics.forEach(this::hasNoGap);
        hasNoDouble(ofType(topics.get(Topics.TICKETS), "TicketAssigned"), "round");
        hasNoDouble(ofType(topics.get(Topics.ASSIGNMENTS), "AgentChosen"), "round");
        hasNoDouble(ofType(topics.get(Topics.ESCALATIONS), "EscalationRaised"), "stay");
        hasNoDouble(ofType(topics.get(Topics.TICKETS), "TicketEscalated"), "stay");
        hasNoDouble(ofType(topics.get(Topics.TICKETS), "TicketClosed"), "ticketId");
        hasNoDouble(ofType(topics.get(Topics.VOICES), "VoiceHeard"), "ticketId");
        assertThat(letters()).as("dead letters").isEmpty();
    }

    private static boolean isAbout(Told told, String subject) {
        return told.json().path("texts").path("subject").asString("").equals(subject);
    }

    /** The relay may tell an event again, and never another in its place. */
    private List<Told> withoutRepeats(String topic) {
        var events = new LinkedHashMap<String, Told>();
        for (var told : broker.read(topic)) {
            if (ids.contains(told.key())) {
                var before = events.putIfAbsent(told.id(), told);
                assertThat(before == null || before.sequence() == told.sequence())
                        .as("%s told again as it was", told.id())
                        .isTrue();
            }
        }
        return List.copyOf(events.values());
    }

    private static List<Told> ofType(List<Told> events, String type) {
        return events.stream().filter(told -> told.type().equals(type)).toList();
    }

    private void hasNoGap(String topic, List<Told> events) {
        events.stream()
                .collect(Collectors.groupingBy(Told::key))
                .forEach(
                        (key, ofKey) ->
                                assertThat(ofKey.stream().map(Told::sequence))
                                        .as("sequences of %s on %s", key, topic)
                                        .containsExactlyElementsOf(
                                                LongStream.rangeClosed(1, ofKey.size())
                                                        .boxed()
                                                        .toList()));
    }

    private static void hasNoDouble(List<Told> events, String fence) {
        Function<Told, String> decision =
                told -> told.key() + " " + told.json().path(fence).asString();
        assertThat(events.stream().map(decision))
                .as("once per ticket and %s", fence)
                .doesNotHaveDuplicates();
    }

    /** Those about the audited tickets; the agents' records belong to nobody's ticket. */
    private List<String> letters() {
        var letters = new ArrayList<String>();
        for (var topic : DEAD) {
            broker.read(topic).stream()
                    .map(Told::json)
                    .filter(letter -> ids.contains(letter.path("key").asString("")))
                    .forEach(letter -> letters.add(letter.toString()));
        }
        return letters;
    }
}
