package io.gendan.ticket.rules;

import io.gendan.messaging.CodeMigration;

import org.flywaydb.core.api.migration.Context;
import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/** Adds a version of the service rules that a fresh system has, from {@code rules/}. */
final class RulesMigration extends CodeMigration {

    private static final String INSERT =
            """
            INSERT INTO service_rules (version, valid_from, base, created_by, document)
            VALUES (?, ?::timestamptz, ?, 'system:ticket', ?::jsonb)\
            """;

    private final String version;
    private final Instant validFrom;
    private final @Nullable String base;

    /**
     * @param number of the migration
     * @param validFrom before anything that somebody wrote themselves
     */
    RulesMigration(String number, String version, Instant validFrom, @Nullable String base) {
        super(number, "service rules " + version.replace('.', ' '));
        this.version = version;
        this.validFrom = validFrom;
        this.base = base;
    }

    static String document(String version) {
        return "/rules/" + version + ".json";
    }

    @Override
    public void migrate(Context context) throws Exception {
        var document = document(version);
        try (InputStream in = RulesMigration.class.getResourceAsStream(document);
                var insert = context.getConnection().prepareStatement(INSERT)) {
            var text = Objects.requireNonNull(in, document).readAllBytes();
            insert.setString(1, version);
            insert.setString(2, validFrom.toString());
            insert.setString(3, base);
            insert.setString(4, new String(text, StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
    }
}
