package io.gendan.launcher;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** One process of the system. Its methods are called from one thread at a time. */
interface Part {

    String name();

    /** The first is the one that people use. */
    List<Integer> ports();

    /** Names of the parts that must be healthy before this one is started. */
    default Set<String> needs() {
        return Set.of();
    }

    /** Comes before each start, so it must be quick when there is nothing left to do. */
    default void prepare() throws IOException, InterruptedException {}

    ProcessBuilder process() throws IOException;

    /** One quick look, without waiting. */
    boolean isReady() throws InterruptedException;

    /** Comes after each start, when the part is ready and before it counts as healthy. */
    default void welcome() throws IOException, SQLException {}

    /** Asks for a clean stop. */
    default void dismiss(ProcessHandle process) throws IOException, InterruptedException {
        process.destroy();
    }
}
