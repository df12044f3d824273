package io.gendan.ticket.rules;

import io.gendan.api.Caller;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.messaging.DatabaseClock;
import io.gendan.ticket.rules.Versions.Version;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The versions of the service rules. A version is in force no sooner than some seconds after it was
 * written, when every instance knows of it: which one was in force at an instant never changes.
 */
@Component
public class RuleBook {

    private static final Logger logger = LoggerFactory.getLogger(RuleBook.class);
    private static final String LOOKED_AT_EVERY = "PT1S";
    private static final Duration KNOWN_AFTER = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final DatabaseClock clock;
    private final Versions versions;
    private final Map<String, ServiceRules> documents = new ConcurrentHashMap<>();
    private volatile List<Start> starts;

    private record Start(String version, Instant validFrom) {}

    RuleBook(JdbcClient jdbc, JsonMapper json, DatabaseClock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.versions = new Versions(jdbc, "service_rules");
        this.starts = starts();
    }

    /** For a ticket that was created then. */
    public ServiceRules inForceAt(Instant at) {
        return document(versionAt(at));
    }

    /** By which that ticket is served. */
    public ServiceRules of(TicketCreated created) {
        return document(versionOf(created));
    }

    /** What its creation says; before it said so, what was in force then. */
    public String versionOf(TicketCreated created) {
        return created.rules() == null ? versionAt(created.at()) : created.rules();
    }

    public String versionAt(Instant at) {
        return starts.stream()
                .filter(start -> !start.validFrom().isAfter(at))
                .findFirst()
                .map(Start::version)
                .orElseThrow(() -> new IllegalStateException("No service rules at " + at));
    }

    /** For what is not of a ticket. */
    public ServiceRules inForce() {
        return inForceAt(clock.now());
    }

    @Scheduled(fixedDelayString = LOOKED_AT_EVERY)
    void look() {
        starts = starts();
    }

    /** Those that begin last first; of those that begin together the last written counts. */
    private List<Start> starts() {
        return jdbc.sql(
                        """
                        SELECT version, valid_from FROM service_rules
                        ORDER BY valid_from DESC, created_at DESC, version DESC
                        """)
                .query(
                        (row, _) ->
                                new Start(
                                        row.getString("version"),
                                        row.getObject("valid_from", OffsetDateTime.class)
                                                .toInstant()))
                .list();
    }

    private ServiceRules document(String version) {
        return documents.computeIfAbsent(
                version,
                _ ->
                        find(version)
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "No service rules " + version))
                                .document());
    }

    public Optional<RulesPage> find(String version) {
        return jdbc.sql(
                        """
                        SELECT version, valid_from, base, created_by, document FROM service_rules
                        WHERE version = :version
                        """)
                .param("version", version)
                .query(
                        (row, _) -> {
                            var found = Version.of(row);
                            return new RulesPage(
                                    found.version(),
                                    found.validFrom(),
                                    found.base(),
                                    found.createdBy(),
                                    json.readValue(row.getString("document"), ServiceRules.class));
                        })
                .optional();
    }

    /** The versions, those that begin last first. */
    public Page<Version> versions(Paging paging) {
        return versions.list(paging);
    }

    /**
     * Keeps a new version. Tickets opened before it go on by theirs.
     *
     * @throws Problem 422 when it makes no sense, 409 when there is such a version
     */
    @Transactional
    public RulesPage add(RulesDraft draft, Caller caller) {
        draft.document().check("/document");
        var soonest = clock.now().plus(KNOWN_AFTER);
        var from = Versions.begin(draft.validFrom(), soonest);
        if (draft.base() != null && find(draft.base()).isEmpty()) {
            throw Versions.invalid("/base", "Exists");
        }
        var made =
                new RulesPage(draft.version(), from, draft.base(), caller.id(), draft.document());
        if (!insert(made)) {
            throw Problem.of(409, "version-exists", made.version()).at("/version");
        }
        logger.info("Service rules {} from {} by {}", made.version(), from, caller.id());
        return made;
    }

    private boolean insert(RulesPage made) {
        return jdbc.sql(
                                """
                                INSERT INTO service_rules
                                    (version, valid_from, base, created_by, document)
                                VALUES (:version, :from, :base, :by, CAST(:document AS jsonb))
                                ON CONFLICT DO NOTHING
                                """)
                        .param("version", made.version())
                        .param("from", made.validFrom().atOffset(ZoneOffset.UTC))
                        .param("base", made.base())
                        .param("by", made.createdBy())
                        .param("document", json.writeValueAsString(made.document()))
                        .update()
                == 1;
    }
}
