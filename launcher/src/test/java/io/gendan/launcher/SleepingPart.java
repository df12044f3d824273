package io.gendan.launcher;

import java.util.List;

/** The smallest real process there is. */
record SleepingPart(String name, int port) implements Part {

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public ProcessBuilder process() {
        return new ProcessBuilder("sleep", "600");
    }

    @Override
    public boolean isReady() {
        return true;
    }
}
