package io.gendan.routing;

import io.gendan.events.AssignmentEvent.Candidate;
import io.gendan.events.Level;
import io.gendan.events.Phase;
import io.gendan.routing.Verdict.Fit;
import io.gendan.routing.Verdict.Ranked;
import io.gendan.routing.Verdict.Unfit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who of a team gets a ticket. Each policy sees who is left after those before it; first those that
 * say who can have it at all, then those that say who is better. The knowing agent comes before the
 * senior one: the agent asked first stays responsible (首问负责制), whatever the customer's rank.
 */
final class Policies {

    /** Candidates named in a decision; a team is smaller, a big one must not make big events. */
    static final int NAMED_AT_MOST = 20;

    private static final Fit FIT = new Fit();

    private static final Set<String> PHASES =
            Arrays.stream(Phase.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private static final List<Policy> IN_ORDER =
            List.of(
                    new Policy("presence", Policies::presence),
                    new Policy("skill", Policies::skill),
                    new Policy("level", Policies::level),
                    new Policy("refused", Policies::refused),
                    new Policy("capacity", Policies::capacity),
                    new Policy("open tickets", Policies::openTickets),
                    new Policy("knows the customer", Policies::knowsCustomer),
                    new Policy("senior first", Policies::seniorFirst),
                    new Policy("least load", Policies::leastLoad),
                    new Policy("longest idle", Policies::longestIdle));

    @FunctionalInterface
    interface Rule {
        Verdict judge(Contender contender, Need need, Rules rules);
    }

    record Policy(String name, Rule rule) {}

    private record Judged(Contender contender, Verdict verdict) {

        long rank() {
            return verdict instanceof Ranked(long rank, String _) ? rank : Long.MAX_VALUE;
        }
    }

    private Policies() {}

    /** The same arguments give the same choice, in whatever order the contenders come. */
    static Choice choose(Need need, List<Contender> contenders, Rules rules) {
        var left = contenders.stream().sorted(Comparator.comparing(Contender::agent)).toList();
        var losers = new ArrayList<Candidate>();
        for (var policy : IN_ORDER) {
            left = narrow(policy, left, need, rules, losers);
        }
        if (left.isEmpty()) {
            return new Choice.Nobody(named(losers));
        }
        left.stream()
                .skip(1)
                .map(equal -> candidate(equal, "order of accounts: all else is equal", rules))
                .forEach(losers::add);
        var chosen = left.getFirst();
        var candidates = new ArrayList<Candidate>();
        candidates.add(candidate(chosen, "chosen", rules));
        // Who got furthest is named first: they are the ones a reader asks about.
        candidates.addAll(losers.reversed());
        return new Choice.Chosen(chosen, named(candidates));
    }

    private static List<Contender> narrow(
            Policy policy, List<Contender> left, Need need, Rules rules, List<Candidate> losers) {
        var judged =
                left.stream().map(c -> new Judged(c, policy.rule().judge(c, need, rules))).toList();
        long best = judged.stream().mapToLong(Judged::rank).min().orElse(Long.MAX_VALUE);
        var staying = new ArrayList<Contender>();
        for (var each : judged) {
            switch (each.verdict()) {
                case Fit() -> staying.add(each.contender());
                case Ranked(long rank, String _) when rank == best -> staying.add(each.contender());
                case Ranked(long _, String reason) ->
                        losers.add(loser(each.contender(), policy, reason, rules));
                case Unfit(String reason) ->
                        losers.add(loser(each.contender(), policy, reason, rules));
            }
        }
        return staying;
    }

    private static Candidate loser(Contender loser, Policy policy, String reason, Rules rules) {
        return candidate(loser, policy.name() + ": " + reason, rules);
    }

    private static Candidate candidate(Contender contender, String verdict, Rules rules) {
        return new Candidate(
                contender.agent(),
                contender.load(),
                rules.levelRule(contender.level()).capacity(),
                verdict);
    }

    private static List<Candidate> named(List<Candidate> candidates) {
        return List.copyOf(candidates.subList(0, Math.min(NAMED_AT_MOST, candidates.size())));
    }

    private static Verdict presence(Contender contender, Need need, Rules rules) {
        return contender.onDuty() ? FIT : new Unfit("off duty");
    }

    private static Verdict skill(Contender contender, Need need, Rules rules) {
        var phases = contender.skills().stream().filter(PHASES::contains).toList();
        boolean rightPhase =
                phases.isEmpty() || need.phase() == null || phases.contains(need.phase().name());
        boolean anyCategory = phases.size() == contender.skills().size();
        if (rightPhase && (anyCategory || contender.skills().contains(need.topCategory()))) {
            return FIT;
        }
        return new Unfit("not skilled for %s".formatted(need.topCategory()));
    }

    private static Verdict level(Contender contender, Need need, Rules rules) {
        if (rules.mayTake(contender.level(), need)) {
            return FIT;
        }
        return new Unfit(
                "%s may not take %s%s %s"
                        .formatted(
                                contender.level(),
                                need.major() == null ? "" : "major ",
                                need.kind(),
                                need.priority()));
    }

    private static Verdict refused(Contender contender, Need need, Rules rules) {
        return need.refusedBy().contains(contender.agent())
                ? new Unfit("the ticket refused this agent in this round")
                : FIT;
    }

    private static Verdict capacity(Contender contender, Need need, Rules rules) {
        int capacity = rules.levelRule(contender.level()).capacity();
        return contender.load() + need.points() <= capacity
                ? FIT
                : new Unfit(
                        "%d of %d points in use, the ticket weighs %d"
                                .formatted(contender.load(), capacity, need.points()));
    }

    private static Verdict openTickets(Contender contender, Need need, Rules rules) {
        int bound = rules.levelRule(contender.level()).openBound();
        return contender.open() < bound
                ? FIT
                : new Unfit("%d open, bound %d".formatted(contender.open(), bound));
    }

    private static Verdict knowsCustomer(Contender contender, Need need, Rules rules) {
        return new Ranked(contender.knows() ? 0 : 1, "another one has a ticket of this customer");
    }

    private static Verdict seniorFirst(Contender contender, Need need, Rules rules) {
        if (!need.vip() && need.major() == null) {
            return FIT;
        }
        return new Ranked(
                contender.level() == Level.SENIOR ? 0 : 1,
                contender.level() + ", a senior is free");
    }

    private static Verdict leastLoad(Contender contender, Need need, Rules rules) {
        int capacity = rules.levelRule(contender.level()).capacity();
        return new Ranked(
                contender.load() * 10_000L / capacity,
                "%d of %d points in use".formatted(contender.load(), capacity));
    }

    private static Verdict longestIdle(Contender contender, Need need, Rules rules) {
        var last = contender.lastChosenAt();
        return last == null
                ? new Ranked(Long.MIN_VALUE, "never chosen")
                : new Ranked(last.toEpochMilli(), "chosen last at " + last);
    }
}
