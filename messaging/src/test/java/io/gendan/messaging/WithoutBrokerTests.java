package io.gendan.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gendan.messaging.ParcelEvent.ParcelMoved;
import io.gendan.messaging.testing.RealBroker;
import io.gendan.messaging.testing.RealPostgres;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

class WithoutBrokerTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final UUID parcel = UUID.randomUUID();
    private final Map<String, Object> database = RealPostgres.database("parcel");

    @Test
    void startsTellsAndStopsWithoutABrokerAndCatchesUpWhenThereIsOne() {
        try (var service = start("localhost:1")) {
            append(service, 1);
            append(service, 2);
            assertThat(waiting(service)).isEqualTo(2);
        }

        try (var service = start(RealBroker.bootstrapServers())) {
            var parcels = service.getBean(Parcels.class);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(parcels.stops(parcel)).containsExactly(1, 2));
            assertThat(waiting(service)).isZero();
        }
    }

    private ConfigurableApplicationContext start(String brokers) {
        var properties = new HashMap<>(database);
        properties.put("spring.kafka.bootstrap-servers", brokers);
        properties.put("spring.flyway.locations", "classpath:db/messaging,classpath:db/parcels");
        properties.put("gendan.messaging.service", "parcel");
        properties.put("gendan.messaging.groups", "without-broker");
        properties.put("gendan.messaging.says", "parcels");
        properties.put("gendan.messaging.topics.parcels.partitions", 3);
        return new SpringApplicationBuilder(MessagingApplication.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .run();
    }

    private void append(ConfigurableApplicationContext service, int stop) {
        service.getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        _ ->
                                service.getBean(EventLog.class)
                                        .append(
                                                ParcelEvent.TOPIC,
                                                parcel.toString(),
                                                new ParcelMoved(parcel, stop),
                                                service.getBean(DatabaseClock.class).now(),
                                                Origin.of("clerk-1")));
    }

    private static int waiting(ConfigurableApplicationContext service) {
        var waiting =
                service.getBean(JdbcTemplate.class)
                        .queryForObject("SELECT count(*) FROM outbox", Integer.class);
        return waiting == null ? 0 : waiting;
    }
}
