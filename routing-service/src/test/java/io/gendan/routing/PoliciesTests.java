package io.gendan.routing;

import static io.gendan.routing.RuleFixtures.RULES;
import static io.gendan.routing.RuleFixtures.complaint;
import static io.gendan.routing.RuleFixtures.consultation;
import static io.gendan.routing.RuleFixtures.intermediate;
import static io.gendan.routing.RuleFixtures.junior;
import static io.gendan.routing.RuleFixtures.majorConsultation;
import static io.gendan.routing.RuleFixtures.senior;
import static io.gendan.routing.RuleFixtures.vipConsultation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.AssignmentEvent.Candidate;
import io.gendan.events.Level;
import io.gendan.events.Priority;
import io.gendan.routing.Choice.Chosen;
import io.gendan.routing.Choice.Nobody;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

class PoliciesTests {

    @Test
    void choosesLeastLoadInProportionToCapacity() {
        assertThat(chosen(consultation(), junior("a", 30), senior("b", 40))).isEqualTo("b");
    }

    @Test
    void namesEverybodyWithTheReasonForLosingAndTheChosenFirst() {
        var choice =
                Policies.choose(
                        complaint(Priority.HIGH),
                        List.of(
                                offDuty(senior("a", 0)),
                                junior("b", 0),
                                intermediate("c", 0),
                                senior("d", 90),
                                senior("e", 40),
                                senior("f", 20)),
                        RULES);

        assertThat(choice.candidates())
                .containsExactly(
                        new Candidate("f", 20, 100, "chosen"),
                        new Candidate("e", 40, 100, "least load: 40 of 100 points in use"),
                        new Candidate(
                                "d",
                                90,
                                100,
                                "capacity: 90 of 100 points in use, the ticket weighs 20"),
                        new Candidate(
                                "c", 0, 80, "level: INTERMEDIATE may not take COMPLAINT HIGH"),
                        new Candidate("b", 0, 60, "level: JUNIOR may not take COMPLAINT HIGH"),
                        new Candidate("a", 0, 100, "presence: off duty"));
    }

    @Test
    void fillsAgentsToTheBrimAndNotBeyond() {
        assertThat(chosen(consultation(), junior("a", 50))).isEqualTo("a");
        assertThat(choose(consultation(), junior("a", 51))).isInstanceOf(Nobody.class);
    }

    @Test
    void boundsOpenTicketsWhateverTheyWeigh() {
        var many = new Contender("a", "A", Level.JUNIOR, Set.of(), true, 25, 25, false, null);

        assertThat(choose(consultation(), many)).isInstanceOf(Nobody.class);
    }

    @Test
    void prefersWhoKnowsTheCustomerToWhoIsIdle() {
        assertThat(chosen(vipConsultation(), senior("a", 0), junior("b", 40).knowing(true)))
                .isEqualTo("b");
    }

    @Test
    void doesNotOverloadWhoKnowsTheCustomer() {
        assertThat(chosen(consultation(), senior("a", 0), junior("b", 60).knowing(true)))
                .isEqualTo("a");
    }

    @Test
    void givesVipsToSeniorsAsLongAsOneIsFree() {
        assertThat(chosen(vipConsultation(), junior("a", 0), senior("b", 80))).isEqualTo("b");
        assertThat(chosen(vipConsultation(), junior("a", 0), senior("b", 100))).isEqualTo("a");
    }

    @Test
    void givesMajorsToSeniorsOnly() {
        assertThat(chosen(majorConsultation(), junior("a", 0), senior("b", 50))).isEqualTo("b");
        assertThat(choose(majorConsultation(), junior("a", 0), intermediate("b", 0)))
                .isInstanceOf(Nobody.class);
    }

    @Test
    void asksForSkillOfCategoryAndPhase() {
        assertThat(choose(consultation(), skilled(senior("a", 0), "REFUND")))
                .isInstanceOf(Nobody.class);
        assertThat(chosen(consultation(), skilled(senior("a", 0), "DELIVERY", "PRE_SALE")))
                .isEqualTo("a");
    }

    @Test
    void leavesOutWhomTheTicketRefused() {
        var need = consultation().refusedAlsoBy("a");

        assertThat(chosen(need, senior("a", 0), senior("b", 90))).isEqualTo("b");
        assertThat(choose(need, senior("a", 0))).isInstanceOf(Nobody.class);
    }

    @Test
    void takesTheLongestIdleOfEqualLoadAndTheNeverChosenFirst() {
        var early = chosenAt(senior("b", 0), Instant.EPOCH);
        var late = chosenAt(senior("a", 0), Instant.EPOCH.plusSeconds(1));

        assertThat(chosen(consultation(), late, early)).isEqualTo("b");
        assertThat(chosen(consultation(), late, early, senior("z", 0))).isEqualTo("z");
    }

    @Test
    void doesNotDependOnTheOrderOfContenders() {
        var contenders =
                new ArrayList<>(IntStream.range(0, 9).mapToObj(PoliciesTests::any).toList());
        var first = Policies.choose(consultation(), contenders, RULES);

        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(contenders, new Random(seed));
            assertThat(Policies.choose(consultation(), contenders, RULES)).isEqualTo(first);
        }
    }

    @Test
    void namesNoMoreCandidatesThanFitIntoAnEvent() {
        var crowd = IntStream.range(0, 100).mapToObj(PoliciesTests::any).toList();

        assertThat(Policies.choose(consultation(), crowd, RULES).candidates())
                .hasSize(Policies.NAMED_AT_MOST)
                .first()
                .extracting(Candidate::verdict)
                .isEqualTo("chosen");
    }

    @Test
    void findsNobodyInAnEmptyTeam() {
        assertThat(choose(consultation())).isEqualTo(new Nobody(List.of()));
    }

    private static Contender any(int number) {
        return senior("agent-%02d".formatted(number), number % 3 * 10);
    }

    private static Choice choose(Need need, Contender... contenders) {
        return Policies.choose(need, List.of(contenders), RULES);
    }

    private static String chosen(Need need, Contender... contenders) {
        return choose(need, contenders) instanceof Chosen(var contender, var _)
                ? contender.agent()
                : "nobody";
    }

    private static Contender offDuty(Contender c) {
        return new Contender(
                c.agent(),
                c.name(),
                c.level(),
                c.skills(),
                false,
                c.load(),
                c.open(),
                c.knows(),
                c.lastChosenAt());
    }

    private static Contender skilled(Contender c, String... skills) {
        return new Contender(
                c.agent(),
                c.name(),
                c.level(),
                Set.of(skills),
                true,
                c.load(),
                c.open(),
                c.knows(),
                c.lastChosenAt());
    }

    private static Contender chosenAt(Contender c, Instant at) {
        return new Contender(
                c.agent(),
                c.name(),
                c.level(),
                c.skills(),
                true,
                c.load(),
                c.open(),
                c.knows(),
                at);
    }
}
