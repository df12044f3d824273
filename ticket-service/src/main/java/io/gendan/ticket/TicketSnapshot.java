package io.gendan.ticket;

import io.gendan.events.Authority;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.ClockKind;
import io.gendan.events.CloseReason;
import io.gendan.events.ContactOutcome;
import io.gendan.events.Kind;
import io.gendan.events.LinkRelation;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.events.PromisePurpose;
import io.gendan.events.Solved;
import io.gendan.events.Territory;
import io.gendan.events.WaitingReason;
import io.gendan.ticket.rules.Procedure.Who;
import io.gendan.ticket.rules.WorkingDays;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A ticket as the API shows it, at one version; the phone number masked, and number-like strings in
 * what people wrote, whoever reads it: also a channel, whose customer's ticket another one may have
 * opened.
 *
 * @param waitingSearch whether the carrier that is waited for looks for the parcel
 * @param procedure how far it is in the steps of its kind
 * @param closingDue for which reason it closes when nothing is left to do
 * @param merged into which one, while it is
 * @param absorbed the tickets that are merged into it
 * @param contacts the customer's last calls and chats
 * @param urges how often the customer asked again
 * @param followUpOf the closed ticket about which the customer wrote again
 * @param repeatOf the ticket of the same matter that was closed a short time before
 * @param trackingUrl where the customer sees how far it is, without a login
 * @param claim what the customer claims, in yuan
 * @param suspicion the first by which it sounds major, until somebody says whether it is; among us
 * @param taxonomy version of the taxonomy that the category is of
 * @param suspicions all by which it sounds major, also in what was merged into it; among us
 */
public record TicketSnapshot(
        UUID id,
        String number,
        Kind kind,
        @Nullable Phase phase,
        String category,
        Channel channel,
        TicketStatus status,
        @Nullable WaitingReason waitingReason,
        boolean waitingSearch,
        Priority priority,
        @Nullable Major major,
        @Nullable Authority authority,
        boolean vip,
        String subject,
        @Nullable String body,
        @Nullable String result,
        ShownCustomer customer,
        @Nullable String orderId,
        @Nullable String sellerId,
        @Nullable String productId,
        @Nullable String province,
        @Nullable Territory territory,
        @Nullable Territory servedBy,
        @Nullable String team,
        int tier,
        @Nullable ShownPerson assignee,
        @Nullable ShownPerson responsible,
        int round,
        int stay,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Due due,
        List<ShownPromise> promises,
        ShownProcedure procedure,
        @Nullable CloseReason closingDue,
        @Nullable ShownSurvey survey,
        @Nullable Instant resolvedAt,
        @Nullable Instant closedAt,
        @Nullable ShownMerge merged,
        List<ShownAbsorbed> absorbed,
        List<ShownContact> contacts,
        ShownCalls calls,
        @Nullable ShownTransfer transfer,
        List<ShownConsultation> consultations,
        List<ShownLink> links,
        String trackingUrl,
        int urges,
        @Nullable UUID followUpOf,
        @Nullable UUID repeatOf,
        @Nullable BigDecimal claim,
        @Nullable ShownSuspicion suspicion,
        @Nullable String taxonomy,
        List<ShownSuspicion> suspicions) {

    static final String TRACKING = "/api/track/";

    public record ShownCustomer(UUID id, @Nullable String name, String phone) {}

    public record ShownPerson(String id, String name) {}

    /**
     * @param reason among us: channels do not see it
     */
    public record ShownMerge(UUID into, String number, @Nullable String reason, Instant at) {

        private static @Nullable ShownMerge of(@Nullable Merge merge, boolean amongUs) {
            return merge == null
                    ? null
                    : new ShownMerge(
                            merge.into(),
                            merge.intoNumber(),
                            amongUs ? merge.reason() : null,
                            merge.at());
        }
    }

    /**
     * @param id what an answer names it by
     * @param word by which it sounds so
     * @param judgedBy until when somebody is to say whether it is; absent when nobody did in time
     */
    public record ShownSuspicion(
            UUID id, Major major, String word, Instant at, @Nullable Instant judgedBy) {

        private static List<ShownSuspicion> of(Memento state) {
            return state.suspicion().open().stream().map(asked -> of(asked, state)).toList();
        }

        private static ShownSuspicion of(Suspicion.Question asked, Memento state) {
            var judgedBy =
                    state.promises().stream()
                            .filter(one -> one.id().equals(asked.promiseId()) && one.isOpen())
                            .findFirst()
                            .map(Promise::dueAt)
                            .orElse(null);
            return new ShownSuspicion(
                    asked.id(), asked.major(), asked.word(), asked.at(), judgedBy);
        }
    }

    /**
     * @param askedAt since when the customer waits for it
     */
    public record ShownAbsorbed(UUID id, String number, Instant askedAt) {

        private static ShownAbsorbed of(Merge.Absorbed absorbed) {
            return new ShownAbsorbed(absorbed.ticketId(), absorbed.number(), absorbed.askedAt());
        }
    }

    /**
     * @param offeredTo who has it when they accept; absent until somebody is found
     */
    public record ShownTransfer(
            UUID id, ShownPerson by, String reason, Instant at, @Nullable ShownPerson offeredTo) {

        private static @Nullable ShownTransfer of(@Nullable Transfer transfer) {
            if (transfer == null) {
                return null;
            }
            var offer = transfer.offer();
            return new ShownTransfer(
                    transfer.id(),
                    new ShownPerson(transfer.by().id(), transfer.by().name()),
                    transfer.reason(),
                    transfer.at(),
                    offer == null ? null : shown(offer.agent()));
        }
    }

    /**
     * @param superior absent when any leader may answer
     * @param answer absent while it is open
     */
    public record ShownConsultation(
            UUID id,
            ShownPerson by,
            @Nullable String superior,
            String question,
            Instant at,
            @Nullable String answer,
            @Nullable String answeredBy,
            @Nullable Instant answeredAt) {

        private static ShownConsultation of(Consultation consultation) {
            var answer = consultation.answer();
            return new ShownConsultation(
                    consultation.id(),
                    new ShownPerson(consultation.by().id(), consultation.by().name()),
                    consultation.superior(),
                    consultation.question(),
                    consultation.at(),
                    answer == null ? null : answer.text(),
                    answer == null ? null : answer.by(),
                    answer == null ? null : answer.at());
        }
    }

    public record ShownLink(UUID id, String number, LinkRelation relation) {

        private static ShownLink of(Link link) {
            return new ShownLink(link.ticketId(), link.number(), link.relation());
        }
    }

    /**
     * @param outcome absent while it is open
     * @param purpose an agent's own, when absent
     * @param awaited whether the ticket waits for it
     */
    public record ShownPromise(
            UUID id,
            String what,
            Instant dueAt,
            @Nullable Channel channel,
            ShownPerson owner,
            Instant madeAt,
            @Nullable PromiseOutcome outcome,
            @Nullable Instant endedAt,
            PromisePurpose purpose,
            boolean awaited) {

        private static ShownPromise of(Promise promise, Memento state) {
            return new ShownPromise(
                    promise.id(),
                    promise.what(),
                    promise.dueAt(),
                    promise.channel(),
                    new ShownPerson(promise.owner().id(), promise.owner().name()),
                    promise.madeAt(),
                    promise.outcome(),
                    promise.endedAt(),
                    promise.purpose(),
                    promise.id().equals(state.awaitedPromise()));
        }
    }

    /**
     * Of the last resolution.
     *
     * @param token what the customer answers it by, as {@code /api/surveys/{token}}; only for who
     *     hands it on, and from when it may be
     * @param endedAt when its time passed without an answer
     * @param withdrawnAt when nobody wanted one any more
     */
    public record ShownSurvey(
            UUID id,
            @Nullable String token,
            Instant openedAt,
            @Nullable Instant endedAt,
            @Nullable Solved solved,
            @Nullable Integer score,
            @Nullable Instant answeredAt,
            @Nullable Instant withdrawnAt) {

        private static @Nullable ShownSurvey of(@Nullable Survey survey, @Nullable String token) {
            if (survey == null) {
                return null;
            }
            var answer = survey.answer();
            return new ShownSurvey(
                    survey.id(),
                    token,
                    survey.openedAt(),
                    survey.endedAt(),
                    answer == null ? null : answer.solved(),
                    answer == null ? null : answer.score(),
                    answer == null ? null : answer.at(),
                    survey.withdrawnAt());
        }
    }

    /**
     * @param version of the service rules, which name the steps
     * @param missing codes of what is mandatory and not done
     */
    public record ShownProcedure(String version, List<ShownStep> steps, List<String> missing) {

        private static ShownProcedure of(Course course, Beside beside) {
            var stages = course.stages();
            return new ShownProcedure(
                    beside.rules(),
                    stages.stream().map(stage -> ShownStep.of(stage, beside)).toList(),
                    stages.stream()
                            .filter(stage -> stage.isMandatory() && stage.done() == null)
                            .map(stage -> stage.step().code())
                            .toList());
        }
    }

    /**
     * @param who sees to it
     * @param dueAt among us: channels do not see it
     * @param overdue whether that was before the ticket was read, among us
     * @param by among us, too
     * @param doneAt absent while it is not done
     */
    public record ShownStep(
            String code,
            Who who,
            boolean mandatory,
            @Nullable Instant dueAt,
            boolean overdue,
            @Nullable String by,
            @Nullable Instant doneAt) {

        private static ShownStep of(Course.Stage stage, Beside beside) {
            var done = stage.done();
            return new ShownStep(
                    stage.step().code(),
                    stage.step().who(),
                    stage.isMandatory(),
                    beside.amongUs() ? stage.dueAt(beside.days()) : null,
                    beside.amongUs() && stage.isOverdue(beside.readAt(), beside.days()),
                    done == null || !beside.amongUs() ? null : done.by(),
                    done == null ? null : done.at());
        }
    }

    /** A call or chat of the customer. */
    public record ShownContact(
            UUID id,
            Channel channel,
            ContactOutcome outcome,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Solved solved) {

        private static ShownContact of(Talk.Contact contact) {
            return new ShownContact(
                    contact.id(),
                    contact.channel(),
                    contact.outcome(),
                    contact.startedAt(),
                    contact.endedAt(),
                    contact.solved());
        }
    }

    /** A call of ours. */
    public record ShownCall(
            UUID id,
            String agent,
            CallOutcome outcome,
            Instant at,
            @Nullable UUID promiseId,
            @Nullable Instant nextTryAt) {

        private static ShownCall of(Talk.Call call) {
            return new ShownCall(
                    call.id(),
                    call.agent(),
                    call.outcome(),
                    call.at(),
                    call.promiseId(),
                    call.nextTryAt());
        }
    }

    /**
     * Our calls; among us, as channels see none of them.
     *
     * @param last of all
     * @param unreached how many reached nobody, since the last one that did
     * @param days on which these were
     * @param partsOfDay in how many parts of the day these were
     */
    public record ShownCalls(List<ShownCall> last, int unreached, int days, int partsOfDay) {

        /** What channels see of them. */
        private static final ShownCalls UNTOLD = new ShownCalls(List.of(), 0, 0, 0);

        private static ShownCalls of(Ticket ticket) {
            var unreached = ticket.course().unreached();
            return new ShownCalls(
                    ticket.memento().talk().calls().stream().map(ShownCall::of).toList(),
                    unreached.calls(),
                    unreached.days(),
                    unreached.partsOfDay());
        }
    }

    /**
     * The earliest target that runs; that of the whole ticket when none does and it ran out.
     *
     * @param percent how much of it was warned of, among us; absent when nothing was
     * @param overdueSince when the target of the whole ticket ran out, as long as it is still to be
     *     met
     */
    public record Due(
            Instant at,
            ClockKind clock,
            @Nullable Integer percent,
            @Nullable Instant overdueSince) {

        Due unwarned() {
            return new Due(at, clock, null, overdueSince);
        }

        boolean runs() {
            return !at.equals(overdueSince);
        }
    }

    /**
     * What is known of a ticket beside its state; texts as they were written.
     *
     * @param rules version of the service rules that it is served by
     * @param days by which it is counted when steps are due
     * @param readAt the instant as of which it is shown
     * @param amongUs whether no channel sees it: not why we merged, nor what came from others
     */
    record Beside(
            @Nullable String province,
            String subject,
            @Nullable String body,
            @Nullable String result,
            Customers.Customer customer,
            @Nullable Due due,
            @Nullable String surveyToken,
            String trackingToken,
            String rules,
            WorkingDays days,
            Instant readAt,
            boolean amongUs) {}

    static TicketSnapshot of(Ticket ticket, Beside beside) {
        var created = ticket.created();
        var state = ticket.memento();
        var facts = state.facts();
        var customer = beside.customer();
        var suspicions = beside.amongUs() ? ShownSuspicion.of(state) : List.<ShownSuspicion>of();
        return new TicketSnapshot(
                ticket.id(),
                created.number(),
                facts.kind(),
                facts.phase(),
                facts.category(),
                created.channel(),
                state.status(),
                state.waitingReason(),
                Boolean.TRUE.equals(state.waitingSearch()),
                facts.priority(),
                facts.major(),
                facts.authority(),
                created.vip(),
                Masking.mask(beside.subject()),
                masked(beside.body()),
                masked(beside.result()),
                new ShownCustomer(customer.id(), masked(customer.name()), customer.maskedPhone()),
                created.orderId(),
                created.sellerId(),
                created.productId(),
                beside.province(),
                state.territory(),
                state.servedBy(),
                state.team(),
                state.tier(),
                shown(state.assignee()),
                shown(state.responsible()),
                state.round(),
                state.stay(),
                state.version(),
                created.at(),
                state.updatedAt(),
                beside.due(),
                state.promises().stream()
                        .filter(promise -> beside.amongUs() || promise.isTheCustomersToKnow())
                        .map(promise -> ShownPromise.of(promise, state))
                        .toList(),
                ShownProcedure.of(ticket.course(), beside),
                state.closingDue(),
                ShownSurvey.of(state.survey(), beside.surveyToken()),
                state.resolvedAt(),
                state.closedAt(),
                ShownMerge.of(state.merge(), beside.amongUs()),
                beside.amongUs()
                        ? state.absorbed().stream().map(ShownAbsorbed::of).toList()
                        : List.of(),
                state.talk().contacts().stream().map(ShownContact::of).toList(),
                beside.amongUs() ? ShownCalls.of(ticket) : ShownCalls.UNTOLD,
                beside.amongUs() ? ShownTransfer.of(state.transfer()) : null,
                beside.amongUs()
                        ? state.consultations().stream().map(ShownConsultation::of).toList()
                        : List.of(),
                beside.amongUs() ? state.links().stream().map(ShownLink::of).toList() : List.of(),
                TRACKING + beside.trackingToken(),
                Urged.timesOf(state.urged()),
                created.followUpOf(),
                created.repeatOf(),
                facts.claim(),
                suspicions.isEmpty() ? null : suspicions.getFirst(),
                facts.taxonomy(),
                suspicions);
    }

    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : Masking.mask(text);
    }

    private static @Nullable ShownPerson shown(Ticket.@Nullable Person person) {
        return person == null ? null : new ShownPerson(person.id(), person.name());
    }
}
