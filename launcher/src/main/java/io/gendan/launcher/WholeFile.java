package io.gendan.launcher;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small files so that a reader, or a crash, sees the old or the new content, never half. */
final class WholeFile {

    private WholeFile() {}

    static void write(Path file, String content) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, content);
        replace(draft, file);
    }

    static void replace(Path draft, Path file) throws IOException {
        Files.move(draft, file, REPLACE_EXISTING, ATOMIC_MOVE);
    }
}
