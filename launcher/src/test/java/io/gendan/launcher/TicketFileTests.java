package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.launcher.TicketFile.Row;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class TicketFileTests {

    private static final String ONE = "{\"subject\":\"一\"}";
    private static final String OTHER = "{\"subject\":\"二\"}";

    @TempDir Path directory;

    private List<Row> rows(String name, byte[] content) throws IOException {
        var file = Files.write(directory.resolve(name), content);
        try (var rows = TicketFile.read(file)) {
            return rows.toList();
        }
    }

    private static byte[] compressed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsLinesOfJsonAndPassesOverEmptyOnes() throws IOException {
        assertThat(rows("some.jsonl", (ONE + "\n\n" + OTHER).getBytes(UTF_8)))
                .containsExactly(Row.of(1, ONE), Row.of(3, OTHER));
    }

    @Test
    void readsColumnsCompressedToo() throws IOException {
        var rows = rows("some.csv.gz", compressed("kind,phone,province\nREQUEST,13800138000,\n"));

        assertThat(rows)
                .containsExactly(
                        Row.of(
                                2,
                                "{\"kind\":\"REQUEST\",\"customer\":{\"phone\":\"13800138000\"}}"));
    }

    @Test
    void givesARowBeforeTheNextIsWritten() throws IOException {
        var pipe = new PipedInputStream();
        try (var rows = TicketFile.jsonLines(pipe)) {
            var each = rows.iterator();
            try (var writer = new PipedOutputStream(pipe)) {
                writer.write((ONE + "\n").getBytes(UTF_8));
                assertThat(each.next().body()).isEqualTo(ONE);

                writer.write(OTHER.getBytes(UTF_8));
            }
            assertThat(each.next().body()).isEqualTo(OTHER);
            assertThat(each.hasNext()).isFalse();
        }
    }
}
