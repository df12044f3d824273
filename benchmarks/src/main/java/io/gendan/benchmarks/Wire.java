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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

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
        var headers = new HashMap<String, String>();
        for (var header = line(); !header.isEmpty(); header = line()) {
            var colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip().toLowerCase(Locale.ROOT));
        }
        var reply = new Reply(status, new String(content(status, headers), UTF_8));
        if ("close".equals(headers.get("connection"))) {
            socket.close();
            socket = connected(port);
            in = new BufferedInputStream(socket.getInputStream());
        }
        return reply;
    }

    private byte[] content(int status, Map<String, String> headers) throws IOException {
        var encoding = headers.get("transfer-encoding");
        if ("chunked".equals(encoding)) {
            return chunks();
        }
        var length = headers.get("content-length");
        if (encoding != null || length == null) {
            throw new IOException("An answer without a length: " + status);
        }
        return exactly(Integer.parseInt(length));
    }

    /** As in RFC 9112, section 7.1. Extensions and trailers mean nothing to us. */
    private byte[] chunks() throws IOException {
        var content = new ByteArrayOutputStream(8192);
        for (var size = chunkSize(); size != 0; size = chunkSize()) {
            content.writeBytes(exactly(size));
            if (!line().isEmpty()) {
                throw new IOException("A chunk longer than the %d bytes it said".formatted(size));
            }
        }
        for (var trailer = line(); !trailer.isEmpty(); ) {
            trailer = line();
        }
        return content.toByteArray();
    }

    private int chunkSize() throws IOException {
        return HexFormat.fromHexDigits(line().split(";", 2)[0].strip());
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw hungUp();
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw hungUp();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static EOFException hungUp() {
        return new EOFException("The gateway hung up");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
