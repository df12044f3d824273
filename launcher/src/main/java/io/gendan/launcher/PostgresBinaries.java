package io.gendan.launcher;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The programs of PostgreSQL, unpacked once from the archive that Maven fetched. */
record PostgresBinaries(Path directory) {

    private static final int EXECUTABLE = 0100;

    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    void unpack() throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        var draft = directory.resolveSibling("binaries.new");
        FileTree.delete(draft);
        var platform = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = "/postgres-linux-%s.txz".formatted(platform);
        try (var packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException("there is no PostgreSQL for this machine: " + archive);
            }
            var tar = new TarArchiveInputStream(new XZInputStream(packed));
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, draft);
            }
        }
        Files.move(draft, directory);
    }

    private static void unpack(TarArchiveEntry entry, TarArchiveInputStream tar, Path draft)
            throws IOException {
        var target = draft.resolve(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & EXECUTABLE) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
