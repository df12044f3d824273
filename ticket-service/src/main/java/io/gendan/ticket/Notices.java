package io.gendan.ticket;

import io.gendan.api.Caller;
import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.events.CloseReason;
import io.gendan.events.PromisePurpose;
import io.gendan.events.TicketEvent;
import io.gendan.events.TicketEvent.AnswerFiled;
import io.gendan.events.TicketEvent.AssignmentRefused;
import io.gendan.events.TicketEvent.CallAttempted;
import io.gendan.events.TicketEvent.ClosingOverdue;
import io.gendan.events.TicketEvent.ClosingRefused;
import io.gendan.events.TicketEvent.ConsultationAnswered;
import io.gendan.events.TicketEvent.Consulted;
import io.gendan.events.TicketEvent.ContactRecorded;
import io.gendan.events.TicketEvent.CustomerReminded;
import io.gendan.events.TicketEvent.EscalationRefused;
import io.gendan.events.TicketEvent.EscalationRequested;
import io.gendan.events.TicketEvent.FactsChanged;
import io.gendan.events.TicketEvent.MajorProposed;
import io.gendan.events.TicketEvent.MajorRefused;
import io.gendan.events.TicketEvent.MessageReceived;
import io.gendan.events.TicketEvent.MessageSent;
import io.gendan.events.TicketEvent.MessageUndelivered;
import io.gendan.events.TicketEvent.NoteAdded;
import io.gendan.events.TicketEvent.PromiseBroken;
import io.gendan.events.TicketEvent.PromiseKept;
import io.gendan.events.TicketEvent.PromiseMade;
import io.gendan.events.TicketEvent.PromiseWithdrawn;
import io.gendan.events.TicketEvent.ReviewWritten;
import io.gendan.events.TicketEvent.StepDone;
import io.gendan.events.TicketEvent.SurveyAnswered;
import io.gendan.events.TicketEvent.SurveyEnded;
import io.gendan.events.TicketEvent.TicketAbsorbed;
import io.gendan.events.TicketEvent.TicketAccepted;
import io.gendan.events.TicketEvent.TicketAssigned;
import io.gendan.events.TicketEvent.TicketCancelled;
import io.gendan.events.TicketEvent.TicketClosed;
import io.gendan.events.TicketEvent.TicketCreated;
import io.gendan.events.TicketEvent.TicketEscalated;
import io.gendan.events.TicketEvent.TicketLinked;
import io.gendan.events.TicketEvent.TicketMerged;
import io.gendan.events.TicketEvent.TicketPlaced;
import io.gendan.events.TicketEvent.TicketReleased;
import io.gendan.events.TicketEvent.TicketReopened;
import io.gendan.events.TicketEvent.TicketResolved;
import io.gendan.events.TicketEvent.TicketUnlinked;
import io.gendan.events.TicketEvent.TicketUnmerged;
import io.gendan.events.TicketEvent.TicketUrged;
import io.gendan.events.TicketEvent.TransferEnded;
import io.gendan.events.TicketEvent.TransferOffered;
import io.gendan.events.TicketEvent.TransferRequested;
import io.gendan.events.TicketEvent.WaitingEnded;
import io.gendan.events.TicketEvent.WaitingStarted;
import io.gendan.events.WaitEnd;
import io.gendan.events.WaitingReason;
import io.gendan.messaging.Origin;
import io.gendan.ticket.Ticket.Person;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each of us is told, in the transaction of its cause and once for each. */
@Repository
@Transactional
public class Notices {

    private static final int BATCH = 1_000;
    private static final DateTimeFormatter DUE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final String TO_BE_CONFIRMED = "待客户确认 To be confirmed by the customer";
    private static final String TO_BE_JUDGED =
            "待核实是否重大 To be found out whether it is major: %s, %s";
    private static final String TO_BE_FILED = "待提交答复 Answer to be filed";

    /** The customer's own end of what the assignee solved. */
    private static final Set<CloseReason> BY_BEING_SOLVED =
            EnumSet.of(CloseReason.CONFIRMED, CloseReason.NO_OBJECTION);

    /** Which promises their owners may not know of: what others made, or the customer's call. */
    private static final Set<PromisePurpose> TOLD_TO_THE_OWNER =
            EnumSet.of(PromisePurpose.OWN, PromisePurpose.CALLBACK);

    private final JdbcClient jdbc;
    private final NearlyDue nearlyDue;
    private final TicketSettings.NoticeSettings settings;

    /**
     * @param number of the ticket
     * @param detail what more there is to say, for people
     */
    public record Notice(
            UUID id,
            NoticeKind kind,
            UUID ticketId,
            String number,
            @Nullable String detail,
            Instant at,
            @Nullable Instant readAt) {}

    /** Something that is about to be told. */
    private record Draft(
            String person,
            NoticeKind kind,
            UUID ticketId,
            String number,
            Object cause,
            @Nullable String detail,
            Instant at) {}

    Notices(JdbcClient jdbc, NearlyDue nearlyDue, TicketSettings settings) {
        this.jdbc = jdbc;
        this.nearlyDue = nearlyDue;
        this.settings = settings.notices();
    }

    /** Tells of what was just said of the ticket, in order. */
    void take(Ticket ticket, List<TicketEvent> said, Origin origin) {
        var version = ticket.memento().version() - said.size();
        for (var event : said) {
            version++;
            take(ticket, event, version, origin);
        }
    }

    private void take(Ticket ticket, TicketEvent event, long version, Origin origin) {
        var assignee = ticket.memento().assignee();
        switch (event) {
            case ClosingRefused refused ->
                    tell(
                            ticket,
                            assignee,
                            NoticeKind.CLOSING_REFUSED,
                            version,
                            whatIsLeft(
                                    ticket,
                                    refused.reason().name(),
                                    refused.missing(),
                                    refused.openPromises(),
                                    refused.unjudged()),
                            refused.at());
            case ClosingOverdue overdue -> {
                var reason = overdue.reason();
                var left =
                        whatIsLeft(
                                ticket,
                                reason == null ? waitsFor(ticket) : reason.name(),
                                overdue.missing(),
                                overdue.openPromises(),
                                overdue.unjudged());
                var kind = NoticeKind.CLOSING_OVERDUE;
                tell(ticket, assignee, kind, version, left, overdue.at());
                tell(ticket, Ticket.LEADERS, kind, version, left, overdue.at());
            }
            case WaitingStarted started -> {
                if (nearlyDue.includes(ticket)) {
                    tell(
                            ticket,
                            Ticket.LEADERS,
                            NoticeKind.WAITS_LATE,
                            version,
                            named(ticket, started.reason(), Boolean.TRUE.equals(started.search())),
                            started.at());
                }
            }
            case WaitingEnded ended -> {
                // A wait for the customer ends in a solution, unless that is not for silence to
                // say.
                if (ended.reason() == WaitEnd.LIMIT && ticket.status() != TicketStatus.RESOLVED) {
                    var then = whatFollows(ticket, ended);
                    var kind = NoticeKind.WAIT_OVER;
                    tell(ticket, assignee, kind, version, then, ended.at());
                    tell(ticket, Ticket.LEADERS, kind, version, then, ended.at());
                }
            }
            case TicketUrged urged ->
                    tell(
                            ticket,
                            assignee,
                            NoticeKind.URGED,
                            version,
                            urged.text().isEmpty() ? null : urged.text(),
                            urged.at());
            case MajorProposed proposed -> {
                var sounds = "%s, %s".formatted(proposed.word(), proposed.major());
                var kind = NoticeKind.MAJOR_PROPOSED;
                tell(ticket, assignee, kind, version, sounds, proposed.at());
                tell(ticket, Ticket.LEADERS, kind, version, sounds, proposed.at());
            }
            case PromiseMade made -> {
                if (made.purpose() == PromisePurpose.REVISIT) {
                    tell(
                            ticket,
                            Ticket.LEADERS,
                            NoticeKind.REVISIT,
                            version,
                            "%s, %s".formatted(made.what(), due(ticket, made.dueAt())),
                            made.at());
                } else if (isForAColleague(made, origin)) {
                    tell(
                            ticket,
                            new Person(made.owner(), made.ownerName()),
                            NoticeKind.PROMISED,
                            version,
                            "%s, %s".formatted(made.what(), due(ticket, made.dueAt())),
                            made.at());
                }
            }
            case PromiseBroken broken -> tellBroken(ticket, broken, version);
            case TransferOffered offered ->
                    tell(
                            ticket,
                            new Person(offered.agent(), offered.agentName()),
                            NoticeKind.TRANSFER_OFFERED,
                            version,
                            null,
                            offered.at());
            case TransferEnded ended ->
                    tell(
                            ticket,
                            assignee,
                            NoticeKind.TRANSFER_ENDED,
                            version,
                            ended.reason() == null ? ended.outcome().name() : ended.reason(),
                            ended.at());
            case Consulted asked -> {
                var superior = asked.superior();
                tell(
                        ticket,
                        superior == null ? Ticket.LEADERS : new Person(superior, superior),
                        NoticeKind.CONSULTED,
                        version,
                        asked.question(),
                        asked.at());
            }
            case ConsultationAnswered answered -> {
                var asker = ticket.handOver().asker(answered.consultationId());
                for (var person : both(asker, assignee)) {
                    tell(
                            ticket,
                            person,
                            NoticeKind.CONSULTATION_ANSWERED,
                            version,
                            answered.text(),
                            answered.at());
                }
            }
            case TicketReopened reopened -> {
                for (var person : both(assignee, ticket.memento().responsible())) {
                    tell(
                            ticket,
                            person,
                            NoticeKind.REOPENED,
                            version,
                            reopened.said(),
                            reopened.at());
                }
            }
            case TicketResolved resolved -> {
                tellOutcome(ticket, resolved.agent(), version, resolved.result(), event.at());
                if (isAskedInPerson(ticket)) {
                    var kind = NoticeKind.ASK_IN_PERSON;
                    tell(ticket, assignee, kind, version, resolved.result(), event.at());
                }
            }
            case TicketClosed closed -> {
                var by =
                        BY_BEING_SOLVED.contains(closed.reason()) && assignee != null
                                ? assignee.id()
                                : origin.actor();
                tellOutcome(ticket, by, version, closed.reason().name(), event.at());
            }
            case TicketCancelled cancelled ->
                    tellOutcome(ticket, cancelled.by(), version, cancelled.reason(), event.at());
            case TicketMerged merged ->
                    tellOutcome(
                            ticket,
                            origin.actor(),
                            version,
                            "%s: %s".formatted(merged.intoNumber(), merged.reason()),
                            event.at());
            case MessageUndelivered lost ->
                    tell(
                            ticket,
                            assignee == null ? ticket.memento().responsible() : assignee,
                            NoticeKind.UNDELIVERED,
                            version,
                            lost.reason(),
                            lost.at());
            case TicketCreated _,
                    TicketPlaced _,
                    TicketAssigned _,
                    AssignmentRefused _,
                    TicketAccepted _,
                    MessageReceived _,
                    MessageSent _,
                    CustomerReminded _,
                    NoteAdded _,
                    SurveyAnswered _,
                    SurveyEnded _,
                    PromiseKept _,
                    PromiseWithdrawn _,
                    TicketEscalated _,
                    EscalationRefused _,
                    TicketAbsorbed _,
                    TicketUnmerged _,
                    TicketReleased _,
                    FactsChanged _,
                    MajorRefused _,
                    StepDone _,
                    ReviewWritten _,
                    AnswerFiled _,
                    ContactRecorded _,
                    CallAttempted _,
                    TransferRequested _,
                    EscalationRequested _,
                    TicketLinked _,
                    TicketUnlinked _ -> {
                // shows in the lists of those whom it concerns
            }
        }
    }

    private void tellBroken(Ticket ticket, PromiseBroken broken, long version) {
        var promise = ticket.promise(broken.promiseId());
        var assignee = ticket.memento().assignee();
        if (promise.isProgress() && assignee != null) {
            return;
        }
        var kind = NoticeKind.PROMISE_BROKEN;
        var what = "%s, %s".formatted(promise.what(), due(ticket, promise.dueAt()));
        var owner = promise.owner().equals(Ticket.SYSTEM) ? null : promise.owner();
        var whoHasIt = promise.isTheCustomersToKnow() ? assignee : null;
        for (var person : both(owner, whoHasIt)) {
            tell(ticket, person, kind, version, what, broken.at());
        }
        // Nobody has it, or by it nothing climbs: the ticket is over.
        if (promise.isProgress() || promise.isPlanned() && ticket.lacksItsOwner()) {
            tell(ticket, Ticket.LEADERS, kind, version, what, broken.at());
        }
    }

    /** It is time for the next try after that call. */
    void remind(Ticket ticket, UUID callId, String agent, Instant at) {
        add(
                new Draft(
                        agent,
                        NoticeKind.CALL_AGAIN,
                        ticket.id(),
                        ticket.created().number(),
                        callId,
                        due(ticket, at),
                        at));
    }

    /** Whether it was not made by who is to keep it. */
    static boolean isForAColleague(PromiseMade made, Origin origin) {
        return TOLD_TO_THE_OWNER.contains(Promise.orOwn(made.purpose()))
                && !made.owner().equals(Ticket.SYSTEM.id())
                && !made.owner().equals(origin.actor());
    }

    private static boolean isAskedInPerson(Ticket ticket) {
        return ticket.status() == TicketStatus.RESOLVED
                && ticket.rules().survey().spares(ticket.memento().facts().major());
    }

    static String named(Ticket ticket, WaitingReason reason, boolean search) {
        return ticket.rules()
                .wait(reason, search)
                .map(wait -> wait.nameZh() + " " + wait.nameEn())
                .orElse(reason.name());
    }

    private static @Nullable String whatFollows(Ticket ticket, WaitingEnded ended) {
        var waitedFor = ended.waitedFor();
        return waitedFor == null
                ? null
                : ticket.rules()
                        .wait(waitedFor, Boolean.TRUE.equals(ended.search()))
                        .map(
                                wait ->
                                        "%s %s: %s %s"
                                                .formatted(
                                                        wait.nameZh(),
                                                        wait.nameEn(),
                                                        wait.thenZh(),
                                                        wait.thenEn()))
                        .orElse(waitedFor.name());
    }

    private static String waitsFor(Ticket ticket) {
        return ticket.endsByFiling() ? TO_BE_FILED : TO_BE_CONFIRMED;
    }

    /** One when they are the same, or one of them is nobody. */
    private static Set<Person> both(@Nullable Person one, @Nullable Person other) {
        return Stream.of(one, other)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Why it was to close, then the steps that are not done, what is still promised, and by what it
     * sounds major.
     */
    private static String whatIsLeft(
            Ticket ticket,
            String reason,
            @Nullable List<String> notDone,
            List<UUID> promises,
            @Nullable List<UUID> unjudged) {
        var steps = ticket.rules().procedure(ticket.memento().facts().kind());
        var missing =
                Objects.requireNonNullElse(notDone, List.<String>of()).stream()
                        .flatMap(code -> steps.step(code).stream())
                        .map(step -> step.nameZh() + " " + step.nameEn());
        var promised =
                promises.stream()
                        .map(ticket::promise)
                        .map(one -> "%s, %s".formatted(one.what(), due(ticket, one.dueAt())));
        var asked =
                Objects.requireNonNullElse(unjudged, List.<UUID>of()).stream()
                        .flatMap(id -> ticket.memento().suspicion().find(id).stream())
                        .map(one -> TO_BE_JUDGED.formatted(one.word(), one.major()));
        return Stream.of(Stream.of(reason), missing, promised, asked)
                .flatMap(part -> part)
                .collect(Collectors.joining("; "));
    }

    static String due(Ticket ticket, Instant at) {
        return DUE.format(at.atZone(ticket.rules().calling().zone()));
    }

    /** Who was asked first answers for it to the end, also when another brings that about. */
    private void tellOutcome(Ticket ticket, String by, long version, String detail, Instant at) {
        var responsible = ticket.memento().responsible();
        if (responsible != null && !responsible.id().equals(by)) {
            tell(ticket, responsible, NoticeKind.OUTCOME, version, detail, at);
        }
    }

    private void tell(
            Ticket ticket,
            @Nullable Person person,
            NoticeKind kind,
            long version,
            @Nullable String detail,
            Instant at) {
        if (person != null) {
            tell(ticket, person, kind, ticket.id() + " " + version, detail, at);
        }
    }

    /** Tells of what the ticket itself does not say; once for each cause. */
    void tell(
            Ticket ticket,
            Person person,
            NoticeKind kind,
            String cause,
            @Nullable String detail,
            Instant at) {
        add(
                new Draft(
                        person.id(),
                        kind,
                        ticket.id(),
                        ticket.created().number(),
                        cause,
                        detail,
                        at));
    }

    private void add(Draft draft) {
        var name = "notice:" + draft.kind() + ":" + draft.cause() + ":" + draft.person();
        jdbc.sql(
                        """
                        INSERT INTO notice (id, person, kind, ticket_id, number, detail, at)
                        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                        """)
                .param(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .param(draft.person())
                .param(draft.kind().name())
                .param(draft.ticketId())
                .param(draft.number())
                .param(draft.detail())
                .param(Rows.timestamp(draft.at()))
                .update();
    }

    /** What the caller was told, newest first; leaders also what all of them are. */
    @Transactional(readOnly = true)
    public Page<Notice> of(Caller caller, boolean onlyUnread, Paging paging) {
        var after = paging.after();
        var read =
                jdbc.sql(
                                """
                                SELECT * FROM notice
                                WHERE person = ANY (:people) AND (read_at IS NULL OR NOT :onlyUnread)
                                    AND (CAST(:afterAt AS timestamptz) IS NULL
                                         OR (at, id) < (:afterAt, :afterId))
                                ORDER BY at DESC, id DESC LIMIT :rows
                                """)
                        .param("people", people(caller))
                        .param("onlyUnread", onlyUnread)
                        .param("afterAt", after == null ? null : Rows.timestamp(after.instant(0)))
                        .param("afterId", after == null ? null : after.id(1))
                        .param("rows", paging.rowsToRead())
                        .query(
                                (row, _) ->
                                        new Notice(
                                                row.getObject("id", UUID.class),
                                                NoticeKind.valueOf(row.getString("kind")),
                                                row.getObject("ticket_id", UUID.class),
                                                row.getString("number"),
                                                row.getString("detail"),
                                                row.getObject("at", OffsetDateTime.class)
                                                        .toInstant(),
                                                Rows.instant(
                                                        row.getObject(
                                                                "read_at", OffsetDateTime.class))))
                        .list();
        return Page.of(read, paging, last -> Cursor.at(last.at(), last.id()));
    }

    /**
     * What all leaders are told, one of them reads for all.
     *
     * @throws Problem 404 when the caller has no such notice
     */
    public void read(UUID id, Caller caller) {
        var found =
                jdbc.sql(
                                """
                                UPDATE notice SET read_at = coalesce(read_at, clock_timestamp())
                                WHERE id = :id AND person = ANY (:people)
                                """)
                        .param("id", id)
                        .param("people", people(caller))
                        .update();
        if (found == 0) {
            throw Problem.notFound();
        }
    }

    private static String[] people(Caller caller) {
        var own = Stream.of(caller.id());
        return (caller.isOneOf(Role.SUPERVISOR)
                        ? Stream.concat(own, Stream.of(Ticket.LEADERS.id()))
                        : own)
                .toArray(String[]::new);
    }

    /**
     * Forgets what is old and was read, and what nobody reads any more, a batch at a time.
     *
     * @return whether there may be more
     */
    boolean forget() {
        return jdbc.sql(
                                """
                                DELETE FROM notice WHERE id IN (
                                    SELECT id FROM notice
                                    WHERE at < clock_timestamp() - make_interval(secs => :read)
                                        AND (read_at IS NOT NULL OR at < clock_timestamp()
                                            - make_interval(secs => :unread))
                                    ORDER BY at LIMIT :batch FOR UPDATE SKIP LOCKED)
                                """)
                        .param("read", (double) settings.keptRead().toSeconds())
                        .param("unread", (double) settings.keptUnread().toSeconds())
                        .param("batch", BATCH)
                        .update()
                == BATCH;
    }
}
