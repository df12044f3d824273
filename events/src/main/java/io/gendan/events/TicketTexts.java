package io.gendan.events;

import org.jspecify.annotations.Nullable;

/** What a person wrote, number-like strings masked; blank once the customer was erased. */
public record TicketTexts(String subject, @Nullable String body) {}
