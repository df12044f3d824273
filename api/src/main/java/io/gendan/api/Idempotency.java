package io.gendan.api;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same key again waits for, and gets, the same answer. Key, answer and effect are written in
 * one transaction: a crash leaves all of them or none, so nothing is lost and nothing done twice.
 *
 * <p>Answers are kept, problems are not: an effect that throws is rolled back together with its
 * key, and the same request may be tried again. An effect whose refusal shall be repeated returns
 * it as an {@link Answer}. Works under READ COMMITTED, the default: a later transaction must see
 * what it waited for.
 */
public class Idempotency {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final JsonMapper json;
    private final AnswerSeal seal;

    Idempotency(
            JdbcClient jdbc, TransactionOperations transaction, JsonMapper json, AnswerSeal seal) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.seal = seal;
    }

    /** An answer known before its effect is written, under the key it belongs to. */
    public record Entry(IdempotencyKey key, Answer answer) {}

    /** What became of an {@link Entry}. */
    public sealed interface Outcome {

        /** Nobody used the key: write the effect, in this transaction. */
        record First() implements Outcome {}

        /** The same request was answered before: give this, write nothing. */
        record Repeat(Answer answer) implements Outcome {}

        /** The key belongs to another request: refuse with {@link Idempotency#keyReused()}. */
        record Reused() implements Outcome {}
    }

    /**
     * Runs the effect and keeps its answer, or gives the answer kept for the key. Starts a
     * transaction or takes part in the caller's. While another request with this key is being
     * answered, waits for it.
     *
     * @throws Problem 422 when the key was used for another request
     */
    public Answer once(IdempotencyKey key, Supplier<Answer> effect) {
        return transaction.execute(
                _ -> {
                    var mine =
                            jdbc.sql(
                                            """
                                            INSERT INTO idempotency_key (client, key, fingerprint)
                                            VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                                            """)
                                    .params(key.client(), key.value(), key.fingerprint())
                                    .update();
                    return mine == 1 ? keep(key, effect.get()) : kept(key);
                });
    }

    /**
     * The answer kept for the key, without an effect; nothing when there is none by now.
     *
     * @throws Problem 422 when the key was used for another request
     */
    public Optional<Answer> answered(IdempotencyKey key) {
        var kept = keptAnswers(List.of(key));
        return kept.isEmpty() ? Optional.empty() : Optional.of(answer(outcome(key, kept)));
    }

    /**
     * Claims many keys and keeps their answers in one round trip (a second one only when some were
     * used before). To be called within the transaction that then writes the effects of those that
     * are {@link Outcome.First}; when it rolls back, no key was claimed. Waits while another
     * transaction holds one of the keys; keys are taken in one order everywhere, so two batches do
     * not block each other. Of two equal keys in one batch the first is First, the second its
     * Repeat.
     *
     * @return one outcome for each entry, in their order
     */
    public List<Outcome> storeAll(List<Entry> entries) {
        var claimed = claim(entries);
        var outcomes = new ArrayList<@Nullable Outcome>(entries.size());
        var rest = new ArrayList<IdempotencyKey>();
        for (var entry : entries) {
            if (claimed.remove(Id.of(entry.key()))) {
                outcomes.add(new Outcome.First());
            } else {
                outcomes.add(null);
                rest.add(entry.key());
            }
        }
        if (!rest.isEmpty()) {
            var kept = keptAnswers(rest);
            for (int i = 0; i < entries.size(); i++) {
                if (outcomes.get(i) == null) {
                    outcomes.set(i, outcome(entries.get(i).key(), kept));
                }
            }
        }
        return outcomes.stream().map(Objects::requireNonNull).toList();
    }

    /** The same key came with another request. */
    public static Problem keyReused() {
        return Problem.of(422, "idempotency-key-reused");
    }

    private HashSet<Id> claim(List<Entry> entries) {
        int count = entries.size();
        var clients = new String[count];
        var keys = new String[count];
        var fingerprints = new String[count];
        var statuses = new Integer[count];
        var headers = new String[count];
        var bodies = new @Nullable String[count];
        for (int i = 0; i < count; i++) {
            var entry = entries.get(i);
            clients[i] = entry.key().client();
            keys[i] = entry.key().value();
            fingerprints[i] = entry.key().fingerprint();
            statuses[i] = entry.answer().status();
            headers[i] = json.writeValueAsString(entry.answer().headers());
            bodies[i] = sealed(entry.answer());
        }
        return new HashSet<>(
                jdbc.sql(
                                """
                                INSERT INTO idempotency_key
                                    (client, key, fingerprint, status, headers, body)
                                SELECT client, key, fingerprint, status, headers::jsonb, body
                                FROM unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::text[],
                                    ?::text[]) WITH ORDINALITY AS entry
                                    (client, key, fingerprint, status, headers, body, position)
                                ORDER BY client, key, position
                                ON CONFLICT DO NOTHING
                                RETURNING client, key
                                """)
                        .params(clients, keys, fingerprints, statuses, headers, bodies)
                        .query((row, _) -> new Id(row.getString(1), row.getString(2)))
                        .list());
    }

    private Answer keep(IdempotencyKey key, Answer answer) {
        jdbc.sql(
                        """
                        UPDATE idempotency_key SET status = ?, headers = ?::jsonb, body = ?
                        WHERE client = ? AND key = ?
                        """)
                .param(answer.status())
                .param(json.writeValueAsString(answer.headers()))
                .param(sealed(answer))
                .param(key.client())
                .param(key.value())
                .update();
        return answer;
    }

    private Answer kept(IdempotencyKey key) {
        return answer(outcome(key, keptAnswers(List.of(key))));
    }

    private static Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Repeat(var answer) -> answer;
            case Outcome.Reused() -> throw keyReused();
            case Outcome.First() ->
                    throw new IllegalStateException("A key in use cannot be the first");
        };
    }

    private static Outcome outcome(IdempotencyKey key, Map<Id, Kept> kept) {
        var before = kept.get(Id.of(key));
        if (before == null) {
            // Purged between the two statements: whoever asks again gets through.
            throw Problem.of(503, "away").retryAfter(Duration.ofSeconds(1));
        }
        return before.fingerprint().equals(key.fingerprint())
                ? new Outcome.Repeat(before.answer())
                : new Outcome.Reused();
    }

    private Map<Id, Kept> keptAnswers(List<IdempotencyKey> keys) {
        var kept = new HashMap<Id, Kept>();
        jdbc.sql(
                        """
                        SELECT client, key, fingerprint, status, headers, body
                        FROM idempotency_key
                        WHERE (client, key) IN (SELECT * FROM unnest(?::text[], ?::text[]))
                        """)
                .params(
                        keys.stream().map(IdempotencyKey::client).toArray(String[]::new),
                        keys.stream().map(IdempotencyKey::value).toArray(String[]::new))
                .query(
                        row -> {
                            kept.put(
                                    new Id(row.getString("client"), row.getString("key")),
                                    new Kept(
                                            row.getString("fingerprint"),
                                            new Answer(
                                                    row.getInt("status"),
                                                    json.readValue(
                                                            row.getString("headers"), HEADERS),
                                                    opened(row.getString("body")))));
                        });
        return kept;
    }

    private @Nullable String sealed(Answer answer) {
        return answer.body() == null ? null : seal.seal(answer.body());
    }

    private @Nullable String opened(@Nullable String body) {
        return body == null ? null : seal.open(body);
    }

    private record Id(String client, String key) {

        static Id of(IdempotencyKey key) {
            return new Id(key.client(), key.value());
        }
    }

    private record Kept(String fingerprint, Answer answer) {}
}
