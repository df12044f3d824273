package io.gendan.endtoend;

/** A system that these tests start and end. */
interface StartedApplication extends ApplicationUnderTest {

    /**
     * Without any data yet, and not up yet: by {@code ./gendan}, or in containers with {@code
     * -Dgendan.on=compose}.
     */
    static StartedApplication fresh() {
        var on = System.getProperty("gendan.on", "gendan");
        return switch (on) {
            case "gendan" -> LaunchedApplication.fresh();
            case "compose" -> ComposeApplication.fresh();
            default -> throw new IllegalArgumentException("gendan.on is gendan or compose: " + on);
        };
    }

    /** Returns when all is healthy; targets are so many times shorter than they are for people. */
    void up(int hurry);

    /** Goes on at another pace. */
    void hurry(int hurry);
}
