package io.gendan.messaging;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Has a poll's records read again, for ever, with pauses of up to five seconds; commits nothing.
 *
 * <p>The pauses are far shorter than the time in which a consumer must poll, so it stays in its
 * group however long the outage.
 */
final class WaitingForTheWorld implements CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingForTheWorld.class);

    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5_000;

    private final ThreadLocal<BackOffExecution> outage = new ThreadLocal<>();

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception fault,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        for (var partition : records.partitions()) {
            ConsumerRecord<?, ?> first = records.records(partition).getFirst();
            consumer.seek(partition, first.offset());
        }
        pause(fault, container);
    }

    @Override
    public void handleOtherException(
            Exception fault,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            boolean batchListener) {
        pause(fault, container);
    }

    @Override
    public void clearThreadState() {
        if (outage.get() != null) {
            LOG.info("Receiving again");
            outage.remove();
        }
    }

    private void pause(Exception fault, MessageListenerContainer container) {
        var pauses = outage.get();
        if (pauses == null) {
            LOG.error(
                    "{} waits until this passes: {}",
                    container.getGroupId(),
                    fault.toString(),
                    fault);
            var backOff = new ExponentialBackOff(SHORTEST_PAUSE, 2);
            backOff.setMaxInterval(LONGEST_PAUSE);
            pauses = backOff.start();
            outage.set(pauses);
        }
        try {
            ListenerUtils.stoppableSleep(container, pauses.nextBackOff());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
