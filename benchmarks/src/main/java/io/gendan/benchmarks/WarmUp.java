package io.gendan.benchmarks;

import java.time.Duration;

/** Until the compilers have seen what matters, told by what a ticket costs. */
final class WarmUp {

    /** How much cheaper a step must make a ticket to be worth another. */
    private static final double CHEAPER = 0.9;

    private static final Duration STEP = Duration.ofSeconds(10);

    private final RunningGendan gendan;
    private final int fewestSteps;
    private final int mostSteps;

    /** Steps take ten seconds each. */
    WarmUp(RunningGendan gendan, int fewestSteps, int mostSteps) {
        this.gendan = gendan;
        this.fewestSteps = fewestSteps;
        this.mostSteps = mostSteps;
    }

    /** The load of one step, not counted. */
    @FunctionalInterface
    interface Step {
        Figures run(Duration time) throws Exception;
    }

    void run(Step step) throws Exception {
        var before = Double.MAX_VALUE;
        for (var n = 0; n < mostSteps; n++) {
            var begin = gendan.processorTime();
            var figures = step.run(STEP);
            var now = gendan.processorTime().since(begin).total() / figures.count();
            if (n >= fewestSteps && now > before * CHEAPER) {
                return;
            }
            before = now;
        }
    }
}
