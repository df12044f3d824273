package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.messaging.testing.RealBroker;
import io.gendan.messaging.testing.RealPostgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import java.util.HashMap;

@ExtendWith(OutputCaptureExtension.class)
class TooFewReplicasTests {

    @ParameterizedTest
    @CsvSource({"1, 1, replication is 1", "3, 1, min-in-sync-replicas is 1"})
    void refusesToStartInProduction(
            short replication, short minInSync, String reason, CapturedOutput output) {
        assertThatThrownBy(() -> start("production", replication, minInSync))
                .hasRootCauseInstanceOf(TooFewReplicas.class);

        assertThat(output.getOut().lines())
                .contains(
                        "gendan.messaging.%s, and in production it is 2 at least: with the only disk it is on, an event would be lost"
                                .formatted(reason));
        assertThat(output.getOut()).doesNotContain("\tat ");
    }

    @Test
    void startsInProductionWithTwo() {
        try (var service = start("production", (short) 2, (short) 2)) {
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void refusesMoreToBeInSyncThanThereAre() {
        assertThatThrownBy(() -> start("trial", (short) 1, (short) 2))
                .rootCause()
                .hasMessageContaining("nothing could be told");
    }

    private static ConfigurableApplicationContext start(
            String profile, short replication, short minInSync) {
        var properties = new HashMap<>(RealPostgres.database("parcel"));
        properties.put("spring.kafka.bootstrap-servers", RealBroker.bootstrapServers());
        properties.put("spring.flyway.locations", "classpath:db/messaging,classpath:db/parcels");
        properties.put("gendan.messaging.service", "parcel");
        properties.put("gendan.messaging.says", "parcels");
        properties.put("gendan.messaging.replication", replication);
        properties.put("gendan.messaging.min-in-sync-replicas", minInSync);
        return new SpringApplicationBuilder(MessagingApplication.class)
                .web(WebApplicationType.NONE)
                .profiles(profile)
                .properties(properties)
                .run();
    }
}
