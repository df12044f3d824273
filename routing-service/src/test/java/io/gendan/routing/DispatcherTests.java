package io.gendan.routing;

import static io.gendan.events.ClockStep.OFFER_AGAIN;
import static io.gendan.events.ClockStep.TELL_LEADER;
import static io.gendan.routing.TicketStory.complaintFrom;
import static io.gendan.routing.TicketStory.consultationFrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.events.AssignmentEvent;
import io.gendan.events.AssignmentEvent.AgentAwaited;
import io.gendan.events.AssignmentEvent.AgentChosen;
import io.gendan.events.AssignmentEvent.TeamChosen;
import io.gendan.events.AssignmentEvent.TransferRefused;
import io.gendan.events.Kind;
import io.gendan.events.Priority;
import io.gendan.events.Territory;
import io.gendan.events.Topics;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.EventLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tests use one territory, Guangdong's, with the roster of the seed: two seniors of four. */
@RoutingTest
class DispatcherTests {

    private static final String GUANGDONG = "440305";
    private static final String SHANGHAI = "31";

    @Autowired Dispatcher dispatcher;
    @Autowired PresenceDesk presence;
    @Autowired EventLog eventLog;
    @Autowired JdbcClient jdbc;

    @BeforeEach
    void emptyTheFloor() {
        jdbc.sql("DELETE FROM waiting").update();
        jdbc.sql("DELETE FROM reservation").update();
        jdbc.sql("DELETE FROM ticket").update();
        jdbc.sql("UPDATE agent SET on_duty = true, last_chosen_at = NULL").update();
        jdbc.sql("UPDATE team SET vips_in_a_row = 0").update();
    }

    @Test
    void proposesAnAgentOfTheTerritoryWithTheWholeReason() {
        var ticket = consultationFrom(GUANGDONG);

        dispatcher.created(ticket.created());

        var chosen = chosen(ticket);
        assertThat(chosen.territory()).isEqualTo(Territory.SOUTH);
        assertThat(chosen.team()).isEqualTo("south");
        assertThat(chosen.agent()).startsWith("agent-south-");
        assertThat(chosen.round()).isEqualTo(1);
        assertThat(chosen.decision().ruleVersion()).isEqualTo("2026.1");
        assertThat(chosen.decision().territoryReason())
                .isEqualTo("province 44 Guangdong by PROVINCE");
        assertThat(chosen.decision().candidates()).hasSize(4);
        assertThat(loadOf(chosen.agent())).isEqualTo(10);
    }

    @Test
    void seeksNobodyForWhatWasTakenAndTellsWhereTheCustomerBelongs() {
        var ticket = consultationFrom(GUANGDONG).takenBy("agent-north-1");

        dispatcher.created(ticket.created());

        assertThat(said(ticket))
                .singleElement()
                .isInstanceOfSatisfying(
                        TeamChosen.class,
                        team -> {
                            assertThat(team.territory()).isEqualTo(Territory.SOUTH);
                            assertThat(team.servedBy()).isEqualTo(Territory.NORTH);
                            assertThat(team.team()).isEqualTo("north");
                            assertThat(team.stay()).isEqualTo(1);
                        });
        assertThat(totalLoad()).isZero();
        assertThat(waiting()).isEmpty();
        dispatcher.assigned(ticket.assigned("agent-north-1", Territory.NORTH, "north"));
        dispatcher.accepted(ticket.accepted("agent-north-1"));
        assertThat(loadOf("agent-north-1")).isEqualTo(10);
        assertThat(said(ticket)).hasSize(1);
        dispatcher.resolved(ticket.resolved("agent-north-1"));
        assertThat(loadOf("agent-north-1")).isZero();
    }

    @Test
    void leavesItsTerritoryToASpecialistWhoTookIt() {
        var ticket = consultationFrom(GUANGDONG).atTier(2).takenBy("escalation-2-1");

        dispatcher.created(ticket.created());

        assertThat(said(ticket))
                .singleElement()
                .isInstanceOfSatisfying(
                        TeamChosen.class,
                        team -> {
                            assertThat(team.servedBy()).isEqualTo(Territory.SOUTH);
                            assertThat(team.team()).isEqualTo("tier-2-desk");
                        });
    }

    @Test
    void sendsWhomNothingPlacesWhereMostCapacityIsLeft() {
        var everywhereElse = List.of("north", "northeast", "east", "south", "central", "northwest");
        everywhereElse.forEach(team -> onDuty("agent-" + team + "-1", false));
        var ticket = consultationFrom("");

        dispatcher.created(ticket.created());

        assertThat(chosen(ticket).team()).isEqualTo("southwest");
    }

    @Test
    void confirmsWhatTheTicketTook() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var agent = chosen(ticket).agent();

        dispatcher.assigned(ticket.assigned(agent));

        assertThat(loadOf(agent)).isEqualTo(10);
        assertThat(stateOf(ticket)).isEqualTo("CONFIRMED");
    }

    @Test
    void movesTheLoadToWhoTookItInstead() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var proposed = chosen(ticket).agent();

        dispatcher.assigned(ticket.assigned("agent-east-1"));
        dispatcher.refused(ticket.refused(1, proposed));

        assertThat(loadOf(proposed)).isZero();
        assertThat(loadOf("agent-east-1")).isEqualTo(10);
        assertThat(said(ticket)).hasSize(1);
    }

    @Test
    void seeksAnewForATicketThatTurnsOutToBelongElsewhere() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var before = chosen(ticket).agent();
        dispatcher.assigned(ticket.assigned(before));

        dispatcher.turnedOut(ticket.turnsOutForOthers(Kind.COMPLAINT, Priority.NORMAL, SHANGHAI));

        assertThat(loadOf(before)).isZero();
        var after = chosen(ticket);
        assertThat(after.round()).isEqualTo(2);
        assertThat(after.territory()).isEqualTo(Territory.EAST);
        assertThat(after.team()).isEqualTo("east");
        assertThat(loadOf(after.agent())).isEqualTo(20);
    }

    @Test
    void whoWorksOnATicketKeepsItWhateverItTurnsOutToBe() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var agent = chosen(ticket).agent();
        dispatcher.assigned(ticket.assigned(agent));
        dispatcher.accepted(ticket.accepted(agent));
        dispatcher.waiting(ticket.waits());
        assertThat(loadOf(agent)).isEqualTo(2);

        dispatcher.turnedOut(ticket.turnsOut(Kind.COMPLAINT, Priority.HIGH, SHANGHAI));

        assertThat(loadOf(agent)).isEqualTo(6);
        assertThat(said(ticket).getLast())
                .isInstanceOfSatisfying(
                        TeamChosen.class,
                        placed -> {
                            assertThat(placed.territory()).isEqualTo(Territory.EAST);
                            assertThat(placed.servedBy()).isEqualTo(Territory.SOUTH);
                            assertThat(placed.team()).isEqualTo("south");
                        });
        dispatcher.resumed(ticket.resumes());
        assertThat(loadOf(agent)).isEqualTo(30);
    }

    @Test
    void standsInTheLineAsWhatItTurnedOutToBe() {
        IntStream.rangeClosed(1, 4).forEach(n -> onDuty("agent-south-" + n, false));
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());

        dispatcher.turnedOut(ticket.turnsOut(Kind.COMPLAINT, Priority.NORMAL, GUANGDONG));

        var sort = jdbc.sql("SELECT sort FROM waiting WHERE ticket_id = ?").param(ticket.id());
        assertThat(sort.query(String.class).single()).startsWith("COMPLAINT/NORMAL/");
        onDuty("agent-south-1", true);
    }

    @Test
    void proposesAnotherForATransferAndMovesTheLoadOnceTheyAccept() {
        var ticket = heldBy("agent-south-1");

        dispatcher.transferRequested(ticket.wantsOther("agent-south-2", null, null));

        var chosen = chosen(ticket);
        assertThat(chosen.agent()).isEqualTo("agent-south-2");
        assertThat(chosen.round()).isEqualTo(2);
        assertThat(loadOf("agent-south-1")).isEqualTo(10);
        assertThat(loadOf("agent-south-2")).isEqualTo(10);
        dispatcher.assigned(ticket.assigned("agent-south-2"));
        dispatcher.accepted(ticket.accepted("agent-south-2"));
        assertThat(loadOf("agent-south-1")).isZero();
        assertThat(loadOf("agent-south-2")).isEqualTo(10);
    }

    @Test
    void leavesTheLoadWhereItIsWhenATransferComesToNothing() {
        var ticket = heldBy("agent-south-1");
        dispatcher.transferRequested(ticket.wantsOther(null, "south", null));
        var offered = chosen(ticket).agent();
        assertThat(offered).isNotEqualTo("agent-south-1");

        dispatcher.transferEnded(ticket.keepsOwner());

        assertThat(loadOf(offered)).isZero();
        assertThat(loadOf("agent-south-1")).isEqualTo(10);
    }

    @Test
    void offersATransferToTheNextOneOfTheTeamUntilThereIsNone() {
        var ticket = heldBy("agent-south-1");
        dispatcher.transferRequested(ticket.wantsOther(null, "south", null));
        var first = chosen(ticket).agent();

        dispatcher.transferRequested(ticket.wantsOther(null, "south", null, first));

        var second = chosen(ticket).agent();
        assertThat(second).isNotIn(first, "agent-south-1");
        assertThat(loadOf(first)).isZero();
        assertThat(loadOf(second)).isEqualTo(10);
        var all = List.of("agent-south-2", "agent-south-3", "agent-south-4");
        dispatcher.transferRequested(
                ticket.wantsOther(null, "south", null, all.toArray(String[]::new)));
        assertThat(said(ticket).getLast()).isInstanceOf(TransferRefused.class);
        assertThat(all).allSatisfy(agent -> assertThat(loadOf(agent)).isZero());
    }

    @Test
    void transfersToAnotherTerritorysTeam() {
        var ticket = heldBy("agent-south-1");

        dispatcher.transferRequested(ticket.wantsOther(null, null, Territory.EAST));

        var chosen = chosen(ticket);
        assertThat(chosen.territory()).isEqualTo(Territory.SOUTH);
        assertThat(chosen.servedBy()).isEqualTo(Territory.EAST);
        assertThat(chosen.team()).isEqualTo("east");
        dispatcher.assigned(ticket.assigned(chosen.agent(), Territory.EAST, "east"));
        assertThat(
                        jdbc.sql("SELECT team FROM ticket WHERE id = ?")
                                .param(ticket.id())
                                .query(String.class)
                                .single())
                .isEqualTo("east");
    }

    @Test
    void refusesATransferToWhomItCannotGo() {
        var ticket = heldBy("agent-south-1");
        onDuty("agent-south-2", false);

        for (var to : List.of("agent-south-2", "agent-south-1", "escalation-2-1", "nobody")) {
            dispatcher.transferRequested(ticket.wantsOther(to, null, null));
            assertThat(said(ticket).getLast())
                    .as(to)
                    .isInstanceOfSatisfying(
                            TransferRefused.class,
                            refused -> assertThat(refused.round()).isEqualTo(ticket.round()));
        }
        assertThat(loadOf("agent-south-2")).isZero();
    }

    @Test
    void weighsAWaitingTicketInFullForWhomItIsProposedToAndLittleForItsOwner() {
        var ticket = heldBy("agent-south-1");
        dispatcher.waiting(ticket.waits());
        dispatcher.transferRequested(ticket.wantsOther("agent-south-2", null, null));

        dispatcher.turnedOut(ticket.turnsOut(Kind.COMPLAINT, Priority.NORMAL, GUANGDONG));

        assertThat(loadOf("agent-south-1")).isEqualTo(4);
        assertThat(loadOf("agent-south-2")).isEqualTo(20);
        dispatcher.transferEnded(ticket.keepsOwner());
        dispatcher.turnedOut(ticket.turnsOut(Kind.CONSULTATION, Priority.NORMAL, GUANGDONG));
        assertThat(loadOf("agent-south-1")).isEqualTo(2);
        dispatcher.resumed(ticket.resumes());
        assertThat(loadOf("agent-south-1")).isEqualTo(10);
    }

    @Test
    void carriesTheWholeOfWhatWaitedWhenItIsTakenOver() {
        var ticket = heldBy("agent-south-1");
        dispatcher.transferRequested(ticket.wantsOther("agent-south-2", null, null));

        dispatcher.waiting(ticket.waits());

        assertThat(loadOf("agent-south-1")).isEqualTo(2);
        assertThat(loadOf("agent-south-2")).isEqualTo(10);
        dispatcher.assigned(ticket.assigned("agent-south-2"));
        assertThat(loadOf("agent-south-2")).isEqualTo(10);
        assertThat(loadOf("agent-south-1")).isZero();
    }

    private TicketStory heldBy(String agent) {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        dispatcher.assigned(ticket.assigned(agent));
        dispatcher.refused(ticket.refused(1, chosen(ticket).agent()));
        dispatcher.accepted(ticket.accepted(agent));
        return ticket;
    }

    @Test
    void aMergedTicketIsNobodysLoadAndGoesBackToItsAgent() {
        var ticket = complaintFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var agent = chosen(ticket).agent();
        dispatcher.assigned(ticket.assigned(agent));

        dispatcher.merged(ticket.merged());
        assertThat(loadOf(agent)).isZero();

        dispatcher.unmerged(ticket.unmerged(null));
        assertThat(loadOf(agent)).isEqualTo(20);
        assertThat(said(ticket)).hasSize(1);

        dispatcher.merged(ticket.merged());
        dispatcher.unmerged(ticket.unmerged(WaitingReason.CARRIER));
        assertThat(loadOf(agent)).isEqualTo(4);
    }

    @Test
    void aMergedTicketThatNobodyHadIsSoughtForAgainInANewRound() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var proposed = chosen(ticket).agent();

        dispatcher.merged(ticket.merged());
        assertThat(loadOf(proposed)).isZero();
        dispatcher.refused(ticket.refused(1, proposed));
        assertThat(said(ticket)).hasSize(1);

        dispatcher.unmerged(ticket.unmerged(null));
        var chosen = (AgentChosen) said(ticket).getLast();
        assertThat(said(ticket)).hasSize(2);
        assertThat(chosen.round()).isEqualTo(2);
        assertThat(loadOf(chosen.agent())).isEqualTo(10);
    }

    @Test
    void aCancelledTicketIsNobodysLoadAndInNoLine() {
        var carried = consultationFrom(GUANGDONG);
        dispatcher.created(carried.created());
        var agent = chosen(carried).agent();
        dispatcher.assigned(carried.assigned(agent));
        Stream.of(1, 2, 3, 4).forEach(n -> onDuty("agent-south-" + n, false));
        var waiting = consultationFrom(GUANGDONG);
        dispatcher.created(waiting.created());

        dispatcher.cancelled(carried.cancelled());
        dispatcher.cancelled(waiting.cancelled());

        assertThat(loadOf(agent)).isZero();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aMergedTicketLeavesTheLineAndComesBackToIt() {
        Stream.of(1, 2, 3, 4).forEach(n -> onDuty("agent-south-" + n, false));
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        assertThat(waiting()).containsExactly(ticket.id());

        dispatcher.merged(ticket.merged());
        assertThat(waiting()).isEmpty();

        dispatcher.unmerged(ticket.unmerged(null));
        assertThat(waiting()).containsExactly(ticket.id());
    }

    @Test
    void freesTheRefusedAndProposesAnotherInTheSameRound() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var refused = chosen(ticket).agent();

        dispatcher.refused(ticket.refused(1, refused));

        assertThat(loadOf(refused)).isZero();
        assertThat(said(ticket)).hasSize(2);
        assertThat(chosen(ticket).agent()).isNotEqualTo(refused);
        assertThat(chosen(ticket).round()).isEqualTo(1);
    }

    @Test
    void putsIntoTheLineWhoRefusedEverybody() {
        var ticket = complaintFrom(GUANGDONG).with(Priority.HIGH);
        dispatcher.created(ticket.created());

        dispatcher.refused(ticket.refused(1, chosen(ticket).agent()));
        dispatcher.refused(ticket.refused(1, chosen(ticket).agent()));

        assertThat(said(ticket).getLast()).isInstanceOf(AgentAwaited.class);
        assertThat(waiting()).containsExactly(ticket.id());
        assertThat(totalLoad()).isZero();
    }

    @Test
    void offersWhatNobodyAcceptedToAnotherAndFreesTheFirstWhenTheTicketTakesIt() {
        var ticket = assignedConsultation();
        var first = chosen(ticket).agent();

        dispatcher.stepped(ticket.stepped(OFFER_AGAIN));

        var second = chosen(ticket);
        assertThat(second.agent()).isNotEqualTo(first);
        assertThat(second.round()).isEqualTo(1);
        assertThat(second.decision().candidates())
                .noneMatch(candidate -> candidate.agent().equals(first));
        assertThat(List.of(loadOf(first), loadOf(second.agent()))).containsExactly(10, 10);

        dispatcher.stepped(ticket.stepped(OFFER_AGAIN));
        assertThat(said(ticket)).hasSize(2);

        dispatcher.assigned(ticket.assigned(second.agent()));
        assertThat(List.of(loadOf(first), loadOf(second.agent()))).containsExactly(0, 10);
        assertThat(stateOf(ticket)).isEqualTo("CONFIRMED");
    }

    @Test
    void leavesItWithTheFirstWhoAcceptedMeanwhile() {
        var ticket = assignedConsultation();
        var first = chosen(ticket).agent();
        dispatcher.stepped(ticket.stepped(OFFER_AGAIN));
        var second = chosen(ticket).agent();

        dispatcher.accepted(ticket.accepted(first));
        dispatcher.refused(ticket.refused(1, second));

        assertThat(List.of(loadOf(first), loadOf(second))).containsExactly(10, 0);
        assertThat(said(ticket)).hasSize(2);
    }

    @Test
    void servesTheLineOfWhomTheOtherChoiceFreed() {
        onlyOnDuty("agent-south-1", "agent-south-2");
        var slow = assignedConsultation();
        var first = chosen(slow).agent();
        dispatcher.stepped(slow.stepped(OFFER_AGAIN));
        var second = chosen(slow).agent();
        var next = consultationFrom(GUANGDONG);
        for (dispatcher.created(next.created()); waiting().isEmpty(); ) {
            dispatcher.assigned(next.assigned(chosen(next).agent()));
            next = consultationFrom(GUANGDONG);
            dispatcher.created(next.created());
        }
        var carried = loadOf(first);

        dispatcher.assigned(slow.assigned(second));

        assertThat(chosen(next).agent()).isEqualTo(first);
        assertThat(loadOf(first)).isEqualTo(carried);
    }

    @Test
    void offersNothingAgainThatIsAcceptedOrInTheLineOrOfAnotherStayOrUnheardOf() {
        var accepted = assignedConsultation();
        dispatcher.accepted(accepted.accepted(chosen(accepted).agent()));
        dispatcher.stepped(accepted.stepped(OFFER_AGAIN));
        assertThat(said(accepted)).hasSize(1);

        var ticket = assignedConsultation();
        dispatcher.stepped(ticket.stepped(TELL_LEADER));
        var late = ticket.stepped(OFFER_AGAIN);
        dispatcher.escalated(ticket.escalatedTo(2));
        dispatcher.stepped(late);
        dispatcher.stepped(consultationFrom(GUANGDONG).stepped(OFFER_AGAIN));
        assertThat(said(ticket)).hasExactlyElementsOfTypes(AgentChosen.class, TeamChosen.class);

        onlyOnDuty();
        var waiting = consultationFrom(GUANGDONG);
        dispatcher.created(waiting.created());
        dispatcher.stepped(waiting.stepped(OFFER_AGAIN));
        assertThat(said(waiting)).hasExactlyElementsOfTypes(AgentAwaited.class);
    }

    @Test
    void leavesItWhereItIsWhenNobodyElseIsFree() {
        onlyOnDuty("agent-south-1");
        var ticket = assignedConsultation();

        dispatcher.stepped(ticket.stepped(OFFER_AGAIN));

        assertThat(said(ticket)).hasSize(1);
        assertThat(loadOf("agent-south-1")).isEqualTo(10);
    }

    @Test
    void offersWhatMayNotClimbYetToTheTeamFirst() {
        var ticket = assignedConsultation();
        var first = chosen(ticket).agent();

        dispatcher.overflow(ticket.deferred());

        assertThat(chosen(ticket).agent()).startsWith("agent-south-").isNotEqualTo(first);
        assertThat(chosen(ticket).servedBy()).isEqualTo(Territory.SOUTH);
    }

    @Test
    void overflowsToTheFirstNeighbourWhereSomebodyIsFree() {
        onlyOnDuty("agent-south-1");
        Stream.of(1, 2, 3, 4).forEach(n -> onDuty("agent-central-" + n, false));
        var ticket = assignedConsultation();

        dispatcher.overflow(ticket.deferred());

        var chosen = chosen(ticket);
        assertThat(chosen.agent()).startsWith("agent-southwest-");
        assertThat(chosen.territory()).isEqualTo(Territory.SOUTH);
        assertThat(chosen.servedBy()).isEqualTo(Territory.SOUTHWEST);
        assertThat(chosen.team()).isEqualTo("southwest");
        assertThat(loadOf("agent-south-1")).isEqualTo(10);

        dispatcher.assigned(ticket.assigned(chosen.agent(), Territory.SOUTHWEST, chosen.team()));
        assertThat(List.of(loadOf("agent-south-1"), loadOf(chosen.agent()))).containsExactly(0, 10);
        assertThat(teamOf(ticket)).isEqualTo("southwest");
    }

    @Test
    void overflowsFromTheLineAndComesBackToItWhenTheTicketRefuses() {
        onlyOnDuty();
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        assertThat(waiting()).containsExactly(ticket.id());

        dispatcher.overflow(ticket.deferred());

        var chosen = chosen(ticket);
        assertThat(chosen.servedBy()).isEqualTo(Territory.CENTRAL);
        assertThat(waiting()).isEmpty();
        dispatcher.overflow(ticket.deferred());
        assertThat(said(ticket)).hasSize(2);

        dispatcher.refused(ticket.refused(1, chosen.agent()));
        assertThat(loadOf(chosen.agent())).isZero();
        assertThat(waiting()).containsExactly(ticket.id());
    }

    @Test
    void leavesWhereItIsWhatIsAcceptedOrClimbedOrMergedOrForNobody() {
        var accepted = assignedConsultation();
        dispatcher.accepted(accepted.accepted(chosen(accepted).agent()));
        dispatcher.overflow(accepted.deferred());
        assertThat(said(accepted)).hasSize(1);

        var climbed = assignedConsultation();
        var late = climbed.deferred();
        dispatcher.escalated(climbed.escalatedTo(2));
        dispatcher.overflow(late);
        assertThat(said(climbed)).hasExactlyElementsOfTypes(AgentChosen.class, TeamChosen.class);

        onlyOnDuty();
        var merged = consultationFrom(GUANGDONG);
        dispatcher.created(merged.created());
        dispatcher.merged(merged.merged());
        dispatcher.overflow(merged.deferred());
        dispatcher.overflow(consultationFrom(GUANGDONG).deferred());
        assertThat(said(merged)).hasExactlyElementsOfTypes(AgentAwaited.class);

        jdbc.sql("UPDATE agent SET on_duty = false").update();
        var waiting = consultationFrom(GUANGDONG);
        dispatcher.created(waiting.created());
        dispatcher.overflow(waiting.deferred());
        assertThat(said(waiting)).hasExactlyElementsOfTypes(AgentAwaited.class);
        assertThat(waiting()).containsExactly(waiting.id());
    }

    private String teamOf(TicketStory ticket) {
        return jdbc.sql("SELECT team FROM ticket WHERE id = ?")
                .param(ticket.id())
                .query(String.class)
                .single();
    }

    private TicketStory assignedConsultation() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        dispatcher.assigned(ticket.assigned(chosen(ticket).agent()));
        return ticket;
    }

    @Test
    void leavesTheReservationOfAnotherRoundAlone() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        var first = chosen(ticket).agent();
        dispatcher.resolved(ticket.resolved(first));
        dispatcher.reopened(ticket.reopenedToNobody());

        dispatcher.refused(ticket.refused(1, first));

        assertThat(totalLoad()).isEqualTo(10);
        assertThat(said(ticket)).hasSize(2);
    }

    @Test
    void weighsAFifthWhileWaitingAndTheWholeAfterwards() {
        var ticket = assignedComplaint();
        var agent = chosen(ticket).agent();

        dispatcher.waiting(ticket.waits());
        assertThat(loadOf(agent)).isEqualTo(4);

        dispatcher.resumed(ticket.resumes());
        assertThat(loadOf(agent)).isEqualTo(20);
    }

    @Test
    void freesWhatIsResolvedAndTakesItBackWhenReopened() {
        var ticket = assignedComplaint();
        var agent = chosen(ticket).agent();

        dispatcher.resolved(ticket.resolved(agent));
        assertThat(loadOf(agent)).isZero();

        dispatcher.reopened(ticket.reopenedTo(agent));
        assertThat(loadOf(agent)).isEqualTo(20);

        dispatcher.closed(ticket.closed());
        assertThat(loadOf(agent)).isZero();
    }

    @Test
    void looksForSomebodyWhenReopenedToNobody() {
        var ticket = assignedComplaint();
        dispatcher.resolved(ticket.resolved(chosen(ticket).agent()));

        dispatcher.reopened(ticket.reopenedToNobody());

        assertThat(chosen(ticket).round()).isEqualTo(2);
        assertThat(totalLoad()).isEqualTo(20);
    }

    @Test
    void leavesTheLoadWhereItIsUntilTheEscalatedTicketIsClaimed() {
        var ticket = assignedComplaint();
        var agent = chosen(ticket).agent();

        dispatcher.escalated(ticket.escalatedTo(2));
        assertThat(said(ticket).getLast())
                .isInstanceOfSatisfying(
                        TeamChosen.class,
                        team -> {
                            assertThat(team.team()).isEqualTo("tier-2-desk");
                            assertThat(team.tier()).isEqualTo(2);
                            assertThat(team.stay()).isEqualTo(2);
                            assertThat(team.round()).isEqualTo(2);
                        });
        assertThat(loadOf(agent)).isEqualTo(20);

        dispatcher.assigned(ticket.assigned("escalation-2-1"));
        assertThat(loadOf(agent)).isZero();
        assertThat(loadOf("escalation-2-1")).isEqualTo(20);
    }

    @Test
    void seeksNobodyForWhatIsToBeClaimedAgainAtItsTier() {
        var ticket = assignedComplaint();
        var agent = chosen(ticket).agent();
        dispatcher.escalated(ticket.escalatedTo(2));
        dispatcher.assigned(ticket.assigned("escalation-2-1"));
        dispatcher.resolved(ticket.resolved("escalation-2-1"));
        assertThat(totalLoad()).isZero();

        dispatcher.reopened(ticket.reopenedToNobody());

        assertThat(said(ticket))
                .hasExactlyElementsOfTypes(AgentChosen.class, TeamChosen.class, TeamChosen.class)
                .last()
                .isInstanceOfSatisfying(
                        TeamChosen.class,
                        team -> {
                            assertThat(team.team()).isEqualTo("tier-2-desk");
                            assertThat(team.stay()).isEqualTo(3);
                            assertThat(team.round()).isEqualTo(3);
                        });
        assertThat(waiting()).isEmpty();
        assertThat(loadOf(agent)).isZero();
        assertThat(loadOf("escalation-2-1")).isEqualTo(20);

        dispatcher.assigned(ticket.assigned("escalation-2-2"));
        assertThat(loadOf("escalation-2-1")).isZero();
        assertThat(loadOf("escalation-2-2")).isEqualTo(20);
    }

    @Test
    void leavesWithWhoSolvedItUnclaimedWhatIsToBeClaimedAfterAll() {
        var ticket = assignedComplaint();
        var agent = chosen(ticket).agent();
        dispatcher.escalated(ticket.escalatedTo(2));
        dispatcher.resolved(ticket.resolved(agent));

        dispatcher.reopened(ticket.reopenedToNobody());

        assertThat(said(ticket))
                .hasExactlyElementsOfTypes(AgentChosen.class, TeamChosen.class, TeamChosen.class);
        assertThat(loadOf(agent)).isEqualTo(20);

        dispatcher.assigned(ticket.assigned("escalation-2-1"));
        assertThat(loadOf(agent)).isZero();
        assertThat(loadOf("escalation-2-1")).isEqualTo(20);
    }

    @Test
    void freesAProposalThatTheEscalationOvertook() {
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());

        dispatcher.escalated(ticket.escalatedTo(2));

        assertThat(totalLoad()).isZero();
    }

    @Test
    void namesTheTeamOfATicketBornAtAHigherTier() {
        var ticket = complaintFrom(GUANGDONG).atTier(4);

        dispatcher.created(ticket.created());

        assertThat(said(ticket).getLast())
                .isInstanceOfSatisfying(
                        TeamChosen.class, team -> assertThat(team.team()).isEqualTo("tier-4-duty"));
    }

    @Test
    void takesTheEscalatedOutOfTheLine() {
        onlyOnDuty();
        var ticket = consultationFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        assertThat(waiting()).containsExactly(ticket.id());

        dispatcher.escalated(ticket.escalatedTo(2));

        assertThat(waiting()).isEmpty();
    }

    @Test
    void keepsACustomerWithTheSameAgent() {
        var customer = UUID.randomUUID();
        var first = consultationFrom(GUANGDONG).of(customer);
        dispatcher.created(first.created());
        var second = consultationFrom(GUANGDONG).of(customer).vip();

        dispatcher.created(second.created());

        assertThat(chosen(second).agent()).isEqualTo(chosen(first).agent());
    }

    @Test
    void keepsACustomerWithTheSameAgentForThreeDaysAfterTheClosing() {
        var one = UUID.randomUUID();
        var another = UUID.randomUUID();
        var lately = closedOf(one, Instant.now().minus(Duration.ofHours(71)));
        var longAgo = closedOf(another, Instant.now().minus(Duration.ofHours(73)));
        var back = consultationFrom(GUANGDONG).of(one);
        var late = consultationFrom(GUANGDONG).of(another);

        dispatcher.created(back.created());
        dispatcher.created(late.created());

        assertThat(chosen(back).agent()).isEqualTo(chosen(lately).agent());
        assertThat(chosen(late).agent()).isNotEqualTo(chosen(longAgo).agent());
    }

    /** Whoever had it has another one since, so that by load alone they would get no more. */
    private TicketStory closedOf(UUID customer, Instant closedAt) {
        var ticket = consultationFrom(GUANGDONG).of(customer);
        dispatcher.created(ticket.created());
        var agent = chosen(ticket).agent();
        dispatcher.assigned(ticket.assigned(agent));
        dispatcher.closed(ticket.closed(closedAt));
        var other = consultationFrom(GUANGDONG);
        dispatcher.created(other.created());
        dispatcher.assigned(other.assigned(agent));
        return ticket;
    }

    @Test
    void givesAFollowUpToWhoHadTheClosedOne() {
        var closed = consultationFrom(GUANGDONG);
        dispatcher.created(closed.created());
        var agent = chosen(closed).agent();
        dispatcher.assigned(closed.assigned(agent));
        dispatcher.closed(closed.closed());
        var other = consultationFrom(GUANGDONG);
        dispatcher.created(other.created());
        dispatcher.assigned(other.assigned(agent));
        var next = consultationFrom(GUANGDONG).following(closed);
        var inTime = consultationFrom(GUANGDONG).following(closed).reopening(true);

        dispatcher.created(next.created());
        dispatcher.created(inTime.created());

        assertThat(chosen(next).agent()).isEqualTo(agent);
        assertThat(chosen(inTime).agent()).isEqualTo(agent);
    }

    @Test
    void givesAFollowUpThatCameLateToWhoHasTheLeast() {
        var closed = consultationFrom(GUANGDONG);
        dispatcher.created(closed.created());
        var agent = chosen(closed).agent();
        dispatcher.assigned(closed.assigned(agent));
        dispatcher.closed(closed.closed());
        var other = consultationFrom(GUANGDONG);
        dispatcher.created(other.created());
        dispatcher.assigned(other.assigned(agent));
        var late = consultationFrom(GUANGDONG).following(closed).reopening(false);

        dispatcher.created(late.created());

        assertThat(chosen(late).agent()).isNotEqualTo(agent);
    }

    @Test
    void servesTheLineInTheTransactionThatFreesSomebody() {
        onlyOnDuty("agent-south-4");
        var busy = fill("agent-south-4");
        var waits = consultationFrom(GUANGDONG);
        dispatcher.created(waits.created());
        assertThat(said(waits).getLast()).isInstanceOf(AgentAwaited.class);

        dispatcher.resolved(busy.getFirst().resolved("agent-south-4"));

        assertThat(chosen(waits).agent()).isEqualTo("agent-south-4");
        assertThat(waiting()).isEmpty();
        assertThat(loadOf("agent-south-4")).isEqualTo(60);
    }

    @Test
    void passesTheOneInFrontWhomTheFreeAgentMayNotTake() {
        onlyOnDuty("agent-south-4");
        var busy = fill("agent-south-4");
        var complaint = complaintFrom(GUANGDONG);
        dispatcher.created(complaint.created());
        var consultation = consultationFrom(GUANGDONG);
        dispatcher.created(consultation.created());

        dispatcher.resolved(busy.getFirst().resolved("agent-south-4"));

        assertThat(waiting()).containsExactly(complaint.id());
    }

    @Test
    void servesTheLineWhenSomebodyComesOnDuty() {
        onlyOnDuty();
        var first = consultationFrom(GUANGDONG);
        dispatcher.created(first.created());
        var second = TicketStory.of(Kind.REQUEST, GUANGDONG);
        dispatcher.created(second.created());

        presence.declare("agent-south-1", true, "agent-south-1");

        assertThat(chosen(first).agent()).isEqualTo("agent-south-1");
        assertThat(chosen(second).agent()).isEqualTo("agent-south-1");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void tellsOfADutyThatChangedOnce() {
        long before = agentEvents("agent-south-2");

        presence.declare("agent-south-2", false, "agent-south-2");
        presence.declare("agent-south-2", false, "agent-south-2");

        assertThat(agentEvents("agent-south-2")).isEqualTo(before + 1);
    }

    @Test
    void introducesEachAgentOfTheSeedOnce() {
        presence.run(new DefaultApplicationArguments());

        assertThat(agentEvents("agent-north-1")).isEqualTo(1);
        assertThat(
                        jdbc.sql(
                                        """
                                        SELECT key FROM event_log
                                        WHERE topic = 'agents' AND reason = 'joined'
                                        """)
                                .query(String.class)
                                .list())
                .hasSize(7 * 4 + 5)
                .doesNotHaveDuplicates();
    }

    @Test
    void overloadsNobodyWhenManyChooseAtOnce() throws Exception {
        var stories = Stream.generate(() -> consultationFrom(GUANGDONG)).limit(60).toList();

        try (var many = Executors.newFixedThreadPool(8)) {
            many.invokeAll(stories.stream().map(this::dispatching).toList())
                    .forEach(DispatcherTests::succeeded);
        }

        assertThat(loadOf("agent-south-1")).isEqualTo(100);
        assertThat(loadOf("agent-south-2")).isEqualTo(100);
        assertThat(loadOf("agent-south-3")).isEqualTo(80);
        assertThat(loadOf("agent-south-4")).isEqualTo(60);
        assertThat(waiting()).hasSize(60 - 34);
    }

    private Callable<Void> dispatching(TicketStory story) {
        return () -> {
            dispatcher.created(story.created());
            return null;
        };
    }

    private static void succeeded(Future<Void> done) {
        assertThat(done).succeedsWithin(Duration.ofSeconds(10));
    }

    private TicketStory assignedComplaint() {
        var ticket = complaintFrom(GUANGDONG);
        dispatcher.created(ticket.created());
        dispatcher.assigned(ticket.assigned(chosen(ticket).agent()));
        return ticket;
    }

    private List<TicketStory> fill(String agent) {
        var stories = Stream.generate(() -> consultationFrom(GUANGDONG)).limit(6).toList();
        for (var story : stories) {
            dispatcher.created(story.created());
            dispatcher.assigned(story.assigned(agent));
        }
        return stories;
    }

    private void onlyOnDuty(String... agents) {
        jdbc.sql("UPDATE agent SET on_duty = false WHERE team = 'south'").update();
        List.of(agents).forEach(agent -> onDuty(agent, true));
    }

    private void onDuty(String agent, boolean onDuty) {
        jdbc.sql("UPDATE agent SET on_duty = ? WHERE id = ?").params(onDuty, agent).update();
    }

    private AgentChosen chosen(TicketStory ticket) {
        assertThat(said(ticket).getLast()).isInstanceOf(AgentChosen.class);
        return (AgentChosen) said(ticket).getLast();
    }

    private List<AssignmentEvent> said(TicketStory ticket) {
        return eventLog.timeline(Topics.ASSIGNMENTS, ticket.id().toString(), 0, 100).stream()
                .map(logged -> eventLog.read(logged, AssignmentEvent.class))
                .toList();
    }

    private long agentEvents(String agent) {
        return eventLog.timeline(Topics.AGENTS, agent, 0, 100).size();
    }

    private int loadOf(String agent) {
        return jdbc.sql("SELECT coalesce(sum(points), 0) FROM reservation WHERE agent = ?")
                .param(agent)
                .query(Integer.class)
                .single();
    }

    private int totalLoad() {
        return jdbc.sql("SELECT coalesce(sum(points), 0) FROM reservation")
                .query(Integer.class)
                .single();
    }

    private String stateOf(TicketStory ticket) {
        return jdbc.sql("SELECT state FROM reservation WHERE ticket_id = ?")
                .param(ticket.id())
                .query(String.class)
                .single();
    }

    private List<UUID> waiting() {
        return jdbc.sql("SELECT ticket_id FROM waiting ORDER BY line_from, ticket_id")
                .query(UUID.class)
                .list();
    }
}
