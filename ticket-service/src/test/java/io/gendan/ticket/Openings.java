package io.gendan.ticket;

import io.gendan.api.Answer;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Channel;
import io.gendan.events.Kind;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

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
                    new AuthorityLetter(
                            AuthoritySource.PLATFORM_12315,
                            "G20261122",
                            LocalDate.of(2026, 11, 20),
                            null));

    private static final Opening ABOUT_PERSONAL_DATA =
            opening(
                    Kind.REQUEST,
                    new AuthorityLetter(AuthoritySource.PERSONAL_DATA, null, null, null));

    private final Intake intake;

    private static Opening complaint(@Nullable AuthorityLetter letter) {
        return opening(Kind.COMPLAINT, letter);
    }

    private static Opening opening(Kind kind, @Nullable AuthorityLetter letter) {
        return new Opening(
                kind,
                Channel.APP,
                "+8613800138000",
                "小林",
                null,
                null,
                null,
                null,
                "广东",
                null,
                null,
                "LISTING.MISMATCH",
                "纸尿裤包装与页面不符",
                null,
                letter,
                null,
                null);
    }

    Openings(Intake intake) {
        this.intake = intake;
    }

    List<UUID> open(int count, Caller caller) {
        return open(count, caller, COMPLAINT);
    }

    List<UUID> openOfAnAuthority(int count, Caller caller) {
        return open(count, caller, OF_AN_AUTHORITY);
    }

    List<UUID> openAboutPersonalData(int count, Caller caller) {
        return open(count, caller, ABOUT_PERSONAL_DATA);
    }

    private List<UUID> open(int count, Caller caller, Opening opening) {
        var requests =
                IntStream.range(0, count)
                        .mapToObj(_ -> intake.check(opening, caller, key(caller)))
                        .toList();
        return intake.open(requests).stream().map(Openings::opened).toList();
    }

    private static UUID opened(Object result) {
        var location = ((Answer) result).headers().get("Location");
        return UUID.fromString(location.substring("/api/tickets/".length()));
    }

    /** One that its agent keeps. */
    UUID take(Caller agent, @Nullable Resolution resolution) {
        var request = intake.check(COMPLAINT, new Taking(resolution), agent, key(agent));
        return opened(intake.open(List.of(request)).getFirst());
    }

    private static IdempotencyKey key(Caller caller) {
        return new IdempotencyKey(caller.id(), UUID.randomUUID().toString(), "");
    }
}
