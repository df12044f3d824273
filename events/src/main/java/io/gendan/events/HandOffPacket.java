package io.gendan.events;

import org.jspecify.annotations.Nullable;

/** What the next tier needs to know (交接信息), number-like strings masked. */
public record HandOffPacket(
        String tried, @Nullable String evidence, String asked, @Nullable String promised) {}
