package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;

/** Tells before anything is started that the disk has no room. */
final class DiskCheck {

    private static final long NEEDED = 1L << 30;
    private static final long MEGABYTE = 1L << 20;

    private DiskCheck() {}

    static void requireRoom(Home home) throws IOException {
        var room = Files.getFileStore(home.data()).getUsableSpace();
        if (room < NEEDED) {
            throw new CannotGoOn(
                    "the disk is full: %s has %d MB left, Gendan wants %d MB"
                            .formatted(home.data(), room / MEGABYTE, NEEDED / MEGABYTE));
        }
    }
}
