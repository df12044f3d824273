package io.gendan.launcher;

import java.io.IOException;

/** Where a running system is met from outside: the one in this home, or the one that is named. */
record Addresses(String gateway, String brokers, String issuer) {

    /** Its gateway's address is asked for first; where it is given, the others are wanted too. */
    private static final String GATEWAY = "GENDAN_GATEWAY";

    static Addresses of(Home home) throws IOException {
        if (System.getenv(GATEWAY) == null) {
            return of(RunningSystem.require(home).ports());
        }
        return new Addresses(given(GATEWAY), given("GENDAN_BROKERS"), given("GENDAN_ISSUER"));
    }

    private static Addresses of(Ports ports) {
        return new Addresses(
                "http://localhost:" + ports.gateway(),
                "localhost:" + ports.kafka(),
                ports.issuerUri());
    }

    private static String given(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new CannotGoOn("%s is set, and %s is not".formatted(GATEWAY, name));
        }
        return value;
    }
}
