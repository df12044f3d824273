package io.gendan.messaging;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.gendan.messaging.Delivery.Reading;
import io.gendan.messaging.Letter.Kind;
import io.gendan.messaging.Letter.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What happens to records in one transaction: their effects, and the positions that say so.
 *
 * <p>Nothing is lost: a record is applied, known as a repeat, or kept (held, unread or in a
 * letter).
 */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    enum Fate {
        APPLIED,
        REPEATED,
        HELD,
        UNREAD,
        LETTER
    }

    /** Applying the record at this place failed, and with it the transaction. */
    static final class NotApplied extends RuntimeException {

        private final UUID place;

        NotApplied(UUID place, Throwable fault) {
            super(fault);
            this.place = place;
        }

        UUID place() {
            return place;
        }
    }

    private final Subscription subscription;
    private final Positions positions;
    private final Letters letters;
    private final Map<UUID, Throwable> faulty;
    private final boolean oneByOne;
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);

    /**
     * @param faulty places of records that were tried often enough, and what was wrong with them
     * @param oneByOne whether what a record tells is written with it: a fault of that is its own
     */
    Reception(
            Subscription subscription,
            Positions positions,
            Letters letters,
            Map<UUID, Throwable> faulty,
            boolean oneByOne) {
        this.subscription = subscription;
        this.positions = positions;
        this.letters = letters;
        this.faulty = faulty;
        this.oneByOne = oneByOne;
    }

    Map<Fate, Integer> fates() {
        return fates;
    }

    void receive(List<Delivery> deliveries) {
        var keys = new TreeSet<String>();
        for (var delivery : deliveries) {
            if (delivery.key() != null) {
                keys.add(delivery.key());
            }
        }
        var locked = positions.lock(subscription.topic(), keys);
        for (var delivery : inKeyOrder(deliveries)) {
            var position = delivery.key() == null ? null : locked.get(delivery.key());
            count(position == null ? withoutKey(delivery) : receive(delivery, position));
        }
        positions.save(subscription.topic(), locked.values());
    }

    /**
     * Effects lock what the key stands for, and keep it until the transaction ends. Receivers of
     * two topics that share keys would block each other if each took them as they came.
     */
    private static List<Delivery> inKeyOrder(List<Delivery> deliveries) {
        return deliveries.stream()
                .sorted(comparing(Delivery::key, nullsFirst(naturalOrder())))
                .toList();
    }

    private Fate receive(Delivery delivery, Position position) {
        var fate = decide(delivery, position);
        switch (fate) {
            case HELD -> hold(delivery, position);
            case APPLIED, UNREAD -> {
                if (position.gapLetter() != null) {
                    followUp(position);
                }
            }
            case REPEATED, LETTER -> {} // nothing waits for these
        }
        return fate;
    }

    private Fate withoutKey(Delivery delivery) {
        if (letters.hasWritten(delivery)) {
            return Fate.REPEATED;
        }
        letters.unreadable(delivery, "The record has no usable key");
        return Fate.LETTER;
    }

    private Fate decide(Delivery delivery, Position position) {
        var sequence = delivery.sequence();
        if (sequence != null && isRepeat(delivery, sequence, position)) {
            return Fate.REPEATED;
        }
        if (position.isBlocked()) {
            return Fate.HELD;
        }
        return switch (delivery.read(subscription.type())) {
            case Reading.Unreadable(var reason) -> unreadable(delivery, position, reason);
            case Reading.OfUnknownType(var received) when !takes(received, position) -> Fate.HELD;
            case Reading.OfUnknownType(var received) -> unread(delivery, received, position);
            case Reading.Readable(var received, _) when !takes(received, position) -> Fate.HELD;
            case Reading.Readable readable -> apply(delivery, readable, position);
        };
    }

    private boolean isRepeat(Delivery delivery, long sequence, Position position) {
        return position.hasApplied(sequence)
                || position.leftOut().contains(sequence) && letters.hasLeftOut(delivery);
    }

    private boolean takes(Received received, Position position) {
        return subscription.compacted() || position.takes(received.sequence());
    }

    private Fate unreadable(Delivery delivery, Position position, String reason) {
        if (letters.hasWritten(delivery)) {
            return Fate.REPEATED;
        }
        position.block(letters.unreadable(delivery, reason));
        return Fate.LETTER;
    }

    private Fate unread(Delivery delivery, Received received, Position position) {
        LOG.warn(
                "{} of {} key {} is unknown to this version and kept for one that knows it",
                received.type(),
                received.topic(),
                received.key());
        positions.keepUnread(delivery, received);
        position.moveTo(received.sequence());
        return Fate.UNREAD;
    }

    private Fate apply(Delivery delivery, Reading.Readable readable, Position position) {
        var fault = faulty.get(delivery.place());
        if (fault != null) {
            position.block(letters.failed(delivery, fault));
            return Fate.LETTER;
        }
        deliver(delivery, readable);
        position.moveTo(readable.received().sequence());
        return Fate.APPLIED;
    }

    private void deliver(Delivery delivery, Reading.Readable readable) {
        try {
            ScopedValue.where(EventLog.CAUSE, readable.received())
                    .call(
                            () -> {
                                subscription.deliver(readable.event(), readable.received());
                                if (oneByOne) {
                                    EventLog.writeWhatIsTold();
                                }
                                return null;
                            });
        } catch (Throwable fault) {
            throw new NotApplied(delivery.place(), fault);
        }
    }

    private void hold(Delivery delivery, Position position) {
        positions.hold(delivery);
        if (!position.isBlocked() && position.gapLetter() == null) {
            position.openGap(letters.gap(delivery, position.last()));
        }
    }

    /** Those that waited, as far as they can go on now. */
    private void followUp(Position position) {
        var done = new ArrayList<Long>();
        Delivery beyondGap = null;
        for (var held : positions.held(subscription.topic(), position.key)) {
            var fate = decide(held.delivery(), position);
            if (fate == Fate.HELD) {
                beyondGap = beyondGap == null ? held.delivery() : beyondGap;
            } else {
                count(fate);
                done.add(held.number());
            }
            if (position.isBlocked()) {
                break;
            }
        }
        positions.letGo(done);
        if (position.isBlocked()) {
            return;
        }
        var gap = position.gapLetter();
        if (beyondGap == null && gap != null) {
            letters.settle(gap, Outcome.APPLIED);
            position.closeGap();
        } else if (beyondGap != null && gap == null) {
            position.openGap(letters.gap(beyondGap, position.last()));
        }
    }

    /** Does what a human decided about a letter, then goes on with what waits behind it. */
    void redrive(UUID letterId, boolean skip) {
        var asked = letters.find(letterId).filter(Letters.Kept::isOpen);
        if (asked.isEmpty()) {
            LOG.info("Letter {} is not open: nothing to redrive", letterId);
            return;
        }
        var key = asked.get().delivery().key();
        if (key == null) {
            letters.settle(letterId, Outcome.LEFT_OUT);
            return;
        }
        var locked = positions.lock(subscription.topic(), new TreeSet<>(List.of(key)));
        var letter = letters.find(letterId).filter(Letters.Kept::isOpen);
        var position = locked.get(key);
        if (letter.isEmpty() || position == null) {
            return; // settled while this waited for the lock
        }
        if (letter.get().kind() == Kind.GAP) {
            redriveGap(letterId, position, skip);
        } else {
            redrive(letter.get(), position, skip);
        }
        positions.save(subscription.topic(), locked.values());
    }

    private void redrive(Letters.Kept letter, Position position, boolean skip) {
        var delivery = letter.delivery();
        var fault = faulty.get(delivery.place());
        if (fault != null) {
            letters.failedAgain(letter, fault);
            return;
        }
        var reading = delivery.read(subscription.type());
        if (!skip && reading instanceof Reading.OfUnknownType) {
            LOG.warn("Letter {} stays: this version does not know its type", letter.id());
            return;
        }
        if (!skip && reading instanceof Reading.Readable readable) {
            redrive(letter, readable, position);
        } else {
            leaveOut(letter, position);
        }
        if (letter.id().equals(position.blockedBy())) {
            position.unblock();
        }
        followUp(position);
    }

    private void redrive(Letters.Kept letter, Reading.Readable readable, Position position) {
        if (takes(readable.received(), position)) {
            deliver(letter.delivery(), readable);
            position.moveTo(readable.received().sequence());
        } else {
            positions.hold(letter.delivery()); // takes its turn among those that wait
        }
        letters.settle(letter.id(), Outcome.APPLIED);
    }

    private void leaveOut(Letters.Kept letter, Position position) {
        var sequence = letter.delivery().sequence();
        if (sequence != null) {
            position.leaveOut(sequence);
        }
        letters.settle(letter.id(), Outcome.LEFT_OUT);
    }

    /** Skipping a gap gives up what is missing; what comes of it later counts as a repeat. */
    private void redriveGap(UUID letterId, Position position, boolean skip) {
        if (position.isBlocked()) {
            LOG.info("Letter {} waits: its key is blocked by {}", letterId, position.blockedBy());
            return;
        }
        var waiting = positions.held(subscription.topic(), position.key);
        var first = waiting.isEmpty() ? null : waiting.getFirst().delivery().sequence();
        if (skip && first != null && !position.hasApplied(first)) {
            position.moveTo(first - 1);
            letters.settle(letterId, Outcome.LEFT_OUT);
            position.closeGap();
        }
        followUp(position);
    }

    /** Applies a record whose type was unknown when it came; its position moved on then. */
    void readAgain(Delivery delivery) {
        var key = delivery.key();
        if (key == null) {
            return;
        }
        positions.lock(subscription.topic(), new TreeSet<>(List.of(key)));
        if (delivery.read(subscription.type()) instanceof Reading.Readable readable
                && positions.takeUnread(delivery)) {
            deliver(delivery, readable);
            count(Fate.APPLIED);
        }
    }

    private void count(Fate fate) {
        fates.merge(fate, 1, Integer::sum);
    }
}
