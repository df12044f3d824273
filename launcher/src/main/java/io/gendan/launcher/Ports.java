package io.gendan.launcher;

/** The ports of one system; a second system on the same machine is moved away by an offset. */
record Ports(int offset) {

    private static final int FURTHER_INSTANCE = 100;

    int postgres() {
        return 5433 + offset;
    }

    int kafka() {
        return 9092 + offset;
    }

    int kafkaController() {
        return 9093 + offset;
    }

    int issuer() {
        return 9000 + offset;
    }

    int gateway() {
        return of(Service.GATEWAY, 1);
    }

    /** The instance counts from 1. */
    int of(Service service, int instance) {
        return service.port() + (instance - 1) * FURTHER_INSTANCE + offset;
    }

    /** Exactly the {@code iss} claim of every token. */
    String issuerUri() {
        return "http://localhost:" + issuer();
    }
}
