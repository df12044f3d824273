package io.gendan.messaging;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.ReflectionUtils.MethodFilter;

import tools.jackson.core.JacksonException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds the methods marked {@link Receives} and keeps a consumer for each of them running, and one
 * for {@code redrive.<service>}.
 *
 * <p>They start when the topics are ready and stop, after the transaction they are in, before
 * everything else.
 */
final class Receivers implements SmartInitializingSingleton, SmartLifecycle {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final ConfigurableListableBeanFactory beans;
    private final BrokerTopics topics;
    private final ConsumerFactory<String, byte[]> consumers;
    private final Positions positions;
    private final Letters letters;
    private final TransactionOperations transactions;
    private final MessagingSettings settings;
    private final MeterRegistry meters;
    private final Map<String, Receiver> receivers = new LinkedHashMap<>();
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers =
            new ArrayList<>();
    private CountDownLatch stopped = new CountDownLatch(0);
    private @Nullable Thread thread;

    Receivers(
            ConfigurableListableBeanFactory beans,
            BrokerTopics topics,
            ConsumerFactory<String, byte[]> consumers,
            Positions positions,
            Letters letters,
            TransactionOperations transactions,
            MessagingSettings settings,
            MeterRegistry meters) {
        this.beans = beans;
        this.topics = topics;
        this.consumers = consumers;
        this.positions = positions;
        this.letters = letters;
        this.transactions = transactions;
        this.settings = settings;
        this.meters = meters;
    }

    /** What a human's tool asks for on {@code redrive.<service>}. */
    record Redrive(UUID letterId, boolean skip) {}

    @Override
    public void afterSingletonsInstantiated() {
        for (var name : beans.getBeanDefinitionNames()) {
            var type = AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null) {
                find(name, type);
            }
        }
    }

    private void find(String name, Class<?> type) {
        MethodFilter marked = method -> AnnotatedElementUtils.hasAnnotation(method, Receives.class);
        for (var method : MethodIntrospector.selectMethods(type, marked)) {
            var receives = AnnotatedElementUtils.findMergedAnnotation(method, Receives.class);
            if (receives != null) {
                var bean = beans.getBean(name);
                var invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
                add(Subscription.of(receives, bean, invocable));
            }
        }
    }

    private void add(Subscription subscription) {
        var receiver = new Receiver(subscription, positions, letters, transactions, meters);
        var other = receivers.put(subscription.topic(), receiver);
        if (other != null) {
            throw new IllegalStateException(
                    "%s is heard twice, by %s and %s: one position, one effect"
                            .formatted(
                                    subscription.topic(),
                                    other.subscription().method(),
                                    subscription.method()));
        }
        topics.hears(subscription.topic(), subscription.compacted());
    }

    /** Returns at once: the broker may be away for long. */
    @Override
    public synchronized void start() {
        stopped = new CountDownLatch(1);
        var started = stopped;
        thread = Thread.ofPlatform().name("receivers").start(() -> run(started));
    }

    private void run(CountDownLatch stopped) {
        try {
            while (!topics.areReady()) {
                if (stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            startContainers(stopped);
            do {
                receivers.values().forEach(this::readAgain);
            } while (!stopped.await(
                    settings.receiving().rereadEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startContainers(CountDownLatch stopped) {
        if (stopped.getCount() == 0) {
            return;
        }
        containers.clear();
        receivers.forEach(
                (topic, receiver) ->
                        containers.add(
                                container(topic, receiver, settings.receiving().concurrency())));
        if (!receivers.isEmpty()) {
            containers.add(container(settings.redriveTopic(), this.redrives, 1));
        }
        containers.forEach(ConcurrentMessageListenerContainer::start);
    }

    private void readAgain(Receiver receiver) {
        try {
            receiver.readAgain();
        } catch (RuntimeException e) {
            LOG.warn("Events of once unknown types are read later", e);
        }
    }

    private ConcurrentMessageListenerContainer<String, byte[]> container(
            String topic, BatchMessageListener<String, byte[]> listener, int concurrency) {
        var properties = new ContainerProperties(topic);
        properties.setGroupId(settings.group(topic));
        properties.setPollTimeout(POLL.toMillis());
        properties.setIdleBetweenPolls(settings.receiving().gather().toMillis());
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setMessageListener(listener);
        properties.setShutdownTimeout(LONGEST_STOP.toMillis());
        // platform threads: consumers on virtual ones were seen to hang
        properties.setListenerTaskExecutor(new SimpleAsyncTaskExecutor(topic + "-"));
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(settings.group(topic));
        container.setConcurrency(concurrency);
        container.setCommonErrorHandler(new WaitingForTheWorld());
        return container;
    }

    private final BatchMessageListener<String, byte[]> redrives =
            records -> records.forEach(this::redrive);

    private void redrive(ConsumerRecord<String, byte[]> asked) {
        Redrive redrive;
        try {
            redrive = EventJson.MAPPER.readValue(asked.value(), Redrive.class);
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.warn("Not understood on {}: {}", asked.topic(), e.getMessage());
            return;
        }
        var letter = letters.find(redrive.letterId());
        if (letter.isEmpty()) {
            LOG.warn("Letter {} is not one of this service", redrive.letterId());
            return;
        }
        var topic = letter.get().delivery().topic();
        var receiver = receivers.get(topic);
        if (receiver == null) {
            LOG.error("Letter {} stays: {} is not heard any more", redrive.letterId(), topic);
            return;
        }
        receiver.redrive(redrive.letterId(), redrive.skip());
    }

    /** Returns when the transactions at work are over, so that nothing is received after it. */
    @Override
    public void stop() {
        List<ConcurrentMessageListenerContainer<String, byte[]>> stopping;
        synchronized (this) {
            stopped.countDown();
            stopping = List.copyOf(containers);
        }
        var left = new CountDownLatch(stopping.size());
        stopping.forEach(container -> container.stop(left::countDown));
        try {
            if (!left.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some consumers did not stop in time");
            }
            if (thread != null) {
                thread.join(LONGEST_STOP);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
