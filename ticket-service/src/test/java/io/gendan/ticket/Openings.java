package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.Kind;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Opens many tickets of one customer at once. */
@TestComponent
class Openings {

    private static final Opening COMPLAINT = complaint(null);
    private static final Opening OF_AN_AUTHORITY =
            complaint(
                    new Authority(
                            AuthoritySource.PLATFORM_12315,
                            "G20261122",
                            LocalDate.of(2026, 11, 20),
                            null));

    private final Intake intake;
    private final JdbcTemplate jdbc;

    private static Opening complaint(@Nullable Authority authority) {
        return new Opening(
                Kind.COMPLAINT,
                Channel.APP,
                "+8613800138000",
                "小林",
                null,
                null,
                null,
                "广东",
                null,
                null,
                "LISTING.MISMATCH",
                "纸尿裤包装与页面不符",
                null,
                authority);
    }

    Openings(Intake intake, JdbcTemplate jdbc) {
        this.intake = intake;
        this.jdbc = jdbc;
    }

    List<UUID> open(int count, Caller caller) {
        return open(count, caller, COMPLAINT);
    }

    List<UUID> openOfAnAuthority(int count, Caller caller) {
        return open(count, caller, OF_AN_AUTHORITY);
    }

    private List<UUID> open(int count, Caller caller, Opening opening) {
        var requests =
                IntStream.range(0, count)
                        .mapToObj(_ -> intake.check(opening, caller, key(caller)))
                        .toList();
        var before = jdbc.queryForObject("SELECT max(number) FROM ticket", String.class);
        intake.open(requests);
        return jdbc.queryForList(
                "SELECT id FROM ticket WHERE number > ? ORDER BY number",
                UUID.class,
                before == null ? "" : before);
    }

    /** One that its agent keeps. */
    UUID take(Caller agent, @Nullable Resolution resolution) {
        var request = intake.check(COMPLAINT, new Taking(resolution), agent, key(agent));
        var answer = (Answer) intake.open(List.of(request)).getFirst();
        return UUID.fromString(
                answer.headers().get("Location").substring("/api/tickets/".length()));
    }

    private static IdempotencyKey key(Caller caller) {
        return new IdempotencyKey(caller.id(), UUID.randomUUID().toString(), "");
    }
}
