package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

class PortCheckTests {

    @Test
    void namesTheTakenPortAndWhoWantsIt() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var part = new SleepingPart("kafka", taken.getLocalPort());

            assertThatExceptionOfType(CannotGoOn.class)
                    .isThrownBy(() -> PortCheck.requireFree(List.of(part)))
                    .withMessageContaining("port %d, wanted for kafka", taken.getLocalPort());
        }
    }

    @Test
    void seesThatAPortIsFreeAgain() throws IOException {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
            assertThat(PortCheck.isFree(port)).isFalse();
        }
        assertThat(PortCheck.isFree(port)).isTrue();
    }
}
