package io.gendan.api;

/**
 * How the bodies of kept answers lie in the database. A service whose answers name people provides
 * one that keeps them unreadable there; without one they lie as they are.
 */
public interface AnswerSeal {

    AnswerSeal NONE =
            new AnswerSeal() {
                @Override
                public String seal(String body) {
                    return body;
                }

                @Override
                public String open(String sealed) {
                    return sealed;
                }
            };

    String seal(String body);

    /** What was sealed. */
    String open(String sealed);
}
