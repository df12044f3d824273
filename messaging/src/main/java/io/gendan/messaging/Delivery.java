package io.gendan.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A record as it came from the broker, now or earlier: right or wrong, in a form to be kept. */
record Delivery(
        String topic,
        int partition,
        long offset,
        Instant at,
        @Nullable String key,
        Map<String, String> headers,
        byte @Nullable [] value) {

    /** What is longer fits no index. */
    private static final int LONGEST_KEY = 512;

    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,127}");
    private static final Pattern SEQUENCE = Pattern.compile("[1-9][0-9]{0,17}");

    /** What a version of this service makes of it. */
    sealed interface Reading {

        record Readable(Received received, Object event) implements Reading {}

        record OfUnknownType(Received received) implements Reading {}

        record Unreadable(String reason) implements Reading {}
    }

    static Delivery of(ConsumerRecord<String, byte[]> consumed) {
        var headers = new LinkedHashMap<String, String>();
        for (var header : consumed.headers()) {
            if (header.value() != null) {
                headers.put(
                        storable(header.key()),
                        storable(new String(header.value(), StandardCharsets.UTF_8)));
            }
        }
        return new Delivery(
                consumed.topic(),
                consumed.partition(),
                consumed.offset(),
                Instant.ofEpochMilli(consumed.timestamp()),
                usable(consumed.key()),
                headers,
                consumed.value());
    }

    /** The same each time the record is read, and another when the topic was made anew. */
    UUID place() {
        var place = topic + '/' + partition + '/' + offset + '/' + at.toEpochMilli();
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
    }

    @Nullable Long sequence() {
        var text = headers.get("ce_sequence");
        return text != null && SEQUENCE.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    @Nullable String type() {
        var text = headers.get("ce_type");
        return text != null && TYPE.matcher(text).matches() ? text : null;
    }

    @Nullable String id() {
        return headers.get("ce_id");
    }

    Reading read(Class<?> sealedType) {
        var sequence = sequence();
        var type = type();
        var id = id();
        if (key == null) {
            return new Reading.Unreadable("The record has no usable key");
        }
        if (sequence == null) {
            return new Reading.Unreadable("Header ce_sequence is missing or no positive number");
        }
        if (type == null) {
            return new Reading.Unreadable("Header ce_type is missing or no name of a type");
        }
        if (id == null || id.isBlank()) {
            return new Reading.Unreadable("Header ce_id is missing");
        }
        var received =
                new Received(
                        topic, key, sequence, uuid(id), type, time(), headers.get("traceparent"));
        var recordType = EventJson.types(sealedType).get(type);
        if (recordType == null) {
            return new Reading.OfUnknownType(received);
        }
        return value == null
                ? new Reading.Unreadable("The record has no value")
                : read(value, recordType, received);
    }

    private static Reading read(byte[] value, Class<?> recordType, Received received) {
        try {
            var event = EventJson.MAPPER.readValue(value, recordType);
            var missing = event == null ? "everything" : EventJson.missing(event);
            return event == null || missing != null
                    ? new Reading.Unreadable("%s lacks %s".formatted(received.type(), missing))
                    : new Reading.Readable(received, event);
        } catch (JacksonException e) {
            return new Reading.Unreadable(
                    "Not readable as %s: %s".formatted(received.type(), e.getOriginalMessage()));
        }
    }

    private Instant time() {
        var time = headers.get("ce_time");
        try {
            return time == null ? at : Instant.parse(time);
        } catch (DateTimeException _) {
            return at;
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static @Nullable String usable(@Nullable String key) {
        var isUsable =
                key != null
                        && !key.isEmpty()
                        && key.length() <= LONGEST_KEY
                        && key.indexOf('\0') < 0;
        return isUsable ? key : null;
    }

    /** PostgreSQL keeps every character but this one. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
