package io.gendan.launcher;

/** A reason to give up that the person at the terminal can act on; its message is one line. */
final class CannotGoOn extends RuntimeException {

    CannotGoOn(String message) {
        super(message);
    }
}
