package io.gendan.benchmarks;

import java.io.IOException;
import java.util.UUID;

/** Opens tickets as a channel does: through the gateway, each under a key of its own. */
final class GatewayIntake implements Client {

    private final Wire wire;

    GatewayIntake(RunningGendan gendan, String token) throws IOException {
        wire = new Wire(gendan.gatewayPort(), token);
    }

    @Override
    public void once() throws IOException {
        var reply =
                wire.send("POST", "/api/tickets", UUID.randomUUID().toString(), Tickets.request());
        if (reply.status() != 201) {
            throw new IllegalStateException("Not opened: " + reply);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
