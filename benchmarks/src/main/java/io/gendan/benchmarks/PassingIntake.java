package io.gendan.benchmarks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.regex.Pattern;

/** Opens tickets and soon ends them, so that the agents' room for work is not used up. */
final class PassingIntake implements Client {

    private static final int OPEN_AT_A_TIME = 20;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    private final Wire channel;
    private final Wire supervisor;
    private final Deque<String> open = new ArrayDeque<>();

    PassingIntake(RunningGendan gendan, String channelsToken, String supervisorsToken)
            throws IOException {
        channel = new Wire(gendan.gatewayPort(), channelsToken);
        supervisor = new Wire(gendan.gatewayPort(), supervisorsToken);
    }

    @Override
    public void once() throws IOException {
        var opened = post(channel, "/api/tickets", Tickets.request(), 201);
        var id = ID.matcher(opened.body());
        if (!id.find()) {
            throw new IllegalStateException("No id: " + opened);
        }
        open.add(id.group(1));
        if (open.size() > OPEN_AT_A_TIME) {
            endOldest();
        }
    }

    private void endOldest() throws IOException {
        var path = "/api/tickets/" + open.remove() + "/close";
        post(
                supervisor,
                path,
                "{\"reason\":\"INVALID\",\"statements\":{\"WHY\":\"measured\"}}",
                200);
    }

    private static Wire.Reply post(Wire wire, String path, String body, int expected)
            throws IOException {
        var reply = wire.send("POST", path, UUID.randomUUID().toString(), body);
        if (reply.status() != expected) {
            throw new IllegalStateException(path + ": " + reply);
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        try (channel;
                supervisor) {
            while (!open.isEmpty()) {
                endOldest();
            }
        }
    }
}
