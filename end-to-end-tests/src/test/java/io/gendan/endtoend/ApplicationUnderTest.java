package io.gendan.endtoend;

import java.net.URI;
import java.nio.file.Path;

/**
 * A whole system that is up, however it was started. It has a supervisor: a part that dies is
 * brought back without anyone asking.
 */
interface ApplicationUnderTest extends AutoCloseable {

    /** Of the gateway. */
    URI address();

    /** Where the topics are read, by those who audit. */
    String brokers();

    String token(String account);

    /** A clean stop that lasts until {@link #start}. */
    void stop(String part);

    /** Returns when the part is healthy. */
    void start(String part);

    /** An end without warning. Returns at once; see {@link #awaitHealthy}. */
    void kill(String part);

    /** Returns when every part works, those killed before among them. */
    void awaitHealthy();

    /** Begins one of the commands that people have. */
    StartedCommand begin(String... words);

    /** Runs one of them to its end, such as {@code dead list}. */
    Output command(String... words);

    /** A directory that may be written to. */
    Path workspace();

    @Override
    void close();

    record Output(int code, String text) {

        Output orFail() {
            if (code != 0) {
                throw new AssertionError("The command ended with " + code + ": " + text);
            }
            return this;
        }
    }
}
