package io.gendan.events;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * The letter by which a complaint came from outside. Days are those of Asia/Shanghai.
 *
 * @param number under which they keep it
 * @param dueOn until the end of which day they want to be answered, where the letter says so
 */
public record Authority(
        AuthoritySource source, String number, LocalDate arrivedOn, @Nullable LocalDate dueOn) {}
