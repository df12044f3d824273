package io.gendan.launcher;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Collection;

/** Tells before anything is started which port is not free. */
final class PortCheck {

    private PortCheck() {}

    static void requireFree(Collection<Part> parts) {
        for (var part : parts) {
            for (var port : part.ports()) {
                if (!isFree(port)) {
                    throw new CannotGoOn(
                            "port %d, wanted for %s, is taken; free it or use --port-offset N"
                                    .formatted(port, part.name()));
                }
            }
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
