package io.gendan.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/** What a part has written since the system came up; the log of the time before is kept beside. */
record LogFile(Path path) {

    private static final Pattern TROUBLE =
            Pattern.compile("ERROR|FATAL|Exception|No space left|cannot|could not|refused");
    private static final int LONGEST_REASON = 300;
    private static final int LAST_BYTES = 64 * 1024;

    void begin() throws IOException {
        if (Files.exists(path)) {
            Files.move(
                    path,
                    path.resolveSibling(path.getFileName() + ".before"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(path);
    }

    /** The line that most likely says why the part ended. */
    String reason() throws IOException {
        try (var file = Files.newByteChannel(path)) {
            file.position(Math.max(0, file.size() - LAST_BYTES));
            var in = java.nio.channels.Channels.newInputStream(file);
            return reason(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    static String reason(List<String> lines) {
        var words = lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var causes = words.stream().filter(line -> line.startsWith("Caused by:")).toList();
        if (!causes.isEmpty()) {
            return shortened(causes.getLast());
        }
        return shortened(
                words.reversed().stream()
                        .filter(line -> !line.startsWith("at "))
                        .filter(line -> TROUBLE.matcher(line).find())
                        .findFirst()
                        .orElse(words.isEmpty() ? "it said nothing" : words.getLast()));
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
