package io.gendan.launcher;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** A real Kafka broker in a process of its own, see {@link KafkaBroker}. */
final class KafkaServer implements Part {

    static final String NAME = "kafka";

    private static final int TIMEOUT_MILLIS = 1000;
    private static final int API_VERSIONS = 18;
    private static final int CORRELATION = 1;
    private static final int NO_CLIENT_ID = -1;
    private static final int REQUEST_BYTES = 10;

    private final Path directory;
    private final int port;
    private final int controllerPort;

    KafkaServer(Home home, int port, int controllerPort) {
        this.directory = home.data().resolve("kafka");
        this.port = port;
        this.controllerPort = controllerPort;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> ports() {
        return List.of(port, controllerPort);
    }

    @Override
    public ProcessBuilder process() {
        return new ProcessBuilder(
                ChildProcess.java(
                        List.of(
                                "-Xmx320m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED"),
                        KafkaBroker.class.getName(),
                        List.of(
                                directory.toString(),
                                String.valueOf(port),
                                String.valueOf(controllerPort))));
    }

    /** An open port is not enough: the broker opens it long before it answers. */
    @Override
    public boolean isReady() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(REQUEST_BYTES);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(CORRELATION);
            out.writeShort(NO_CLIENT_ID);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            return in.readInt() > 0 && in.readInt() == CORRELATION;
        } catch (IOException notYet) {
            return false;
        }
    }
}
