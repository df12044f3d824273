package io.gendan.events;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All topics with the interface of their events, and all events. */
final class Contracts {

    private Contracts() {}

    static Map<String, Class<? extends Event>> topics() {
        var topics = new TreeMap<String, Class<? extends Event>>();
        topics.put(Topics.TICKETS, TicketEvent.class);
        topics.put(Topics.ASSIGNMENTS, AssignmentEvent.class);
        topics.put(Topics.AGENTS, AgentEvent.class);
        topics.put(Topics.ESCALATIONS, EscalationEvent.class);
        topics.put(Topics.VOICES, VoiceEvent.class);
        topics.put(Topics.TIME_ALARMS, AlarmEvent.class);
        topics.put(Topics.EMERGENCIES, EmergencyEvent.class);
        topics.put(Topics.CALENDARS, CalendarEvent.class);
        topics.put(Topics.ORDERS, OrderEvent.class);
        topics.put(Topics.TERRITORIES, TerritoryEvent.class);
        topics.put(Topics.SURVEYS, SurveyEvent.class);
        IntStream.rangeClosed(Topics.FIRST_QUEUED_TIER, Topics.LAST_TIER)
                .forEach(tier -> topics.put(Topics.escalated(tier), QueueEvent.class));
        return topics;
    }

    static List<Class<?>> eventsOf(Class<? extends Event> told) {
        return List.of(told.getPermittedSubclasses());
    }

    static Stream<Class<?>> events() {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .flatMap(told -> Arrays.stream(told.getPermittedSubclasses()));
    }
}
