package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who PostgreSQL runs as, for it refuses to be root, or a user without a name. In these cases it
 * gets a user namespace, in which it is nobody and still reads our files; where such namespaces are
 * forbidden, as in many containers, root's PostgreSQL really becomes nobody.
 */
final class UnprivilegedUser {

    private static final String NOBODY = "65534";

    private enum Way {
        AS_WE_ARE,
        NAMESPACE,
        NOBODY
    }

    private final Way way = choose();

    private static Way choose() {
        if (!isRoot() && !isNameless()) {
            return Way.AS_WE_ARE;
        }
        try {
            ChildProcess.run(List.of("unshare", "-U", "true"), Path.of("/"));
            return Way.NAMESPACE;
        } catch (IOException forbidden) {
            return Way.NOBODY;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Way.NOBODY;
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.getProperty("user.name").equals("root");
        }
    }

    private static boolean isNameless() {
        return System.getProperty("user.name").equals("?");
    }

    /** What to put before a command. */
    List<String> command() {
        return switch (way) {
            case AS_WE_ARE -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY ->
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        };
    }

    void own(Path path) throws IOException, InterruptedException {
        if (way == Way.NOBODY) {
            ChildProcess.run(
                    List.of("chown", NOBODY + ":" + NOBODY, path.toString()), Path.of("/"));
        }
    }
}
