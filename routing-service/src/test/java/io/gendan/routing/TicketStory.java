package io.gendan.routing;

import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.ClockStep;
import io.gendan.events.CloseReason;
import io.gendan.events.EscalationCause;
import io.gendan.events.EscalationEvent.ClimbDeferred;
import io.gendan.events.EscalationEvent.ClockStepped;
import io.gendan.events.Evidence;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.Region;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.TicketTexts;
import io.gendan.events.TransferOutcome;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A ticket that tells its events as ticket-service would, with rounds and stays in step. */
public final class TicketStory {

    private static final Instant BEGIN = Instant.parse("2026-11-22T02:00:00Z");

    private final UUID id = UUID.randomUUID();
    private final String division;
    private final Kind kind;
    private Channel channel = Channel.APP;
    private Priority priority = Priority.NORMAL;
    private @Nullable Major major;
    private boolean vip;
    private UUID customer = UUID.randomUUID();
    private @Nullable String takenBy;
    private int tier = 1;
    private int round = 1;
    private int stay = 1;
    private @Nullable UUID followUpOf;
    private @Nullable Boolean reopens;
    private int second;

    private TicketStory(Kind kind, String division) {
        this.kind = kind;
        this.division = division;
    }

    public static TicketStory consultationFrom(String division) {
        return new TicketStory(Kind.CONSULTATION, division);
    }

    public static TicketStory complaintFrom(String division) {
        return new TicketStory(Kind.COMPLAINT, division);
    }

    static TicketStory of(Kind kind, String division) {
        return new TicketStory(kind, division);
    }

    TicketStory by(Channel from) {
        channel = from;
        return this;
    }

    TicketStory with(Priority pressing) {
        priority = pressing;
        return this;
    }

    TicketStory major(Major what) {
        major = what;
        return this;
    }

    TicketStory vip() {
        vip = true;
        return this;
    }

    TicketStory following(TicketStory closed) {
        followUpOf = closed.id;
        return of(closed.customer);
    }

    /** Whether it came within the time that its rules give a follow-up. */
    TicketStory reopening(boolean inTime) {
        reopens = inTime;
        return this;
    }

    TicketStory of(UUID sameCustomer) {
        customer = sameCustomer;
        return this;
    }

    TicketStory atTier(int higher) {
        tier = higher;
        return this;
    }

    TicketStory takenBy(String agent) {
        takenBy = agent;
        return this;
    }

    public UUID id() {
        return id;
    }

    int round() {
        return round;
    }

    boolean isAboveTheFirstTier() {
        return tier > 1;
    }

    public TicketCreated created() {
        return new TicketCreated(
                id,
                round,
                stay,
                now(),
                "T20261122-1",
                kind,
                null,
                "DELIVERY.LATE",
                channel,
                priority,
                major,
                vip,
                customer,
                null,
                null,
                new Region(
                        division.isEmpty() ? List.of() : List.of(division),
                        null,
                        null,
                        division.isEmpty() ? Evidence.UNRECOGNISED : Evidence.PROVINCE),
                tier,
                new TicketTexts("纸尿裤包装与页面不符", null),
                null,
                takenBy,
                followUpOf,
                null,
                null,
                reopens,
                null,
                null,
                null);
    }

    public TicketAssigned assigned(String agent) {
        return assigned(agent, Territory.SOUTH, "south");
    }

    TicketAssigned assigned(String agent, Territory servedBy, String team) {
        return new TicketAssigned(
                id,
                round,
                stay,
                now(),
                Territory.SOUTH,
                servedBy,
                team,
                tier,
                agent,
                "Name of " + agent,
                agent,
                "Name of " + agent);
    }

    public TicketAccepted accepted(String agent) {
        return new TicketAccepted(id, round, stay, now(), agent);
    }

    public AssignmentRefused refused(int refusedRound, String agent) {
        return new AssignmentRefused(id, round, stay, now(), refusedRound, agent, "because");
    }

    WaitingStarted waits() {
        return new WaitingStarted(id, round, stay, now(), WaitingReason.CUSTOMER, null, null, null);
    }

    WaitingEnded resumes() {
        return new WaitingEnded(id, round, stay, now(), null, null, null);
    }

    public TicketResolved resolved(String agent) {
        return new TicketResolved(
                id, round, stay, now(), agent, "solved", null, null, null, null, null, null, null,
                null);
    }

    TicketReopened reopenedTo(String agent) {
        stay++;
        return new TicketReopened(id, round, stay, now(), agent, null, null);
    }

    TicketReopened reopenedToNobody() {
        stay++;
        round++;
        return new TicketReopened(id, round, stay, now(), null, null, null);
    }

    TicketEscalated escalatedTo(int toTier) {
        int from = tier;
        tier = toTier;
        round++;
        stay++;
        var at = now();
        return new TicketEscalated(
                id, round, stay, at, UUID.randomUUID(), from, toTier, EscalationCause.TIME, at, at);
    }

    TicketMerged merged() {
        return new TicketMerged(
                id, round, stay, now(), new UUID(0, 9), "T9", "the same parcel", List.of());
    }

    TicketUnmerged unmerged(WaitingReason waiting) {
        round++;
        stay++;
        return new TicketUnmerged(
                id, round, stay, now(), new UUID(0, 9), null, waiting, null, List.of());
    }

    public ClockStepped stepped(ClockStep what) {
        return new ClockStepped(id, stay, now(), ClockKind.FIRST_RESPONSE, what, now(), null);
    }

    ClimbDeferred deferred() {
        var at = now();
        return new ClimbDeferred(
                id, stay, at, ClockKind.FIRST_RESPONSE, at, tier + 1, at.plusSeconds(600));
    }

    /** It turns out to be about something else; nobody else is sought for it. */
    FactsChanged turnsOut(Kind otherKind, Priority otherPriority, String otherDivision) {
        return new FactsChanged(
                id,
                round,
                stay,
                now(),
                otherKind,
                null,
                "DELIVERY.LOST",
                otherPriority,
                null,
                new Region(List.of(otherDivision), null, null, Evidence.PROVINCE),
                "told on the phone",
                null,
                null,
                null,
                null);
    }

    /** The same, and somebody else may be right for it. */
    FactsChanged turnsOutForOthers(Kind otherKind, Priority otherPriority, String otherDivision) {
        round++;
        return turnsOut(otherKind, otherPriority, otherDivision);
    }

    TransferRequested wantsOther(
            String toAgent, String toTeam, Territory toTerritory, String... notTo) {
        round++;
        return new TransferRequested(
                id,
                round,
                stay,
                now(),
                UUID.randomUUID(),
                "agent-south-1",
                "Name of agent-south-1",
                toAgent,
                toTeam,
                toTerritory,
                "because",
                List.of(notTo));
    }

    TransferEnded keepsOwner() {
        return new TransferEnded(
                id,
                round,
                stay,
                now(),
                UUID.randomUUID(),
                TransferOutcome.DECLINED,
                "agent-south-2",
                "off duty");
    }

    TicketCancelled cancelled() {
        return new TicketCancelled(id, round, stay, now(), "app", "changed their mind");
    }

    TicketClosed closed() {
        return closed(now());
    }

    TicketClosed closed(Instant at) {
        return new TicketClosed(id, round, stay, at, CloseReason.CONFIRMED, null, null);
    }

    private Instant now() {
        return BEGIN.plusSeconds(second++);
    }
}
