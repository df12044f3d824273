package io.gendan.events;

import java.time.Instant;

/** Something that happened and was told, never taken back. */
public sealed interface Event
        permits TicketEvent,
                AssignmentEvent,
                AgentEvent,
                EscalationEvent,
                QueueEvent,
                VoiceEvent,
                AlarmEvent,
                EmergencyEvent,
                CalendarEvent,
                OrderEvent,
                TerritoryEvent,
                SurveyEvent {

    /** What the event is about; events of one key on one topic stay in order. */
    String key();

    /** When it happened, by the clock of the database of the service that tells it. */
    Instant at();
}
