/**
 * When time counts.
 *
 * <p>{@link io.gendan.escalation.calendar.Calendar} is plain arithmetic over a {@link
 * io.gendan.escalation.calendar.CalendarPage}, dated data that people import and that is never
 * changed afterwards; {@link io.gendan.escalation.calendar.Calendars} keeps the pages, and each is
 * told on {@code calendars}.
 */
@NullMarked
package io.gendan.escalation.calendar;

import org.jspecify.annotations.NullMarked;
