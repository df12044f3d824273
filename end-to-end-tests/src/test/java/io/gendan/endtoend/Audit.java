package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.endtoend.Broker.Moment;
import io.gendan.endtoend.Broker.Told;
import io.gendan.events.Topics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Counts what became of acknowledged tickets, by the API and the topics only: nothing lost, nothing
 * done twice, nothing given up. It is made before what it counts begins.
 */
final class Audit {

    private static final List<String> OF_TICKETS =
            List.of(Topics.TICKETS, Topics.ASSIGNMENTS, Topics.ESCALATIONS, Topics.VOICES);

    private final Broker broker;
    private final Moment begin;

    Audit(ApplicationUnderTest application) {
        this.broker = new Broker(application);
        this.begin = broker.now();
    }

    /** Returns when there are tickets about it. */
    void awaitsSome(String subject) {
        Patience.untilAsserted(
                () -> assertThat(created(withoutRepeats(Topics.TICKETS), subject)).isNotEmpty());
    }

    /**
     * @param subject what the acknowledged tickets are about, and no others
     * @param acknowledged all of them closed by now
     */
    void findsNothingLostAndNothingTwice(String subject, List<FollowedTicket> acknowledged) {
        var topics = new HashMap<String, List<Told>>();
        OF_TICKETS.forEach(topic -> topics.put(topic, withoutRepeats(topic)));
        var ids = acknowledged.stream().map(FollowedTicket::id).toList();
        assertThat(created(topics.get(Topics.TICKETS), subject))
                .as("created")
                .containsExactlyInAnyOrderElementsOf(ids);
        topics.values().forEach(events -> events.removeIf(told -> !ids.contains(told.key())));
        topics.values().forEach(Audit::hasNoGap);
        Patience.untilAsserted(() -> areToldAsTheirTimelines(acknowledged));
        isAssignedAsOftenAsOffered(ids, topics);
        isOnceForEach(ids, ofType(topics.get(Topics.TICKETS), "TicketClosed"));
        isOnceForEach(ids, ofType(topics.get(Topics.VOICES), "VoiceHeard"));
        hasNoDouble(ofType(topics.get(Topics.ASSIGNMENTS), "AgentChosen"), "round", "agent");
        hasNoDouble(ofType(topics.get(Topics.ESCALATIONS), "EscalationRaised"), "stay");
        hasNoDouble(ofType(topics.get(Topics.TICKETS), "TicketEscalated"), "stay");
    }

    /** Once, and once more where nobody accepted and another agent was to be offered it. */
    private static void isAssignedAsOftenAsOffered(
            List<String> ids, Map<String, List<Told>> topics) {
        var assigned = ofType(topics.get(Topics.TICKETS), "TicketAssigned");
        hasNoDouble(assigned, "round", "agent");
        var offers =
                ofType(topics.get(Topics.ESCALATIONS), "ClockStepped").stream()
                        .filter(step -> step.json().path("step").asString().equals("OFFER_AGAIN"))
                        .collect(Collectors.groupingBy(Told::key, Collectors.counting()));
        var times =
                assigned.stream().collect(Collectors.groupingBy(Told::key, Collectors.counting()));
        assertThat(times.keySet()).as("assigned").containsExactlyInAnyOrderElementsOf(ids);
        assertThat(times)
                .allSatisfy(
                        (id, count) ->
                                assertThat(count)
                                        .as("times that %s was assigned", id)
                                        .isLessThanOrEqualTo(1 + offers.getOrDefault(id, 0L)));
    }

    private static void isOnceForEach(List<String> ids, List<Told> events) {
        assertThat(events.stream().map(Told::key))
                .as(events.getFirst().type())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Returns when the voice of each is heard. */
    void awaitsVoices(List<FollowedTicket> closed) {
        Patience.untilAsserted(
                () ->
                        assertThat(withoutRepeats(Topics.VOICES).stream().map(Told::key))
                                .containsAll(closed.stream().map(FollowedTicket::id).toList()));
    }

    void findsEscalated(List<FollowedTicket> climbing) {
        assertThat(ofType(withoutRepeats(Topics.ESCALATIONS), "EscalationRaised").stream())
                .extracting(Told::key)
                .containsAll(climbing.stream().map(FollowedTicket::id).toList());
    }

    /**
     * @param shifts whether on duty, change by change, of all agents who changed
     */
    void findsAgentsChangedOnly(Map<String, List<Boolean>> shifts) {
        var changes =
                withoutRepeats(Topics.AGENTS).stream().collect(Collectors.groupingBy(Told::key));
        assertThat(changes.keySet()).as("agents").isEqualTo(shifts.keySet());
        changes.forEach(
                (agent, told) -> {
                    assertThat(told.stream().map(one -> one.json().path("onDuty").asBoolean()))
                            .as(agent)
                            .isEqualTo(shifts.get(agent));
                    follow(told, told.getFirst().sequence());
                });
    }

    /** Of no service, about nothing. */
    void findsNoLetters() {
        assertThat(broker.topics("dead."))
                .isNotEmpty()
                .allSatisfy(topic -> assertThat(broker.read(topic, begin)).as(topic).isEmpty());
    }

    private static List<String> created(List<Told> events, String subject) {
        return ofType(events, "TicketCreated").stream()
                .filter(told -> isAbout(told, subject))
                .map(Told::key)
                .toList();
    }

    private static boolean isAbout(Told told, String subject) {
        return told.json().path("texts").path("subject").asString("").equals(subject);
    }

    /** The relay may tell an event again, and never another in its place. */
    private List<Told> withoutRepeats(String topic) {
        var events = new LinkedHashMap<String, Told>();
        for (var told : broker.read(topic, begin)) {
            var before = events.putIfAbsent(told.id(), told);
            assertThat(before == null || before.sequence() == told.sequence())
                    .as("%s told again as it was", told.id())
                    .isTrue();
        }
        return new ArrayList<>(events.values());
    }

    private void areToldAsTheirTimelines(List<FollowedTicket> tickets) {
        var told =
                withoutRepeats(Topics.TICKETS).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Told::key,
                                        Collectors.mapping(Told::id, Collectors.toList())));
        assertThat(tickets)
                .allSatisfy(
                        ticket ->
                                assertThat(ticket.timeline())
                                        .extracting(step -> step.path("id").asString())
                                        .isEqualTo(told.get(ticket.id())));
    }

    private static List<Told> ofType(List<Told> events, String type) {
        return events.stream().filter(told -> told.type().equals(type)).toList();
    }

    private static void hasNoGap(List<Told> events) {
        events.stream()
                .collect(Collectors.groupingBy(Told::key))
                .values()
                .forEach(ofKey -> follow(ofKey, 1));
    }

    /** Each the one after the one before. */
    private static void follow(List<Told> ofKey, long first) {
        assertThat(ofKey.stream().map(Told::sequence))
                .as("sequences of %s on %s", ofKey.getFirst().key(), ofKey.getFirst().topic())
                .containsExactlyElementsOf(
                        LongStream.range(first, first + ofKey.size()).boxed().toList());
    }

    private static void hasNoDouble(List<Told> events, String... fences) {
        Function<Told, String> decision =
                told ->
                        Stream.of(fences)
                                .map(fence -> told.json().path(fence).asString())
                                .collect(Collectors.joining(" ", told.key() + " ", ""));
        assertThat(events.stream().map(decision))
                .as("once per ticket and %s", List.of(fences))
                .doesNotHaveDuplicates();
    }
}
