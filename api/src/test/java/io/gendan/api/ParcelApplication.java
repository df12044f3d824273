package io.gendan.api;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The smallest service with an API; nothing is scanned, the classes of the module stand beside it.
 */
@EnableAutoConfiguration
@Import(ParcelApplication.Parcels.class)
class ParcelApplication {

    enum Size3 {
        SMALL,
        LARGE,
        UNKNOWN
    }

    record Receiver(@NotBlank String name, @Nullable String phone) {}

    record NewParcel(
            @NotNull Size3 size,
            @NotNull @Valid Receiver receiver,
            @Nullable @Size(max = 3) List<@Valid Receiver> copies,
            @Nullable Map<String, String> labels,
            @Nullable Integer weight) {}

    @RestController
    static class Parcels {

        private final Idempotency idempotency;
        private final Answers answers;
        private final JdbcClient jdbc;
        final AtomicInteger effects = new AtomicInteger();

        Parcels(Idempotency idempotency, Answers answers, JdbcClient jdbc) {
            this.idempotency = idempotency;
            this.answers = answers;
            this.jdbc = jdbc;
        }

        @Allowed({Role.AGENT, Role.CHANNEL})
        @PostMapping("/parcels")
        ResponseEntity<String> create(
                Caller caller, IdempotencyKey key, @Valid @RequestBody NewParcel parcel) {
            return idempotency
                    .once(
                            key,
                            () -> {
                                var number = effects.incrementAndGet();
                                jdbc.sql("SELECT pg_sleep(0.05)").query().singleRow();
                                return answers.created(
                                        "/parcels/" + number,
                                        Map.of("number", number, "for", parcel.receiver().name()));
                            })
                    .toResponse();
        }

        @Allowed(Role.AGENT)
        @PostMapping("/parcels/failing")
        ResponseEntity<String> fail(IdempotencyKey key) {
            return idempotency
                    .once(
                            key,
                            () -> {
                                effects.incrementAndGet();
                                throw Problem.of(409, "parcel-gone", "P1").with("state", "GONE");
                            })
                    .toResponse();
        }

        @Allowed(Role.AGENT)
        @ChangesNothing
        @PostMapping("/parcels/search")
        Page<String> search(Paging paging) {
            return Page.of(List.of("a", "b", "c"), paging, Cursor::at);
        }

        @Allowed
        @GetMapping("/parcels/{id}")
        Map<String, Object> one(@PathVariable UUID id, Caller caller) {
            return Map.of("id", id, "caller", caller);
        }

        @Allowed
        @GetMapping("/parcels")
        Page<Integer> list(
                Paging paging,
                @RequestParam(required = false) @Nullable Size3 size,
                @RequestParam(required = false) @Nullable String text) {
            var after = paging.after();
            var first = after == null ? 1 : (int) after.number(0) + 1;
            var read =
                    java.util.stream.IntStream.rangeClosed(first, 5)
                            .boxed()
                            .limit(paging.rowsToRead())
                            .toList();
            return Page.of(read, paging, Cursor::at);
        }

        @GetMapping("/forgotten")
        String forgotten() {
            return "nobody said who may see this";
        }

        @Allowed
        @GetMapping("/open/{token}")
        Map<String, String> open(@PathVariable String token) {
            return Map.of("token", token);
        }

        @Allowed
        @PutMapping("/broken")
        void broken() {
            throw new IllegalStateException("password=secret");
        }

        @Allowed
        @PutMapping("/away/{when}")
        void away(@PathVariable String when) {
            throw switch (when) {
                case "before" -> new DataAccessResourceFailureException("connection refused");
                case "meanwhile" ->
                        new UncategorizedSQLException("", "", new SQLException("it is closed"));
                default -> new TransactionSystemException("rollback failed");
            };
        }
    }
}
