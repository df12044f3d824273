package io.gendan.ticket.rules;

import io.gendan.api.Problem;
import io.gendan.events.Authority;
import io.gendan.events.CallOutcome;
import io.gendan.events.Channel;
import io.gendan.events.CloseReason;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;
import io.gendan.events.ResponsibleSide;
import io.gendan.events.RootCause;
import io.gendan.events.SuggestionOutcome;
import io.gendan.events.WaitingReason;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How tickets are served: one complete document, never changed once it was written.
 *
 * @param followUps for how long a closed ticket is followed up by the same agent
 * @param reopenings never climb when it does not say
 * @param raises no complaint when it does not say
 * @param progress how often customers hear how far it is
 * @param revisits none when it does not say
 * @param offers to take over somebody else's ticket
 * @param vipGrades of the customers whose tickets go before others; those that always did when it
 *     does not say
 * @param majorWords nothing sounds major when it does not say
 * @param plans whose customers are promised a plan; nobody's when it does not say
 * @param waits what follows waits that last too long; nothing is said of it when it does not say
 * @param warnings nobody is told that time passes when it does not say
 * @param firstCalls whose customers are promised a call at once; nobody's when it does not say
 */
public record ServiceRules(
        @NotEmpty @Size(max = 10) List<@NotNull @Valid Procedure> procedures,
        @NotNull @Valid Solving solving,
        @NotNull @Valid Closing closing,
        @NotNull @Size(max = 50) List<@NotNull @Valid FollowUp> followUps,
        @NotNull @Valid Urges urges,
        @NotNull @Valid Reopenings reopenings,
        @NotNull @Valid Raises raises,
        @NotNull @Valid Calling calling,
        @NotNull @Valid Callback callback,
        @NotNull @Size(max = 50) List<@NotNull @Valid Progress> progress,
        @NotNull @Valid Thanks thanks,
        @NotNull @Valid Surveying survey,
        @NotNull @Valid Revisits revisits,
        @NotNull @Valid Offers offers,
        @NotNull Set<@NotNull Grade> vipGrades,
        @Nullable @Valid MajorWords majorWords,
        @NotNull @Size(max = 20) List<@NotNull @Valid Wait> waits,
        @NotNull @Valid Vocabularies vocabularies,
        @NotNull @Size(max = 50) List<@NotNull @Valid Plan> plans,
        @NotNull @Valid Warnings warnings,
        @NotNull @Size(max = 50) List<@NotNull @Valid FirstCall> firstCalls) {

    static final String CODE = "[A-Z][A-Z0-9_]{0,39}";

    /** Of the first or the second level. */
    static final String CATEGORY = CODE + "(\\." + CODE + ")?";

    private static final String LEVEL = ".";

    private static final Set<Grade> BEFORE_RULES_NAMED_THEM =
            EnumSet.of(Grade.KEY, Grade.ENTERPRISE);
    private static final String OF_A_NEWER_VERSION = "UNKNOWN";
    private static final Duration LONGEST = Duration.ofDays(3660);

    /** The reasons to close that a leader gives. */
    private static final Set<CloseReason> BY_LEADER =
            EnumSet.of(
                    CloseReason.WITHDRAWN,
                    CloseReason.UNREACHABLE,
                    CloseReason.NO_AGREEMENT,
                    CloseReason.DUPLICATE,
                    CloseReason.INVALID);

    public ServiceRules {
        reopenings = Objects.requireNonNullElse(reopenings, Reopenings.NONE);
        raises = Objects.requireNonNullElse(raises, Raises.NONE);
        revisits = Objects.requireNonNullElse(revisits, Revisits.NONE);
        offers = Objects.requireNonNullElse(offers, Offers.AS_BEFORE);
        vipGrades = Objects.requireNonNullElse(vipGrades, BEFORE_RULES_NAMED_THEM);
        waits = Objects.requireNonNullElse(waits, List.of());
        warnings = Objects.requireNonNullElse(warnings, Warnings.NONE);
        plans = Objects.requireNonNullElse(plans, List.of());
        firstCalls = Objects.requireNonNullElse(firstCalls, List.of());
    }

    /**
     * @param codes of either level
     */
    static boolean includes(Set<String> codes, String category) {
        return codes.stream()
                .anyMatch(one -> category.equals(one) || category.startsWith(one + LEVEL));
    }

    public Procedure procedure(Kind kind) {
        return procedures.stream()
                .filter(procedure -> procedure.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No procedure for " + kind));
    }

    /** Absent when a closed ticket of this sort is not followed up by the same agent. */
    public Optional<Duration> followUpWithin(Kind kind, Priority priority, @Nullable Major major) {
        return followUps.stream()
                .filter(line -> line.which().includes(kind, priority, major))
                .findFirst()
                .map(FollowUp::within);
    }

    /** Whether the tickets of such a customer go before others. */
    public boolean isVip(Grade grade) {
        return vipGrades.contains(grade);
    }

    /** By what a customer says it sounds major, in each way that it does. */
    public List<MajorWords.Found> majorIn(@Nullable String text) {
        return text == null || majorWords == null ? List.of() : majorWords.find(text);
    }

    /**
     * Absent when nothing is promised to the customer of such a ticket.
     *
     * @param letter of the authority that asks about it; absent when none does
     */
    public Optional<Plan> plan(Kind kind, @Nullable Major major, @Nullable Authority letter) {
        return plans.stream().filter(plan -> plan.isFor(kind, major, letter)).findFirst();
    }

    /**
     * Absent when the customer of such a ticket is not promised to be called.
     *
     * @param letter of the authority that asks about it; absent when none does
     */
    public Optional<FirstCall> firstCall(
            Kind kind, @Nullable Major major, @Nullable Authority letter) {
        return firstCalls.stream().filter(call -> call.isFor(kind, major, letter)).findFirst();
    }

    /**
     * Absent when nothing is said of waits for that.
     *
     * @param search whether the carrier looks for the parcel: what is said of any wait for it holds
     *     when nothing is said of that
     */
    public Optional<Wait> wait(WaitingReason reason, boolean search) {
        return waits.stream()
                .filter(wait -> wait.reason() == reason && (search || !wait.isOfSearches()))
                .max(Comparator.comparing(Wait::isOfSearches));
    }

    /** When somebody is called back at the latest who could not reach us now. */
    public Instant callBackBy(Instant now, boolean vip) {
        var within = callback.within(vip);
        var due = calling.openFrom(now).plus(within);
        return calling.isOpen(due) ? due : calling.openFrom(due).plus(within);
    }

    /** Absent when customers with a ticket of this sort are told nothing in between. */
    public Optional<Duration> progressEvery(
            Kind kind, Priority priority, @Nullable Major major, boolean vip) {
        var pressing = vip || priority == Priority.URGENT;
        return progress.stream()
                .filter(line -> line.which().includes(kind, priority, major))
                .findFirst()
                .map(
                        line ->
                                pressing && line.everyPressing() != null
                                        ? line.everyPressing()
                                        : line.every());
    }

    /**
     * @param at where in a request it stands
     * @throws Problem 422 with the pointer of what makes no sense
     */
    void check(String at) {
        checkProcedures(at + "/procedures");
        requireOnce(solving.needs(), Solving.Needs::kind, at + "/solving/needs");
        requireOnce(
                solving.means(),
                means -> List.of(means.code(), String.valueOf(means.category())),
                at + "/solving/means");
        checkMeans(at + "/solving/means");
        checkClosing(at + "/closing/byLeader");
        for (int i = 0; i < followUps.size(); i++) {
            requireTime(followUps.get(i).within(), at + "/followUps/" + i + "/within");
        }
        requireTime(urges.climbsWithin(), at + "/urges/climbsWithin");
        requireTime(urges.repeatsWithin(), at + "/urges/repeatsWithin");
        requireOrder(calling.from(), calling.until(), at + "/calling/until");
        requireTime(callback.within(), at + "/callback/within");
        requireTime(callback.withinVip(), at + "/callback/withinVip");
        for (int i = 0; i < progress.size(); i++) {
            var line = progress.get(i);
            requireTime(line.every(), at + "/progress/" + i + "/every");
            if (line.everyPressing() != null) {
                requireTime(line.everyPressing(), at + "/progress/" + i + "/everyPressing");
            }
        }
        checkSurvey(at + "/survey");
        checkRevisits(at + "/revisits");
        requireTime(offers.answered(), at + "/offers/answered");
        requireTime(offers.answeredInChat(), at + "/offers/answeredInChat");
        checkWaits(at + "/waits");
        requireOnce(warnings.lines(), Warnings.Line::percent, at + "/warnings/lines");
        if (isVip(Grade.NORMAL)) {
            throw Versions.invalid(at + "/vipGrades", "NotEverybody");
        }
        if (majorWords != null) {
            checkMajorWords(majorWords, at + "/majorWords");
        }
        checkWords(at + "/vocabularies");
        checkPlans(at + "/plans");
        checkPromised(firstCalls, at + "/firstCalls");
    }

    private static void checkPromised(List<? extends Promised> lines, String at) {
        for (int i = 0; i < lines.size(); i++) {
            requireTime(lines.get(i).within(), at + "/" + i + "/within");
            if (lines.get(i).kind() == Kind.UNKNOWN) {
                throw Versions.invalid(at + "/" + i + "/kind", "Required");
            }
        }
    }

    private void checkPlans(String at) {
        checkPromised(plans, at);
        for (int i = 0; i < plans.size(); i++) {
            var plan = plans.get(i);
            requireCalendar(plan.due(), at + "/" + i + "/calendar");
            if (procedure(plan.kind()).step(plan.step()).isEmpty()) {
                throw Versions.invalid(at + "/" + i + "/step", "OfTheProcedure");
            }
        }
    }

    private void checkWaits(String at) {
        requireOnce(waits, wait -> List.of(wait.reason(), wait.isOfSearches()), at);
        for (int i = 0; i < waits.size(); i++) {
            if (waits.get(i).search() != null && waits.get(i).reason() != WaitingReason.CARRIER) {
                throw Versions.invalid(at + "/" + i + "/search", "OnlyWithCarrier");
            }
        }
    }

    private static void checkMajorWords(MajorWords words, String at) {
        requireTime(words.judgedWithin(), at + "/judgedWithin");
        for (int i = 0; i < words.lines().size(); i++) {
            var major = words.lines().get(i).major();
            if (major == Major.UNKNOWN) {
                throw Versions.invalid(at + "/lines/" + i + "/major", "Required");
            }
            if (major == Major.REGULATOR) {
                throw Versions.invalid(at + "/lines/" + i + "/major", "ByLetter");
            }
        }
    }

    private void checkRevisits(String at) {
        requireOnce(
                revisits.afterClosing(),
                line -> List.of(line.which(), line.what(), line.after()),
                at + "/afterClosing");
        for (int i = 0; i < revisits.afterClosing().size(); i++) {
            requireTime(
                    revisits.afterClosing().get(i).after(), at + "/afterClosing/" + i + "/after");
        }
        var regular = revisits.regular();
        if (regular != null) {
            requireTime(regular.every(), at + "/regular/every");
            requireTime(regular.within(), at + "/regular/within");
        }
    }

    private void checkProcedures(String at) {
        requireOnce(procedures, Procedure::kind, at);
        var kinds = EnumSet.complementOf(EnumSet.of(Kind.UNKNOWN));
        procedures.forEach(procedure -> kinds.remove(procedure.kind()));
        if (!kinds.isEmpty()) {
            throw Versions.invalid(at, "Complete").with("missing", kinds);
        }
        for (int i = 0; i < procedures.size(); i++) {
            var steps = procedures.get(i).steps();
            requireOnce(steps, Procedure.Step::code, at + "/" + i + "/steps");
            for (int j = 0; j < steps.size(); j++) {
                var due = steps.get(j).due();
                if (due != null) {
                    requireTime(due.within(), at + "/" + i + "/steps/" + j + "/due/within");
                    requireCalendar(due, at + "/" + i + "/steps/" + j + "/due/calendar");
                }
                if (steps.get(j).doneBy().isEmpty() && !steps.get(j).canBeDoneByHand()) {
                    throw Versions.invalid(at + "/" + i + "/steps/" + j + "/doneBy", "Required");
                }
                if (steps.get(j).needsNote() && !steps.get(j).doneBy().isEmpty()) {
                    throw Versions.invalid(at + "/" + i + "/steps/" + j + "/noted", "ByHand");
                }
            }
        }
    }

    private void checkMeans(String at) {
        for (int i = 0; i < solving.means().size(); i++) {
            var means = solving.means().get(i);
            requireOnce(means.asked(), Closing.Statement::code, at + "/" + i + "/statements");
            if (means.namesDifferent() && means.asked().size() < 2) {
                throw Versions.invalid(at + "/" + i + "/differ", "NothingToCompare");
            }
        }
    }

    private void checkClosing(String at) {
        requireOnce(closing.byLeader(), Closing.Unsolved::reason, at);
        var missing = EnumSet.copyOf(BY_LEADER);
        for (int i = 0; i < closing.byLeader().size(); i++) {
            var line = closing.byLeader().get(i);
            if (!BY_LEADER.contains(line.reason())) {
                throw Versions.invalid(at + "/" + i + "/reason", "ByLeader");
            }
            requireOnce(line.statements(), Closing.Statement::code, at + "/" + i + "/statements");
            missing.remove(line.reason());
        }
        if (!missing.isEmpty()) {
            throw Versions.invalid(at, "Complete").with("missing", missing);
        }
    }

    private void checkSurvey(String at) {
        requireOnce(survey.delays(), Surveying.Delay::channel, at + "/delays");
        requireOnce(survey.shares(), Surveying.Share::kind, at + "/shares");
        requireOrder(survey.from(), survey.until(), at + "/until");
        if (survey.delay().isNegative() || survey.delay().compareTo(LONGEST) > 0) {
            throw Versions.invalid(at + "/delay", "WholeSeconds");
        }
        for (int i = 0; i < survey.delays().size(); i++) {
            var after = survey.delays().get(i).after();
            if (after.isNegative() || after.compareTo(LONGEST) > 0) {
                throw Versions.invalid(at + "/delays/" + i + "/after", "WholeSeconds");
            }
        }
        for (int i = 0; i < survey.peaks().size(); i++) {
            var peak = survey.peaks().get(i);
            if (peak.from().isAfter(peak.until())) {
                throw Versions.invalid(at + "/peaks/" + i + "/until", "Order");
            }
        }
        requireTime(survey.oncePer(), at + "/oncePer");
        requireTime(survey.calledWithin(), at + "/calledWithin");
        requireTime(survey.revisitedWithin(), at + "/revisitedWithin");
        var daily = survey.daily();
        if (daily != null) {
            requireTime(daily.oncePer(), at + "/daily/oncePer");
            if (daily.channel() == Channel.UNKNOWN) {
                throw Versions.invalid(at + "/daily/channel", "Required");
            }
            if (daily.kind() == Kind.UNKNOWN) {
                throw Versions.invalid(at + "/daily/kind", "Required");
            }
        }
    }

    private void checkWords(String at) {
        check(vocabularies.responsibleSides(), ResponsibleSide.values(), at + "/responsibleSides");
        check(vocabularies.rootCauses(), RootCause.values(), at + "/rootCauses");
        check(vocabularies.callOutcomes(), CallOutcome.values(), at + "/callOutcomes");
        check(vocabularies.closeReasons(), CloseReason.values(), at + "/closeReasons");
        check(
                vocabularies.suggestionOutcomes(),
                SuggestionOutcome.values(),
                at + "/suggestionOutcomes");
        if (!vocabularies.customerGrades().isEmpty()) {
            check(vocabularies.customerGrades(), Grade.values(), at + "/customerGrades");
        }
        requireOnce(vocabularies.customerFlags(), Vocabularies.Word::code, at + "/customerFlags");
    }

    /** Names each value that there is, once. */
    private static void check(List<Vocabularies.Word> words, Enum<?>[] values, String at) {
        requireOnce(words, Vocabularies.Word::code, at);
        var named = words.stream().map(Vocabularies.Word::code).collect(Collectors.toSet());
        var there =
                Arrays.stream(values)
                        .map(Enum::name)
                        .filter(name -> !name.equals(OF_A_NEWER_VERSION))
                        .collect(Collectors.toSet());
        if (!named.equals(there)) {
            throw Versions.invalid(at, "Complete").with("values", there.stream().sorted().toList());
        }
    }

    private static <T> void requireOnce(List<T> lines, Function<T, Object> key, String at) {
        var seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!seen.add(key.apply(lines.get(i)))) {
                throw Versions.invalid(at + "/" + i, "OnlyOnce");
            }
        }
    }

    private static void requireCalendar(Procedure.Due due, String at) {
        if (!Procedure.Due.CALENDARS.contains(due.calendar())) {
            throw Versions.invalid(at, "Calendar").with("calendars", Procedure.Due.CALENDARS);
        }
    }

    private static void requireTime(Duration time, String at) {
        if (!time.isPositive() || time.getNano() != 0 || time.compareTo(LONGEST) > 0) {
            throw Versions.invalid(at, "WholeSeconds");
        }
    }

    private static void requireOrder(LocalTime from, LocalTime until, String at) {
        if (!from.isBefore(until)) {
            throw Versions.invalid(at, "Order");
        }
    }
}
