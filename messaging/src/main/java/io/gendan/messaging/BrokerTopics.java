package io.gendan.messaging;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The topics this service says and hears: made where they are missing, checked where they exist.
 *
 * <p>Until that has succeeded once nothing is relayed or received. It waits for the broker as long
 * as it takes. A topic with another number of partitions than configured would break the order of
 * its keys, and one with fewer replicas would be lost with fewer disks, so the service then refuses
 * to be ready until somebody has settled it.
 */
final class BrokerTopics {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerTopics.class);

    /** Few records, and the order of all of them helps the reader. */
    private static final MessagingSettings.Topic REDRIVE =
            new MessagingSettings.Topic(1, Duration.ofDays(30), false);

    /** Compacted, so that an open letter is found however old it is. */
    private static final MessagingSettings.Topic DEAD =
            new MessagingSettings.Topic(1, Duration.ofDays(30), true);

    private static final MessagingSettings.Topic USUAL =
            new MessagingSettings.Topic(12, Duration.ofDays(30), false);

    private static final MessagingSettings.Topic USUAL_COMPACTED =
            new MessagingSettings.Topic(12, Duration.ofDays(30), true);

    private final Supplier<Admin> admins;
    private final Map<String, MessagingSettings.Topic> wanted = new LinkedHashMap<>();
    private final MessagingSettings settings;
    private final ApplicationContext context;
    private boolean ready;
    private boolean refusing;
    private @Nullable String complaint;

    BrokerTopics(Supplier<Admin> admins, MessagingSettings settings, ApplicationContext context) {
        this.admins = admins;
        this.settings = settings;
        this.context = context;
        settings.says().forEach(topic -> need(topic, USUAL));
        need(settings.deadTopic(), DEAD);
        need(settings.redriveTopic(), REDRIVE);
    }

    void hears(String topic, boolean compacted) {
        need(topic, compacted ? USUAL_COMPACTED : USUAL);
    }

    private synchronized void need(String topic, MessagingSettings.Topic unlessConfigured) {
        wanted.put(topic, settings.topics().getOrDefault(topic, unlessConfigured));
    }

    /** Tries to make them ready where they are not; returns at once where they are. */
    synchronized boolean areReady() {
        if (!ready) {
            try (var admin = admins.get()) {
                make(missing(admin), admin);
                ready = check(admin);
                complaint = ready ? null : complaint;
            } catch (ExecutionException | RuntimeException e) {
                complain("Topics are not ready yet", e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        return ready;
    }

    private TreeSet<String> missing(Admin admin) throws ExecutionException, InterruptedException {
        var missing = new TreeSet<>(wanted.keySet());
        missing.removeAll(admin.listTopics().names().get());
        return missing;
    }

    private void make(TreeSet<String> missing, Admin admin)
            throws ExecutionException, InterruptedException {
        var topics = missing.stream().map(name -> newTopic(name, topic(name))).toList();
        for (var made : admin.createTopics(topics).values().entrySet()) {
            try {
                made.getValue().get();
                LOG.info("Made topic {}: {}", made.getKey(), topic(made.getKey()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private MessagingSettings.Topic topic(String name) {
        return wanted.getOrDefault(name, USUAL);
    }

    private NewTopic newTopic(String name, MessagingSettings.Topic topic) {
        var policy =
                topic.compacted()
                        ? TopicConfig.CLEANUP_POLICY_COMPACT
                        : TopicConfig.CLEANUP_POLICY_DELETE;
        return new NewTopic(
                        name, Optional.of(topic.partitions()), Optional.of(settings.replication()))
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                policy,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(topic.retention().toMillis()),
                                // by the sender's clock a broker refuses what is an hour ahead
                                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                TimestampType.LOG_APPEND_TIME.name,
                                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                Short.toString(settings.minInSyncReplicas())));
    }

    private boolean check(Admin admin) throws ExecutionException, InterruptedException {
        var wrong = new ArrayList<String>();
        for (var found : describe(admin).values()) {
            var partitions = topic(found.name()).partitions();
            if (found.partitions().size() != partitions) {
                wrong.add(
                        "%s has %d partitions, not %d"
                                .formatted(found.name(), found.partitions().size(), partitions));
            }
            var replicas = replicas(found);
            if (replicas < settings.replication()) {
                wrong.add(
                        "%s has %d replicas, not %d"
                                .formatted(found.name(), replicas, settings.replication()));
            }
        }
        if (!wrong.isEmpty()) {
            complain("Nothing is relayed or received until this is settled", wrong.toString());
            refusing = true;
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        } else if (refusing) {
            refusing = false;
            LOG.info("The topics are as they must be");
            AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        }
        return wrong.isEmpty();
    }

    /** Of the partition that has the fewest. */
    private static int replicas(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private Map<String, TopicDescription> describe(Admin admin)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.copyOf(wanted.keySet())).allTopicNames().get();
    }

    /** Once for each reason, however often it is met. */
    private void complain(String what, @Nullable String details) {
        if (!what.equals(complaint)) {
            complaint = what;
            LOG.error("{}: {}", what, details);
        }
    }
}
