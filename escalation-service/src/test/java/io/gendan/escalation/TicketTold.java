package io.gendan.escalation;

import io.gendan.events.Authority;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.EscalationCause;
import io.gendan.events.Evidence;
import io.gendan.events.HandOffPacket;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Region;
import io.gendan.events.ResolvedAs;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.MovedPromise;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.TicketTexts;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What one ticket tells, in its own order. */
class TicketTold {

    final UUID id = UUID.randomUUID();
    final Set<UUID> openPromises = new LinkedHashSet<>();
    UUID survey = new UUID(0, 0);
    boolean isFiled;
    final Map<UUID, TicketAbsorbed> absorbed = new LinkedHashMap<>();
    private Instant createdAt = Instant.EPOCH;
    private @Nullable WaitingStarted wait;
    private int round = 1;
    private int stay = 1;
    private int tier = 1;

    int stay() {
        return stay;
    }

    TicketCreated created(Kind kind, Priority priority, Instant at) {
        return created(kind, priority, Channel.APP, null, false, at);
    }

    TicketCreated created(
            Kind kind, Priority priority, Channel channel, Major major, boolean vip, Instant at) {
        return created(kind, priority, channel, major, vip, null, at);
    }

    TicketCreated created(
            Kind kind,
            Priority priority,
            Channel channel,
            Major major,
            boolean vip,
            Authority authority,
            Instant at) {
        createdAt = at;
        return new TicketCreated(
                id,
                round,
                stay,
                at,
                "T-" + id.toString().substring(0, 8),
                kind,
                Phase.AFTER_SALE,
                "QUALITY.IN_USE",
                channel,
                priority,
                major,
                vip,
                UUID.randomUUID(),
                null,
                null,
                new Region(List.of("44"), null, null, Evidence.PROVINCE),
                tier,
                new TicketTexts("broken", null),
                authority,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** By an agent who keeps it. */
    TicketCreated taken(Channel channel, String agent, Instant at) {
        createdAt = at;
        return new TicketCreated(
                id,
                round,
                stay,
                at,
                "T-" + id.toString().substring(0, 8),
                Kind.COMPLAINT,
                Phase.AFTER_SALE,
                "QUALITY.IN_USE",
                channel,
                Priority.NORMAL,
                null,
                false,
                UUID.randomUUID(),
                null,
                null,
                new Region(List.of("44"), null, null, Evidence.PROVINCE),
                tier,
                new TicketTexts("broken", null),
                null,
                agent,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    CallAttempted called(CallOutcome outcome, Instant at) {
        return new CallAttempted(
                id,
                round,
                stay,
                at,
                UUID.randomUUID(),
                "agent-south-1",
                outcome,
                null,
                null,
                null,
                null);
    }

    ContactRecorded rang(ContactOutcome outcome, Instant at) {
        return rang(outcome, at, at, at);
    }

    /** Told late, or of a call that goes on. */
    ContactRecorded rang(
            ContactOutcome outcome, Instant startedAt, @Nullable Instant endedAt, Instant at) {
        return rang(outcome, startedAt, endedAt, null, at);
    }

    /** In which the customer asked again, as was told just before. */
    ContactRecorded rang(
            ContactOutcome outcome,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable UUID urgeId,
            Instant at) {
        return new ContactRecorded(
                id,
                round,
                stay,
                at,
                UUID.randomUUID(),
                Channel.PHONE,
                outcome,
                startedAt,
                endedAt,
                urgeId,
                null);
    }

    EscalationRequested wantsUp(EscalationCause cause, Instant at) {
        return wantsUp(cause, new HandOffPacket("called twice", null, "decide", null), at);
    }

    EscalationRequested wantsUp(EscalationCause cause, HandOffPacket packet, Instant at) {
        return new EscalationRequested(
                id, round, stay, at, UUID.randomUUID(), "agent-south-1", "许文", cause, packet);
    }

    FactsChanged turnsOut(Kind kind, Priority priority, @Nullable Major major, Instant at) {
        return new FactsChanged(
                id,
                round,
                stay,
                at,
                kind,
                Phase.AFTER_SALE,
                "QUALITY.IN_USE",
                priority,
                major,
                new Region(List.of("44"), null, null, Evidence.PROVINCE),
                "told on the phone",
                null,
                null,
                null,
                null);
    }

    /** An authority writes about it. */
    FactsChanged asksAnAuthority(Authority letter, Instant at) {
        return new FactsChanged(
                id,
                round,
                stay,
                at,
                Kind.COMPLAINT,
                Phase.AFTER_SALE,
                "QUALITY.IN_USE",
                Priority.NORMAL,
                Major.REGULATOR,
                new Region(List.of("44"), null, null, Evidence.PROVINCE),
                "a letter came",
                null,
                letter,
                null,
                null);
    }

    /** The letter was another ticket's. */
    FactsChanged isNoAuthoritys(Instant at) {
        return new FactsChanged(
                id,
                round,
                stay,
                at,
                Kind.COMPLAINT,
                Phase.AFTER_SALE,
                "QUALITY.IN_USE",
                Priority.NORMAL,
                null,
                new Region(List.of("44"), null, null, Evidence.PROVINCE),
                "the letter is about another order",
                null,
                null,
                null,
                true);
    }

    TicketAssigned assigned(String agent, Instant at) {
        return new TicketAssigned(
                id,
                round,
                stay,
                at,
                Territory.SOUTH,
                Territory.SOUTH,
                tier == 1 ? "south-1" : "tier-" + tier,
                tier,
                agent,
                "Name of " + agent,
                agent,
                "Name of " + agent);
    }

    MessageReceived asked(Instant at) {
        return new MessageReceived(
                id, round, stay, at, UUID.randomUUID(), "and now?", null, null, null);
    }

    MessageReceived thanked(Instant at) {
        return new MessageReceived(
                id, round, stay, at, UUID.randomUUID(), "and now?", null, null, true);
    }

    TicketUrged urged(Instant at) {
        return new TicketUrged(
                id, round, stay, at, UUID.randomUUID(), Channel.PHONE, 1, "still nothing");
    }

    MessageSent answered(Instant at) {
        return new MessageSent(
                id, round, stay, at, UUID.randomUUID(), "agent-south-1", "we look into it", null);
    }

    WaitingStarted waits(WaitingReason reason, Instant at) {
        return waits(reason, UUID.randomUUID(), at);
    }

    WaitingStarted waits(WaitingReason reason, UUID waitId, Instant at) {
        wait = new WaitingStarted(id, round, stay, at, reason, null, waitId, null);
        return wait;
    }

    /** Waits for the carrier, who looks for the parcel. */
    WaitingStarted searches(Instant at) {
        var waitId = UUID.randomUUID();
        wait = new WaitingStarted(id, round, stay, at, WaitingReason.CARRIER, null, waitId, true);
        return wait;
    }

    WaitingEnded goesOn(Instant at) {
        wait = null;
        return new WaitingEnded(id, round, stay, at, WaitEnd.RESUMED, null, null);
    }

    PromiseMade promises(UUID promiseId, Instant dueAt, Instant at) {
        openPromises.add(promiseId);
        return new PromiseMade(
                id,
                round,
                stay,
                at,
                promiseId,
                "agent-south-1",
                "许文",
                dueAt,
                Channel.PHONE,
                "call back",
                null,
                null);
    }

    PromiseKept keeps(UUID promiseId, Instant at) {
        openPromises.remove(promiseId);
        return new PromiseKept(id, round, stay, at, promiseId, "agent-south-1");
    }

    PromiseWithdrawn withdraws(UUID promiseId, Instant at) {
        openPromises.remove(promiseId);
        return new PromiseWithdrawn(
                id, round, stay, at, promiseId, "agent-south-1", "asked for another day");
    }

    PromiseBroken breaks(UUID promiseId, Instant dueAt, Instant at) {
        return breaks(promiseId, PromisePurpose.OWN, dueAt, at);
    }

    PromiseBroken breaks(
            UUID promiseId, @Nullable PromisePurpose purpose, Instant dueAt, Instant at) {
        openPromises.remove(promiseId);
        return new PromiseBroken(id, round, stay, at, promiseId, dueAt, purpose);
    }

    ClosingRefused stillPromises(Instant at) {
        return new ClosingRefused(
                id,
                round,
                stay,
                at,
                CloseReason.NO_OBJECTION,
                List.copyOf(openPromises),
                null,
                null);
    }

    AnswerFiled files(Instant at) {
        isFiled = true;
        return new AnswerFiled(
                id, round, stay, at, "agent-south-1", "settled", LocalDate.of(2026, 11, 22), null);
    }

    ClosingOverdue lingers(Instant dueAt, Instant at) {
        return new ClosingOverdue(
                id, round, stay, at, dueAt, null, List.copyOf(openPromises), null, null);
    }

    TicketResolved resolved(Instant at) {
        wait = null;
        return new TicketResolved(
                id,
                round,
                stay,
                at,
                "agent-south-1",
                "exchanged",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Resolved, and the customer is asked about it; an older version does not tell when. */
    TicketResolved resolvedAndAsks(UUID surveyId, Instant at) {
        return resolvedAndAsks(surveyId, null, at);
    }

    TicketResolved resolvedAndAsks(UUID surveyId, @Nullable Instant asksAt, Instant at) {
        survey = surveyId;
        wait = null;
        return new TicketResolved(
                id,
                round,
                stay,
                at,
                "agent-south-1",
                "exchanged",
                ResolvedAs.SOLVED,
                surveyId,
                null,
                null,
                null,
                null,
                asksAt,
                null);
    }

    SurveyAnswered rated(Solved solved, Instant at) {
        return new SurveyAnswered(
                id, round, stay, at, survey, "agent-south-1", solved, 3, false, null);
    }

    SurveyEnded unanswered(Instant at) {
        return new SurveyEnded(id, round, stay, at, survey);
    }

    TicketReopened reopened(Instant at) {
        return new TicketReopened(id, round, ++stay, at, "agent-south-1", null, null);
    }

    TicketReopened reopenedToNobody(Instant at) {
        return new TicketReopened(id, ++round, ++stay, at, null, null, null);
    }

    TicketMerged merged(Instant at) {
        return new TicketMerged(
                id,
                round,
                stay,
                at,
                new UUID(0, 99),
                "T-99",
                "the same parcel",
                List.copyOf(openPromises));
    }

    /** What was promised and is not open any more came to its end at the other ticket. */
    TicketUnmerged unmerged(Set<UUID> stillOpen, Instant at) {
        openPromises.retainAll(stillOpen);
        return new TicketUnmerged(
                id,
                ++round,
                ++stay,
                at,
                new UUID(0, 99),
                null,
                wait == null ? null : wait.reason(),
                wait == null ? null : wait.waitId(),
                List.copyOf(openPromises));
    }

    TicketAbsorbed absorbs(UUID other, Instant askedAt, Map<UUID, Instant> promises, Instant at) {
        var moved =
                promises.entrySet().stream()
                        .map(
                                promise ->
                                        new MovedPromise(
                                                promise.getKey(),
                                                "agent-south-2",
                                                "沈言",
                                                promise.getValue(),
                                                null,
                                                "send it again",
                                                askedAt,
                                                null,
                                                null))
                        .toList();
        openPromises.addAll(promises.keySet());
        var event = new TicketAbsorbed(id, round, stay, at, other, "T-98", askedAt, moved, null);
        absorbed.put(other, event);
        return event;
    }

    TicketReleased releases(UUID other, Instant at) {
        var back =
                absorbed.remove(other).promises().stream()
                        .map(MovedPromise::promiseId)
                        .filter(openPromises::contains)
                        .toList();
        openPromises.removeAll(Set.copyOf(back));
        var askedAt =
                Stream.concat(
                                Stream.of(createdAt),
                                absorbed.values().stream().map(TicketAbsorbed::askedAt))
                        .min(Instant::compareTo)
                        .orElseThrow();
        return new TicketReleased(id, round, stay, at, other, askedAt, back);
    }

    TicketCancelled cancelled(Instant at) {
        return new TicketCancelled(id, round, stay, at, "app", "changed their mind");
    }

    TicketClosed closed(Instant at) {
        return new TicketClosed(id, round, stay, at, CloseReason.CONFIRMED, null, null);
    }

    TicketEscalated escalated(int toTier, Instant at) {
        return escalated(toTier, EscalationCause.TIME, at, at);
    }

    TicketEscalated escalated(int toTier, EscalationCause cause, Instant dueAt, Instant at) {
        int from = tier;
        tier = toTier;
        var escalation = Firing.escalationId(id, stay);
        return new TicketEscalated(
                id, ++round, ++stay, at, escalation, from, toTier, cause, dueAt, at);
    }

    EscalationRefused refused(int refusedStay, Instant at) {
        return new EscalationRefused(
                id,
                round,
                stay,
                at,
                Firing.escalationId(id, refusedStay),
                refusedStay,
                "the ticket is RESOLVED");
    }

    /** The watch after all of this. */
    static Watch watch(Targets targets, TicketEvent... events) {
        var opened = Watch.of((TicketCreated) events[0], targets);
        return heard(opened, targets, Arrays.copyOfRange(events, 1, events.length));
    }

    /** The same watch after these, too. */
    static Watch heard(Watch before, Targets targets, TicketEvent... later) {
        var watch = before;
        for (var event : later) {
            watch = Firing.hearing(watch, event, targets, event::at).watch();
        }
        return watch;
    }
}
