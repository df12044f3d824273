package io.gendan.escalation;

import io.gendan.events.AlarmEvent;
import io.gendan.events.EmergencyEvent;
import io.gendan.events.EscalationEvent;
import io.gendan.events.QueueEvent.ClaimInvited;
import io.gendan.events.Topics;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.Origin;

import org.springframework.stereotype.Component;

import java.util.List;

/** What this service says: on which topic, and in whose name. */
@Component
class Saying {

    private static final Origin TIME = Origin.of("system:escalation");

    private final EventLog log;

    Saying(EventLog log) {
        this.log = log;
    }

    void say(List<EscalationEvent> events) {
        if (!events.isEmpty()) {
            log.appendAll(events.stream().map(event -> entry(event, TIME)).toList());
        }
    }

    void say(EscalationEvent event, Origin origin) {
        log.appendAll(List.of(entry(event, origin)));
    }

    void invite(List<ClaimInvited> invitations) {
        if (!invitations.isEmpty()) {
            log.appendAll(
                    invitations.stream()
                            .map(
                                    invitation ->
                                            new Entry(
                                                    Topics.escalated(invitation.tier()),
                                                    invitation.key(),
                                                    invitation,
                                                    invitation.at(),
                                                    TIME))
                            .toList());
        }
    }

    void alarm(AlarmEvent alarm) {
        log.append(Topics.TIME_ALARMS, alarm.key(), alarm, alarm.at(), TIME);
    }

    void say(EmergencyEvent event, String by) {
        log.append(Topics.EMERGENCIES, event.key(), event, event.at(), Origin.of(by));
    }

    private static Entry entry(EscalationEvent event, Origin origin) {
        return new Entry(Topics.ESCALATIONS, event.key(), event, event.at(), origin);
    }
}
