package io.gendan.ticket.kafka;

import io.gendan.events.CalendarEvent;
import io.gendan.events.CalendarEvent.CalendarWritten;
import io.gendan.events.Topics;
import io.gendan.messaging.Receives;
import io.gendan.ticket.rules.WorkCalendars;

import org.springframework.stereotype.Component;

@Component
class CalendarListener {

    private final WorkCalendars calendars;

    CalendarListener(WorkCalendars calendars) {
        this.calendars = calendars;
    }

    @Receives(topic = Topics.CALENDARS, compacted = true)
    void on(CalendarEvent event) {
        switch (event) {
            case CalendarWritten written -> calendars.save(written);
        }
    }
}
