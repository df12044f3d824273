package io.gendan.benchmarks;

import java.time.Duration;

/** Until the compilers have seen what matters, told by what a ticket costs. */
final class WarmUp {

    /** How much cheaper a step must make a ticket to be worth another. */
    private static final double CHEAPER = 0.9;

    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int FEWEST_STEPS = 12;
    private static final int MOST_STEPS = 24;

    private final RunningGendan gendan;

    WarmUp(RunningGendan gendan) {
        this.gendan = gendan;
    }

    /** The load of one step, not counted. */
    @FunctionalInterface
    interface Step {
        Figures run(Duration time) throws Exception;
    }

    void run(Step step) throws Exception {
        var before = Double.MAX_VALUE;
        for (var n = 0; n < MOST_STEPS; n++) {
            var begin = gendan.processorTime();
            var figures = step.run(STEP);
            var now = gendan.processorTime().since(begin).total() / figures.count();
            if (n >= FEWEST_STEPS && now > before * CHEAPER) {
                return;
            }
            before = now;
        }
    }
}
