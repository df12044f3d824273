package io.gendan.launcher;

/** What a part is doing, as its keeper sees it. */
enum Phase {
    /** For another part, or for its next try. */
    WAITING,
    PREPARING,
    STARTING,
    HEALTHY,
    /** On request; it stays so until it is started on request. */
    STOPPED,
    /** It could not be brought up at all; the keeper goes on trying. */
    FAILED
}
