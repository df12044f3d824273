package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Scope;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Who wants something of which ticket.
 *
 * @param seenVersion the version the caller decided by; absent where it does not matter
 */
public record Act(UUID ticketId, Caller caller, Scope scope, @Nullable Long seenVersion) {}
