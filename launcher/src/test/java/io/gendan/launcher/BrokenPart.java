package io.gendan.launcher;

import java.util.List;

/** A process that says why it cannot run, and ends. */
record BrokenPart(String name) implements Part {

    @Override
    public List<Integer> ports() {
        return List.of();
    }

    @Override
    public ProcessBuilder process() {
        return new ProcessBuilder("sh", "-c", "echo 'ERROR out of luck'; exit 1");
    }

    @Override
    public boolean isReady() {
        return false;
    }
}
