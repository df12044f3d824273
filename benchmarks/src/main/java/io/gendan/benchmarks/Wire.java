package io.gendan.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/**
 * One connection that is kept alive. It spends a tenth of what the platform's HTTP client does:
 * whoever asks shares the processors with what is measured.
 */
final class Wire implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private final String head;
    private Socket socket;
    private InputStream in;

    record Reply(int status, String body) {}

    Wire(int port, String token) throws IOException {
        this.port = port;
        socket = connected(port);
        in = new BufferedInputStream(socket.getInputStream());
        head =
                """
                 HTTP/1.1
                Host: localhost:%d
                Authorization: Bearer %s
                Content-Type: application/json
                If-Match: *
                """
                        .formatted(port, token)
                        .replace("\n", "\r\n");
    }

    private static Socket connected(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    Reply send(String method, String path, String key, String json) throws IOException {
        var body = json.getBytes(UTF_8);
        var request = new ByteArrayOutputStream(2048);
        request.writeBytes(
                "%s %s%sIdempotency-Key: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, path, head, key, body.length)
                        .getBytes(ISO_8859_1));
        request.writeBytes(body);
        request.writeTo(socket.getOutputStream());
        var status = Integer.parseInt(line().split(" ")[1]);
        var length = -1;
        var last = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
            last |= lower.equals("connection: close");
        }
        if (length < 0) {
            throw new IOException("An answer without a length: " + status);
        }
        var reply = new Reply(status, new String(in.readNBytes(length), UTF_8));
        if (last) {
            socket.close();
            socket = connected(port);
            in = new BufferedInputStream(socket.getInputStream());
        }
        return reply;
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The gateway hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
