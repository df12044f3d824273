package io.gendan.launcher.issuer;

import org.jspecify.annotations.Nullable;

/** Someone who can have a token. The channel is set for the programs that serve one. */
public record Account(String id, String name, String role, @Nullable String channel) {

    /** Known to everybody: these accounts exist on one machine, for trying things out. */
    public String secret() {
        return id + "-secret";
    }
}
