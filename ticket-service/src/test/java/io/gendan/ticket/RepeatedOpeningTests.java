package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gendan.api.Answer;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.Channel;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Kind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The answer was lost on its way, and by now the same would be refused. */
@TicketServiceTest
class RepeatedOpeningTests {

    private static final Caller APP = new Caller("app", "App", Set.of(Role.CHANNEL));

    @Autowired IntakeLine line;
    @Autowired Idempotency idempotency;

    /** Before anything is asked of the database that all share, and in the midst of it. */
    private enum Refused {
        CATEGORY_UNKNOWN {
            @Override
            Opening opening() {
                return about("GONE.BY_NOW", null);
            }
        },
        CONTACT_TIMES {
            @Override
            Opening opening() {
                var contact =
                        new Incoming(
                                Channel.PHONE,
                                ContactOutcome.ANSWERED,
                                Instant.parse("2020-01-01T00:00:00Z"),
                                null,
                                null);
                return about("LISTING.MISMATCH", contact);
            }
        };

        abstract Opening opening();

        String slug() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameKeyGetsTheSameAnswer(Refused refused) {
        var key = key(UUID.randomUUID(), "f");
        var answer = new Answer(201, Map.of("Location", "/api/tickets/1"), "{}");
        idempotency.once(key, () -> answer);

        assertThat(line.open(refused.opening(), null, APP, key)).isEqualTo(answer);
    }

    @ParameterizedTest
    @EnumSource
    void anotherBodyUnderTheKeyIsRefusedAsSuch(Refused refused) {
        var value = UUID.randomUUID();
        idempotency.once(key(value, "f"), () -> new Answer(201, Map.of(), "{}"));

        assertThat(problem(refused, key(value, "g"))).isEqualTo("idempotency-key-reused");
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatNothingIsKeptUnderHidesNoRefusal(Refused refused) {
        assertThat(problem(refused, key(UUID.randomUUID(), "f"))).isEqualTo(refused.slug());
    }

    private String problem(Refused refused, IdempotencyKey key) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> line.open(refused.opening(), null, APP, key))
                .actual()
                .slug();
    }

    private static IdempotencyKey key(UUID value, String fingerprint) {
        return new IdempotencyKey(APP.id(), value.toString(), fingerprint);
    }

    private static Opening about(String category, @Nullable Incoming contact) {
        return new Opening(
                Kind.REQUEST,
                Channel.PHONE,
                TicketAtWork.someone(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                category,
                "少发一件",
                null,
                null,
                contact,
                null);
    }
}
