package io.gendan.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Puts the parts together for a service that has a PostgreSQL database and a Kafka broker. */
@AutoConfiguration(
        after = {
            JdbcTemplateAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            KafkaAutoConfiguration.class
        },
        afterName =
                "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(MessagingSettings.class)
class MessagingAutoConfiguration {

    /** Nothing waits for minutes for what a look at the broker tells. */
    private static final int METADATA_AGE_MILLIS = 10_000;

    private final Semaphore wakeUp = new Semaphore(0);

    @Bean
    DatabaseClock databaseClock(JdbcOperations jdbc) {
        return new DatabaseClock(jdbc);
    }

    @Bean
    EventLog eventLog(JdbcOperations jdbc, MessagingSettings settings) {
        return new EventLog(jdbc, settings.told(), wakeUp::release);
    }

    @Bean
    BrokerTopics brokerTopics(
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MessagingSettings settings,
            ApplicationContext context) {
        TooFewReplicas.refuse(settings, context.getEnvironment());
        var properties = kafka.buildAdminProperties();
        properties.putAll(common(connection));
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        return new BrokerTopics(() -> Admin.create(properties), settings, context);
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcOperations jdbc,
            PlatformTransactionManager transactionManager,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MessagingSettings settings,
            ObjectProvider<MeterRegistry> meters) {
        return new OutboxRelay(
                jdbc,
                transactions(transactionManager),
                () ->
                        new KafkaProducer<>(
                                relaying(kafka, connection),
                                new StringSerializer(),
                                new ByteArraySerializer()),
                settings,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    RelayThread relayThread(OutboxRelay relay, BrokerTopics topics, MessagingSettings settings) {
        return new RelayThread(relay, topics, settings, wakeUp);
    }

    @Bean
    Receivers receivers(
            ConfigurableListableBeanFactory beans,
            BrokerTopics topics,
            JdbcOperations jdbc,
            EventLog log,
            DatabaseClock clock,
            PlatformTransactionManager transactionManager,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MessagingSettings settings,
            ObjectProvider<MeterRegistry> meters) {
        return new Receivers(
                beans,
                topics,
                new DefaultKafkaConsumerFactory<>(
                        receiving(kafka, connection, settings),
                        new StringDeserializer(),
                        new ByteArrayDeserializer()),
                new Positions(jdbc),
                new Letters(jdbc, log, clock, settings),
                transactions(transactionManager),
                settings,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    /** Read committed: what was committed while a lock was awaited must be seen after it. */
    private static TransactionTemplate transactions(PlatformTransactionManager manager) {
        var transactions = new TransactionTemplate(manager);
        transactions.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return transactions;
    }

    private static Map<String, Object> common(KafkaConnectionDetails connection) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                connection.getBootstrapServers(),
                CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
                METADATA_AGE_MILLIS,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000,
                // Bootstrapping again takes no pause: a consumer spins while its only broker is
                // away
                CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
                "none");
    }

    private static Map<String, Object> relaying(
            KafkaProperties kafka, KafkaConnectionDetails connection) {
        var properties = kafka.buildProducerProperties();
        properties.putAll(common(connection));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // a transaction and its connection wait for these: short, the relay tries again by itself
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        return properties;
    }

    private static Map<String, Object> receiving(
            KafkaProperties kafka, KafkaConnectionDetails connection, MessagingSettings settings) {
        var properties = new HashMap<>(kafka.buildConsumerProperties());
        properties.putAll(common(connection));
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        // An empty answer leaves this protocol's consumer asleep until its poll ends (KAFKA-19259),
        // so
        // polls are short (Receivers) and fetches stay at the broker for much longer than a poll.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 3_000);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // safe: what was received already is dropped by its sequence
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.receiving().batch());
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }
}
