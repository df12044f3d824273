package io.gendan.routing;

import io.gendan.events.Territory;
import io.gendan.events.TerritoryEvent.ProvinceServed;
import io.gendan.events.Topics;
import io.gendan.messaging.DatabaseClock;
import io.gendan.messaging.EventLog;
import io.gendan.messaging.EventLog.Entry;
import io.gendan.messaging.Origin;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells which territory serves each province when the rules, which come by migrations, say another
 * one than was told: once, whatever number of instances runs.
 */
@Component
class ToldProvinces implements ApplicationRunner {

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final EventLog log;
    private final DatabaseClock clock;

    ToldProvinces(JdbcClient jdbc, Ledger ledger, EventLog log, DatabaseClock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.log = log;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        var rules = ledger.rules().version();
        var now = clock.now();
        log.appendAll(
                jdbc
                        .sql(
                                """
                                INSERT INTO province_told AS told (code, territory)
                                SELECT code, territory FROM province
                                WHERE rule_version = ? ORDER BY code
                                ON CONFLICT (code) DO UPDATE SET territory = excluded.territory
                                WHERE told.territory <> excluded.territory
                                RETURNING code, territory
                                """)
                        .param(rules)
                        .query(
                                (row, _) ->
                                        new ProvinceServed(
                                                row.getString("code"),
                                                now,
                                                Territory.valueOf(row.getString("territory")),
                                                rules))
                        .list()
                        .stream()
                        .map(
                                served ->
                                        new Entry(
                                                Topics.TERRITORIES,
                                                served.key(),
                                                served,
                                                now,
                                                Origin.of(Announcements.ACTOR)))
                        .toList());
    }
}
