package io.gendan.messaging;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * In production a record that counts as told is on two disks at least. That bound is two and not
 * three, because what cannot be told for a while waits in the outbox, and what was told is gone
 * from it.
 */
final class TooFewReplicas extends RuntimeException {

    private static final Profiles PRODUCTION = Profiles.of("production");
    private static final int FEWEST = 2;

    private TooFewReplicas(String setting, short value) {
        super(
                "gendan.messaging.%s is %d, and in production it is %d at least: with the only disk it is on, an event would be lost"
                        .formatted(setting, value, FEWEST));
    }

    static void refuse(MessagingSettings settings, Environment environment) {
        if (environment.acceptsProfiles(PRODUCTION)) {
            refuse("replication", settings.replication());
            refuse("min-in-sync-replicas", settings.minInSyncReplicas());
        }
    }

    private static void refuse(String setting, short value) {
        if (value < FEWEST) {
            throw new TooFewReplicas(setting, value);
        }
    }

    /** Says it in one line, in place of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<TooFewReplicas> {

        @Override
        protected FailureAnalysis analyze(Throwable all, TooFewReplicas cause) {
            return new FailureAnalysis(cause.getMessage(), null, cause);
        }
    }
}
