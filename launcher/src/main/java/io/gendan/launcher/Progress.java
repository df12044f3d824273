package io.gendan.launcher;

/** Hears every change of phase, from several threads. */
interface Progress {

    /** The detail is one line, empty when there is nothing to add. */
    void partIs(String part, Phase phase, String detail);
}
