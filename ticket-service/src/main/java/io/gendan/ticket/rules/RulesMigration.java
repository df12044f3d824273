package io.gendan.ticket.rules;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Adds the service rules that a fresh system has: {@code rules/2026.1.json}. */
@Component
class RulesMigration implements JavaMigration {

    static final String SHIPPED = "/rules/2026.1.json";

    private static final String INSERT =
            """
            INSERT INTO service_rules (version, valid_from, created_by, document)
            VALUES ('2026.1', '2000-01-01T00:00:00Z', 'system:ticket', ?::jsonb)\
            """;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("20261123.0126");
    }

    @Override
    public String getDescription() {
        return "service rules 2026 1";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws Exception {
        try (InputStream in = RulesMigration.class.getResourceAsStream(SHIPPED);
                var insert = context.getConnection().prepareStatement(INSERT)) {
            var document = Objects.requireNonNull(in, SHIPPED).readAllBytes();
            insert.setString(1, new String(document, StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
    }
}
