package io.gendan.ticket;

import static io.gendan.ticket.MigratedStates.APP;
import static io.gendan.ticket.MigratedStates.LEADER;
import static io.gendan.ticket.MigratedStates.by;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gendan.api.Problem;
import io.gendan.events.CloseReason;
import io.gendan.events.Solved;
import io.gendan.ticket.SurveyDesk.Rating;
import io.gendan.ticket.TicketDesk.Words;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Whom nobody asks any more about a ticket that was closed before, its log tells. */
@TicketServiceTest
class SurveyMigrationTests {

    private static final String SCRIPT = "V20261129_0547__withdrawn_surveys.sql";

    @Autowired Openings openings;
    @Autowired TicketDesk desk;
    @Autowired SurveyDesk surveys;
    @Autowired Proposals proposals;
    @Autowired Vault vault;
    @Autowired MigratedStates states;
    @Autowired JdbcTemplate jdbc;

    private List<UUID> lives;

    @BeforeEach
    void closeAsNoSolution() {
        lives = Stream.generate(this::solved).limit(7).toList();
        close(lives.get(0), CloseReason.INVALID, Map.of("WHY", "误拨"));
        close(lives.get(1), CloseReason.WITHDRAWN, Map.of("WITHDRAWAL", "来电撤回"));
        rate(lives.get(2));
        close(lives.get(2), CloseReason.INVALID, Map.of("WHY", "误拨"));
        desk.reopen(by(APP, lives.get(3)), "还是坏的");
        close(lives.get(3), CloseReason.INVALID, Map.of("WHY", "误拨"));
        desk.confirm(by(APP, lives.get(4)));
        desk.reopen(by(APP, lives.get(5)), "还是坏的");
    }

    @Test
    void findsWhoseQuestionWasWithdrawn() throws Exception {
        assertThat(lives.stream().map(id -> survey(id).withdrawnAt() != null))
                .containsExactly(true, true, true, true, false, false, false);

        states.comeBack(lives, this::keepThemAsBefore, SCRIPT);
    }

    @Test
    void thenItsLinkLeadsNowhereAndGoesOutNoMore() throws Exception {
        keepThemAsBefore();
        jdbc.update(
                "UPDATE delivery SET outcome = NULL WHERE ticket_id = ANY (?)",
                (Object) lives.toArray(UUID[]::new));

        jdbc.execute(
                new ClassPathResource("db/migration/" + SCRIPT)
                        .getContentAsString(StandardCharsets.UTF_8));

        assertThat(lives.stream().map(this::isAskedStill))
                .containsExactly(false, false, false, false, true, true, true);
        assertThatThrownBy(() -> rate(lives.getFirst())).isInstanceOf(Problem.class);
        rate(lives.getLast());
    }

    private void keepThemAsBefore() {
        jdbc.update(
                """
                UPDATE ticket SET state = state #- '{survey,withdrawnAt}'
                WHERE jsonb_typeof(state -> 'survey') = 'object'
                """);
    }

    private boolean isAskedStill(UUID id) {
        return jdbc.queryForObject(
                        """
                        SELECT count(*) FROM delivery
                        WHERE ticket_id = ? AND kind = 'SURVEY' AND outcome IS NULL
                        """,
                        Long.class,
                        id)
                > 0;
    }

    /** And its customer, who is asked once a week, may be asked again. */
    private UUID solved() {
        var id = openings.open(1, APP).getFirst();
        proposals.assign(TicketFixtures.choice(id, 1, "agent-south-1"));
        desk.accept(by(LEADER, id));
        desk.answer(by(LEADER, id), new Words("新品已寄出", null, null));
        jdbc.update(
                """
                UPDATE asked_customer SET asked_at = asked_at - interval '8 days'
                WHERE customer_id = (SELECT customer_id FROM ticket WHERE id = ?)
                """,
                id);
        desk.resolve(by(LEADER, id), TicketFixtures.solution("已换货"));
        return id;
    }

    private void close(UUID id, CloseReason reason, Map<String, String> statements) {
        desk.close(by(LEADER, id), reason, statements);
    }

    private void rate(UUID id) {
        surveys.rate(vault.token(survey(id).id()), new Rating(Solved.YES, 5, null));
    }

    private Survey survey(UUID id) {
        return Objects.requireNonNull(states.of(id).survey());
    }
}
