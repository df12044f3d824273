package io.gendan.escalation;

import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;

/** Somebody who may take tickets, as routing-service told. */
public record Person(
        String id, String name, String team, @Nullable Territory territory, int tier) {}
