package io.gendan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.io.OutputStream.nullOutputStream;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.EOFException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

@Timeout(10)
class WireTests {

    @Test
    void readsAnAnswerOfTheLengthItSays() throws Exception {
        assertThat(answers("HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\n工单"))
                .containsExactly(new Wire.Reply(201, "工单"));
    }

    @Test
    void joinsTheChunksOfAnAnswerAndReadsTheNextOneBehindThem() throws Exception {
        assertThat(
                        answers(
                                """
                                HTTP/1.1 200 OK
                                Transfer-Encoding: Chunked

                                4
                                {"a"
                                00E;name="value"
                                :"工单
                                ok"}
                                0
                                Expires: never
                                X-More: yes

                                HTTP/1.1 404 Not Found
                                Transfer-Encoding: chunked

                                0

                                """
                                        .replace("\n", "\r\n")))
                .containsExactly(
                        new Wire.Reply(200, "{\"a\":\"工单\r\nok\"}"), new Wire.Reply(404, ""));
    }

    @Test
    void refusesAnAnswerThatEndsBeforeItsLength() {
        assertThatThrownBy(() -> answers("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n工"))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(
                        () ->
                                answers(
                                        "HTTP/1.1 200 OK\r\n"
                                                + "Transfer-Encoding: chunked\r\n\r\n"
                                                + "6\r\n"
                                                + "工"))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void refusesAChunkLongerThanItSays() {
        assertThatThrownBy(
                        () ->
                                answers(
                                        """
                                        HTTP/1.1 200 OK
                                        Transfer-Encoding: chunked

                                        2
                                        abc
                                        0

                                        """
                                                .replace("\n", "\r\n")))
                .hasMessageContaining("2 bytes");
    }

    @Test
    void refusesAnAnswerOfWhichNobodyKnowsTheEnd() {
        assertThatThrownBy(() -> answers("HTTP/1.1 200 OK\r\n\r\n")).hasMessageContaining("200");
        assertThatThrownBy(
                        () ->
                                answers(
                                        "HTTP/1.1 200 OK\r\n"
                                                + "Transfer-Encoding: gzip\r\n"
                                                + "Content-Length: 1\r\n\r\nx"))
                .hasMessageContaining("200");
    }

    /** What is read, request by request, of bytes that a gateway sends before it hangs up. */
    private static List<Wire.Reply> answers(String bytes) throws Exception {
        var heads = bytes.split("HTTP/1.1", -1).length - 1;
        try (var gateway = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var wire = new Wire(gateway.getLocalPort(), "token")) {
            threads.submit(
                    () -> {
                        try (var connection = gateway.accept()) {
                            connection.getOutputStream().write(bytes.getBytes(UTF_8));
                            connection.shutdownOutput();
                            return connection.getInputStream().transferTo(nullOutputStream());
                        }
                    });
            var replies = new ArrayList<Wire.Reply>();
            for (var head = 0; head < heads; head++) {
                replies.add(wire.send("GET", "/", "none", ""));
            }
            return replies;
        }
    }
}
