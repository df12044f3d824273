package io.gendan.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a service takes part: {@code gendan.messaging.*}.
 *
 * @param service short name, in consumer groups, {@code ce_source} and the names of the dead-letter
 *     and redrive topics
 * @param groups first part of the consumer groups' names, the service's name when absent; another
 *     one hears everything that is kept anew
 * @param says topics this service writes; those it hears are known by {@link Receives}
 * @param topics how topics are made, by name; a name with a dot is written {@code "[name]"} in YAML
 * @param replication brokers that have a copy of each record; a topic that exists must have as many
 * @param minInSyncReplicas copies that must be written before a record counts as told
 */
@ConfigurationProperties("gendan.messaging")
public record MessagingSettings(
        String service,
        @Nullable String groups,
        @DefaultValue List<String> says,
        @DefaultValue Map<String, Topic> topics,
        @DefaultValue("1") short replication,
        @DefaultValue("1") short minInSyncReplicas,
        @DefaultValue Relay relay,
        @DefaultValue Receiving receiving) {

    public MessagingSettings {
        if (service == null || service.isBlank()) {
            throw new IllegalArgumentException("gendan.messaging.service must name the service");
        }
        if (minInSyncReplicas > replication) {
            throw new IllegalArgumentException(
                    "gendan.messaging.min-in-sync-replicas is %d, and there are %d replicas: nothing could be told"
                            .formatted(minInSyncReplicas, replication));
        }
        groups = groups == null ? service : groups;
    }

    /**
     * @param partitions never change it on a topic that exists: keys would move, and order with
     *     them
     */
    public record Topic(
            @DefaultValue("12") int partitions,
            @DefaultValue("30d") Duration retention,
            @DefaultValue("false") boolean compacted) {}

    /**
     * @param poll how long an event can lie in the outbox when the wake-up after its commit was
     *     missed
     * @param gather how long events gather after those that were just relayed: the first of a calm
     *     moment goes at once, those of a crowd go together
     * @param batch events a transaction
     */
    public record Relay(
            @DefaultValue("100ms") Duration poll,
            @DefaultValue("20ms") Duration gather,
            @DefaultValue("1000") int batch) {}

    /**
     * @param concurrency threads a topic
     * @param gather how long records gather after those that were just received, as in {@link
     *     Relay}
     * @param batch records a transaction
     * @param rereadEvery how often events of once unknown types are looked for
     */
    public record Receiving(
            @DefaultValue("2") int concurrency,
            @DefaultValue("20ms") Duration gather,
            @DefaultValue("500") int batch,
            @DefaultValue("10s") Duration rereadEvery) {}

    String deadTopic() {
        return "dead." + service;
    }

    /** All topics this service writes. */
    Set<String> told() {
        var told = new HashSet<>(says);
        told.add(deadTopic());
        return told;
    }

    String redriveTopic() {
        return "redrive." + service;
    }

    String group(String topic) {
        return groups + "." + topic;
    }

    Origin origin() {
        return Origin.of("system:" + service);
    }
}
