package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.SuggestionOutcome;
import io.gendan.ticket.Work.Done;
import io.gendan.ticket.rules.Closing.Statement;
import io.gendan.ticket.rules.Closing.Tried;
import io.gendan.ticket.rules.Closing.Unsolved;
import io.gendan.ticket.rules.Procedure.Deed;
import io.gendan.ticket.rules.Procedure.Due;
import io.gendan.ticket.rules.Procedure.Step;
import io.gendan.ticket.rules.Procedure.Who;
import io.gendan.ticket.rules.ServiceRules;
import io.gendan.ticket.rules.Solving.Means;
import io.gendan.ticket.rules.Solving.Said;
import io.gendan.ticket.rules.WorkingDays;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How far a ticket is in its procedure, and what must be so before it may be resolved or closed.
 * Says so from the rules and from what was done; changes nothing.
 */
record Course(
        ServiceRules rules,
        UUID ticketId,
        Instant openedAt,
        @Nullable Instant reopenedAt,
        Facts facts,
        Work work,
        Talk talk) {

    private static final int PERCENT = 100;

    /** What a duplicate says of itself: the number of the ticket that it repeats. */
    static final String ORIGINAL = "ORIGINAL";

    private static final String STATEMENTS = "/statements/";
    private static final String PLANNED_FOR = "/plannedFor";

    /** What closing itself does. */
    private static final Set<Deed> OF_CLOSING = EnumSet.of(Deed.CONFIRM, Deed.CLOSE);

    private static final Set<SuggestionOutcome> TO_COME =
            EnumSet.of(
                    SuggestionOutcome.ADOPTED, SuggestionOutcome.PARTLY, SuggestionOutcome.PLANNED);

    /**
     * @param done absent while it is not
     * @param begin from when its time counts; absent when that did not happen, or it is not due
     */
    record Stage(Step step, boolean isMandatory, @Nullable Done done, @Nullable Instant begin) {

        /** Absent when only the ticket itself is due, or what it counts from did not happen. */
        @Nullable Instant dueAt(WorkingDays days) {
            var due = step.due();
            return due == null || begin == null ? null : due.from(begin, days).orElse(null);
        }

        boolean isOverdue(Instant now, WorkingDays days) {
            var dueAt = dueAt(days);
            return done == null && dueAt != null && dueAt.isBefore(now);
        }
    }

    List<Stage> stages() {
        return rules.procedure(facts.kind()).steps().stream()
                .filter(step -> step.isFor(facts.category()))
                .map(this::stage)
                .toList();
    }

    /** What need not be done is not due either. */
    private Stage stage(Step step) {
        var isMandatory = isMandatory(step);
        var due = isMandatory ? step.due() : null;
        var begin = due == null ? null : begin(due).orElse(null);
        return new Stage(step, isMandatory, done(step).orElse(null), begin);
    }

    private Optional<Instant> begin(Due due) {
        return due.after() == null
                ? Optional.of(openedAt)
                : Optional.ofNullable(work.deeds().get(due.after())).map(Done::at);
    }

    /** The codes of the steps that are to be done before it is closed for this reason. */
    List<String> missingFor(CloseReason reason) {
        return stages().stream()
                .filter(stage -> stage.isMandatory() && stage.done() == null)
                .map(Stage::step)
                .filter(step -> Collections.disjoint(step.doneBy(), OF_CLOSING))
                .filter(
                        step ->
                                reason != CloseReason.ANSWER_FILED
                                        || step.doneBy().contains(Deed.REVIEW))
                .map(Step::code)
                .toList();
    }

    private boolean isMandatory(Step step) {
        return step.isMandatoryFor(facts.priority(), facts.major())
                || step.doneBy().contains(Deed.REVIEW) && isToBeReviewed();
    }

    /** Absent while the step is not done, or is none of its procedure. */
    Optional<Done> done(String step) {
        return rules.procedure(facts.kind()).step(step).flatMap(this::done);
    }

    private Optional<Done> done(Step step) {
        return step.doneBy().stream()
                .flatMap(deed -> Optional.ofNullable(work.deeds().get(deed)).stream())
                .findFirst()
                .or(
                        () ->
                                work.steps().stream()
                                        .filter(taken -> taken.step().equals(step.code()))
                                        .map(taken -> new Done(taken.by(), taken.at()))
                                        .findFirst());
    }

    /**
     * By what presses, by how far it climbed, by how much is claimed, or by a lot that its id has
     * drawn.
     */
    private boolean isToBeReviewed() {
        var review = rules.closing().review();
        return facts.kind() == Kind.COMPLAINT
                && (review.priorities().contains(facts.priority())
                        || facts.major() != null && review.majors().contains(facts.major())
                        || work.topTier() >= review.leastTier()
                        || facts.claim() != null
                                && facts.claim().compareTo(review.leastAmount()) >= 0
                        || Math.floorMod(ticketId.getLeastSignificantBits(), PERCENT)
                                < review.lotPercent());
    }

    /**
     * @param note what came of it
     * @throws Problem 422 when the procedure has no such step, it is not done by hand, or nothing
     *     is said of what came of it, 403 when only leaders do it, 409 when it is done
     */
    void requireToDo(String code, @Nullable String note, boolean isLeader) {
        var known = stages();
        var stage =
                known.stream()
                        .filter(one -> one.step().code().equals(code))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Problem.of(422, "step-unknown", code)
                                                .at("/step")
                                                .with("known", codes(known)));
        if (!stage.step().canBeDoneByHand()) {
            throw Problem.of(422, "step-not-by-hand", code).at("/step");
        }
        requireDoer(stage.step(), isLeader);
        if (stage.done() != null) {
            throw Problem.of(409, "step-done", code).at("/step");
        }
        if (stage.step().needsNote() && (note == null || note.isBlank())) {
            throw Problem.of(422, "step-note", code).at("/note");
        }
    }

    /**
     * @throws Problem 403 when only leaders review
     */
    void requireReviewer(boolean isLeader) {
        rules.procedure(facts.kind()).steps().stream()
                .filter(step -> step.doneBy().contains(Deed.REVIEW))
                .forEach(step -> requireDoer(step, isLeader));
    }

    /** Departments have no accounts: what they did is told by whoever has the ticket. */
    private static void requireDoer(Step step, boolean isLeader) {
        if (step.who() == Who.LEADER && !isLeader) {
            throw Problem.of(403, "step-leaders-only", step.code());
        }
    }

    private static List<String> codes(List<Stage> stages) {
        return stages.stream().map(stage -> stage.step().code()).toList();
    }

    /**
     * @throws Problem 422 that points to what the resolution does not say
     */
    void requireSolved(Resolution resolution) {
        if (facts.category().equals(Taxonomy.UNSORTED)) {
            throw Problem.of(422, "unsorted").at("/category");
        }
        var needed = rules.solving().needed(facts.kind());
        var means = rules.solving().meansFor(facts.kind(), facts.category());
        var known = means.stream().map(Means::code).toList();
        var used = means.stream().filter(one -> one.code().equals(resolution.proof())).findFirst();
        var asked = used.map(Means::asked).orElse(List.of());
        var missing = new ArrayList<String>();
        require(resolution.result(), "/result", missing);
        if (needed.contains(Said.RESPONSIBLE_SIDE)) {
            require(resolution.responsibleSide(), "/responsibleSide", missing);
        }
        if (needed.contains(Said.ROOT_CAUSE)) {
            require(resolution.rootCause(), "/rootCause", missing);
        }
        if (needed.contains(Said.SUGGESTION_OUTCOME)) {
            require(resolution.suggestionOutcome(), "/suggestionOutcome", missing);
        }
        var isToCome =
                resolution.suggestionOutcome() != null
                        && TO_COME.contains(resolution.suggestionOutcome());
        if (isToCome) {
            require(resolution.plannedFor(), PLANNED_FOR, missing);
        }
        if (needed.contains(Said.PROOF) && !known.isEmpty()) {
            require(resolution.proof(), "/proof", missing);
        }
        missing.addAll(unsaid(asked, resolution.statements()));
        if (!missing.isEmpty()) {
            throw Problem.of(422, "resolution-incomplete", String.join(", ", missing))
                    .at(missing.getFirst())
                    .with("missing", missing)
                    .with("means", known);
        }
        requirePlannable(resolution.plannedFor(), isToCome);
        if (resolution.proof() != null && used.isEmpty()) {
            throw Problem.of(422, "proof-unknown", resolution.proof(), facts.category())
                    .at("/proof")
                    .with("means", known);
        }
        requireAsked(asked, resolution.statements());
        used.ifPresent(one -> requireShown(one, resolution.statements()));
    }

    /** What is promised for another day, or of nothing to come, nobody ever keeps. */
    private static void requirePlannable(@Nullable LocalDate day, boolean isToCome) {
        if (day != null && !isToCome) {
            throw Problem.of(422, "out-of-place", PLANNED_FOR.substring(1)).at(PLANNED_FOR);
        }
        if (day != null && !AuthorityLetter.isOfOurTime(day)) {
            throw Problem.of(422, "planned-date").at(PLANNED_FOR);
        }
    }

    private void requireShown(Means means, Map<String, String> statements) {
        if (means.takesACall() && !isToldByPhone()) {
            throw Problem.of(422, "proof-by-phone", means.code()).at("/proof");
        }
        if (means.namesDifferent()) {
            requireDifferent(means.asked(), statements);
        }
    }

    /** By whoever has it now, of what they found: not in the call by which we heard of it. */
    private boolean isToldByPhone() {
        var taken = work.deeds().get(Deed.ACCEPT);
        return taken != null && talk.hasSpokenSince(taken.at(), reopenedAt);
    }

    private static void requireDifferent(List<Statement> asked, Map<String, String> statements) {
        var said = new HashMap<String, String>();
        for (var statement : asked) {
            var text = Objects.requireNonNull(statements.get(statement.code()));
            var before = said.putIfAbsent(text.strip().toLowerCase(Locale.ROOT), statement.code());
            if (before != null) {
                throw Problem.of(422, "statements-same", statement.code(), before)
                        .at(STATEMENTS + statement.code());
            }
        }
    }

    private static void requireAsked(List<Statement> asked, Map<String, String> statements) {
        var codes = asked.stream().map(Statement::code).toList();
        for (var code : statements.keySet()) {
            if (!codes.contains(code)) {
                throw Problem.of(422, "statement-unknown", code)
                        .at(STATEMENTS + code)
                        .with("statements", codes);
            }
        }
    }

    /** Where what is asked for and not said would stand. */
    private static List<String> unsaid(List<Statement> asked, Map<String, String> statements) {
        return asked.stream()
                .map(Statement::code)
                .filter(code -> !statements.containsKey(code))
                .map(code -> STATEMENTS + code)
                .toList();
    }

    private static void require(@Nullable Object given, String pointer, List<String> missing) {
        if (given == null) {
            missing.add(pointer);
        }
    }

    /**
     * Whether the condition of a reason holds that is not a solution.
     *
     * @param statements what whoever closes says, by code
     * @throws Problem 422 when something is not said, 409 when something was not done
     */
    void requireEnd(CloseReason reason, Map<String, String> statements, int tier) {
        var end =
                rules.closing()
                        .of(reason)
                        .orElseThrow(() -> Problem.of(422, "close-reason", reason).at("/reason"));
        requireAsked(end.statements(), statements);
        var missing = unsaid(end.statements(), statements);
        if (!missing.isEmpty()) {
            throw Problem.of(422, "statement-missing", String.join(", ", missing))
                    .at(missing.getFirst())
                    .with("missing", missing);
        }
        if (end.leastTier() != null && tier < end.leastTier()) {
            throw Problem.of(409, "close-tier", end.leastTier());
        }
        if (end.tried() != null) {
            requireTried(end.tried());
        }
    }

    /**
     * Calls that reached nobody, since the customer was last reached or came to us.
     *
     * @param days on which these were
     * @param partsOfDay in how many parts of the day these were, as the condition of closing for
     *     that counts them; 0 without such a condition
     */
    record Unreached(int calls, int days, int partsOfDay) {}

    Unreached unreached() {
        var begins =
                rules.closing()
                        .of(CloseReason.UNREACHABLE)
                        .map(Unsolved::tried)
                        .map(Tried::partsBegin)
                        .orElse(List.of());
        return unreached(begins);
    }

    private Unreached unreached(List<LocalTime> partsBegin) {
        var local =
                talk.silence().calls().stream()
                        .map(call -> call.atZone(rules.calling().zone()))
                        .toList();
        var days = local.stream().map(call -> call.toLocalDate()).distinct().count();
        var parts =
                partsBegin.isEmpty()
                        ? 0
                        : local.stream()
                                .map(call -> part(call.toLocalTime(), partsBegin))
                                .distinct()
                                .count();
        return new Unreached(local.size(), (int) days, (int) parts);
    }

    private void requireTried(Tried tried) {
        var unreached = unreached(tried.partsBegin());
        if (unreached.calls() < tried.calls()
                || unreached.days() < tried.days()
                || unreached.partsOfDay() < tried.partsOfDay()
                || talk.silence().messages() < tried.messages()) {
            throw Problem.of(
                            409,
                            "not-tried-enough",
                            tried.calls(),
                            tried.days(),
                            tried.partsOfDay(),
                            tried.messages())
                    .with("calls", unreached.calls())
                    .with("days", unreached.days())
                    .with("partsOfDay", unreached.partsOfDay())
                    .with("messages", talk.silence().messages());
        }
    }

    /** Before the first begins it is still the last one of the day before. */
    private static long part(LocalTime time, List<LocalTime> partsBegin) {
        var begun = partsBegin.stream().filter(begin -> !begin.isAfter(time)).count();
        return begun == 0 ? partsBegin.size() : begun;
    }

    static String told(Map<String, String> statements) {
        return statements.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(statement -> statement.getKey() + ": " + statement.getValue())
                .collect(Collectors.joining("\n"));
    }
}
