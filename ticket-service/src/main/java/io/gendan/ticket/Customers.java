package io.gendan.ticket;

import io.gendan.ticket.rules.Grade;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Persons, found by phone number without the database ever seeing one. */
@Repository
public class Customers {

    private final JdbcClient jdbc;
    private final Vault vault;

    /** A person as far as a ticket shows one. */
    public record Customer(UUID id, @Nullable String name, String maskedPhone, Grade grade) {}

    /** The same with nothing masked. */
    public record Revealed(UUID id, @Nullable String name, String phone) {}

    Customers(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** Those of the numbers (E.164) that are written down already, by number. */
    Map<String, Customer> known(Collection<String> phones) {
        var byPhone = new HashMap<String, Customer>();
        jdbc.sql(
                        """
                        SELECT id, phone_sealed, name_sealed, grade FROM customer
                        WHERE phone_index = ANY (?)
                        """)
                .param(phones.stream().map(vault::index).toArray(byte[][]::new))
                .query(
                        row -> {
                            var phone = vault.open(row.getBytes("phone_sealed"));
                            byPhone.put(
                                    phone,
                                    customer(
                                            row.getObject("id", UUID.class),
                                            phone,
                                            row.getBytes("name_sealed"),
                                            row.getString("grade")));
                        });
        return byPhone;
    }

    /** Somebody new, not written down yet. */
    static Customer stranger(UUID id, String phone, @Nullable String name) {
        return new Customer(id, name, Masking.phone(phone), Grade.NORMAL);
    }

    /**
     * Writes strangers down, by number. In one order everywhere, so that two batches with the same
     * strangers wait for each other instead of blocking each other.
     *
     * @throws ConcurrencyFailureException when somebody else wrote one of them down meanwhile:
     *     nothing is to be kept, and the next try knows them
     */
    void writeDown(SortedMap<String, Customer> strangers, Instant now) {
        var written =
                jdbc.sql(
                                """
                                INSERT INTO customer
                                    (id, phone_index, phone_sealed, name_sealed, created_at)
                                SELECT stranger.id, stranger.phone_index, stranger.phone,
                                       stranger.name, :now
                                FROM unnest(:ids, :indexes, :phones, :names)
                                    WITH ORDINALITY
                                    AS stranger (id, phone_index, phone, name, place)
                                ORDER BY stranger.place
                                ON CONFLICT DO NOTHING
                                """)
                        .param("now", Rows.timestamp(now))
                        .param("ids", column(strangers, (_, one) -> one.id()).toArray(UUID[]::new))
                        .param(
                                "indexes",
                                column(strangers, (phone, _) -> vault.index(phone))
                                        .toArray(byte[][]::new))
                        .param(
                                "phones",
                                column(strangers, (phone, _) -> vault.seal(phone))
                                        .toArray(byte[][]::new))
                        .param(
                                "names",
                                column(strangers, (_, one) -> sealedName(one))
                                        .toArray(byte[][]::new))
                        .update();
        if (written != strangers.size()) {
            throw new ConcurrencyFailureException("A customer was written down meanwhile");
        }
    }

    private static <T extends @Nullable Object> Stream<T> column(
            SortedMap<String, Customer> strangers, BiFunction<String, Customer, T> value) {
        return strangers.entrySet().stream()
                .map(entry -> value.apply(entry.getKey(), entry.getValue()));
    }

    private byte @Nullable [] sealedName(Customer stranger) {
        return stranger.name() == null ? null : vault.seal(stranger.name());
    }

    /** Of whoever has the number, written down if nobody was known by it. */
    UUID idOf(Phone phone, @Nullable String name) {
        var index = vault.index(phone.e164());
        return idOf(index)
                .or(() -> writeDown(index, phone, name))
                .or(() -> idOf(index))
                .orElseThrow(() -> new ConcurrencyFailureException("A customer went away"));
    }

    private Optional<UUID> idOf(byte[] index) {
        return jdbc.sql("SELECT id FROM customer WHERE phone_index = ?")
                .param(index)
                .query(UUID.class)
                .optional();
    }

    /** Empty when somebody else wrote them down meanwhile. */
    private Optional<UUID> writeDown(byte[] index, Phone phone, @Nullable String name) {
        return jdbc.sql(
                        """
                        INSERT INTO customer (id, phone_index, phone_sealed, name_sealed, created_at)
                        VALUES (uuidv7(), ?, ?, ?, clock_timestamp())
                        ON CONFLICT DO NOTHING RETURNING id
                        """)
                .param(index)
                .param(vault.seal(phone.e164()))
                .param(name == null ? null : vault.seal(name))
                .query(UUID.class)
                .optional();
    }

    Optional<Customer> find(UUID id) {
        return jdbc.sql("SELECT id, phone_sealed, name_sealed, grade FROM customer WHERE id = ?")
                .param(id)
                .query(
                        (row, _) ->
                                customer(
                                        id,
                                        vault.open(row.getBytes("phone_sealed")),
                                        row.getBytes("name_sealed"),
                                        row.getString("grade")))
                .optional();
    }

    Optional<Revealed> revealed(UUID id) {
        return jdbc.sql("SELECT phone_sealed, name_sealed FROM customer WHERE id = ?")
                .param(id)
                .query(
                        (row, _) ->
                                new Revealed(
                                        id,
                                        opened(row.getBytes("name_sealed")),
                                        vault.open(row.getBytes("phone_sealed"))))
                .optional();
    }

    Customer customer(UUID id, byte[] phoneSealed, byte @Nullable [] nameSealed, String grade) {
        return customer(id, vault.open(phoneSealed), nameSealed, grade);
    }

    private Customer customer(UUID id, String phone, byte @Nullable [] nameSealed, String grade) {
        return new Customer(id, opened(nameSealed), Masking.phone(phone), Grade.valueOf(grade));
    }

    private @Nullable String opened(byte @Nullable [] sealed) {
        return sealed == null ? null : vault.open(sealed);
    }
}
