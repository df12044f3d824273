package io.gendan.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * An executable jar of Spring Boot laid out on disk, from where it starts in two thirds of the
 * time. Safe to use from several instances at once.
 */
record ExtractedJar(Path jar, Path apps) {

    private static final Object ONE_AT_A_TIME = new Object();

    Path application() throws IOException {
        return apps.resolve(name()).resolve(jar.getFileName());
    }

    void extract() throws IOException, InterruptedException {
        synchronized (ONE_AT_A_TIME) {
            var target = apps.resolve(name());
            if (Files.exists(target)) {
                return;
            }
            var draft = apps.resolve(jar.getFileName() + ".new");
            FileTree.delete(draft);
            ChildProcess.run(
                    ChildProcess.jar(
                            List.of("-Djarmode=tools", "-XX:TieredStopAtLevel=1"),
                            jar,
                            List.of("extract", "--destination", draft.toString())),
                    apps);
            deleteOlder();
            Files.move(draft, target);
        }
    }

    private void deleteOlder() throws IOException {
        try (var older = Files.newDirectoryStream(apps, jar.getFileName() + "-*")) {
            for (var directory : older) {
                FileTree.delete(directory);
            }
        }
    }

    /** Differs for each build of the jar, all of which bear the same time. */
    private String name() throws IOException {
        var content = new CRC32();
        try (var read = new CheckedInputStream(Files.newInputStream(jar), content)) {
            read.transferTo(OutputStream.nullOutputStream());
        }
        return "%s-%x-%x".formatted(jar.getFileName(), Files.size(jar), content.getValue());
    }
}
