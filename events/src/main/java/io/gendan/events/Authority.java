package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * The letter by which a complaint came from outside, or the request about personal data that is
 * owed an answer like one. Days are those of Asia/Shanghai.
 *
 * @param number under which they keep it; the ticket's own where they have none
 * @param dueOn until the end of which day they want to be answered, where the letter says so
 */
public record Authority(
        AuthoritySource source, String number, LocalDate arrivedOn, @Nullable LocalDate dueOn) {}
