package io.gendan.benchmarks;

import java.io.IOException;
import java.sql.SQLException;

/** Somebody who does one thing after another. */
interface Client extends AutoCloseable {

    void once() throws Exception;

    @Override
    void close() throws IOException, SQLException;

    /** As many as work at the same time; each is opened before the time starts. */
    @FunctionalInterface
    interface Opener {
        Client open(int number) throws Exception;
    }
}
