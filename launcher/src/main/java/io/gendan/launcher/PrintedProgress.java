package io.gendan.launcher;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Progress as lines of text, and back. Whoever reads may go away: lines that nobody reads are
 * dropped, which a {@link PrintStream} does by itself.
 */
record PrintedProgress(PrintStream out) implements Progress {

    @Override
    public void partIs(String part, Phase phase, String detail) {
        out.println(part + "\t" + phase + "\t" + detail.replaceAll("\\s+", " "));
        out.flush();
    }

    static void read(String line, Progress progress) {
        var fields = line.split("\t", -1);
        progress.partIs(fields[0], Phase.valueOf(fields[1].toUpperCase(Locale.ROOT)), fields[2]);
    }
}
