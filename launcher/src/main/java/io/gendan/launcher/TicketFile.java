package io.gendan.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.commons.csv.CSVFormat;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Tickets to post, out of JSON lines (each the body of a request) or CSV with a header (the fields
 * of the request; {@code phone}, {@code name} and {@code customerId} are the customer's). Either
 * may be compressed by gzip. Rows are read when they are asked for, so that what writes them may
 * still be at it.
 */
final class TicketFile {

    /** By the name that other programs have for it too. */
    static final Path STANDARD_INPUT = Path.of("-");

    private static final Map<String, String> OF_THE_CUSTOMER =
            Map.of("phone", "phone", "name", "name", "customerId", "id");

    private TicketFile() {}

    /**
     * The key is made from place and content, so that the same file sent again makes nothing new.
     */
    record Row(int line, String key, String body) {

        static Row of(int line, String body) {
            var key = UUID.nameUUIDFromBytes((line + " " + body).getBytes(UTF_8));
            return new Row(line, key.toString(), body);
        }
    }

    /** JSON lines when it is {@link #STANDARD_INPUT}. Closing the rows closes the file. */
    static Stream<Row> read(Path file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return jsonLines(System.in);
        }
        if (!Files.isReadable(file)) {
            throw new CannotGoOn("cannot read " + file);
        }
        var name = file.getFileName().toString().replaceFirst("\\.gz$", "");
        var in = open(file);
        return name.endsWith(".csv") ? csv(in) : jsonLines(in);
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    static Stream<Row> jsonLines(InputStream in) {
        var reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        var line = new AtomicInteger();
        return reader.lines()
                .map(text -> Row.of(line.incrementAndGet(), text))
                .filter(row -> !row.body().isBlank())
                .onClose(() -> close(reader));
    }

    private static Stream<Row> csv(InputStream in) throws IOException {
        var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        var reader = new InputStreamReader(in, UTF_8);
        return format.parse(reader).stream()
                .map(record -> Row.of((int) record.getRecordNumber() + 1, body(record.toMap())))
                .onClose(() -> close(reader));
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(Map<String, String> columns) {
        var body = JsonMapper.shared().createObjectNode();
        columns.forEach(
                (column, value) -> {
                    if (value == null || value.isEmpty()) {
                        return;
                    }
                    var ofCustomer = OF_THE_CUSTOMER.get(column);
                    if (ofCustomer == null) {
                        body.put(column, value);
                    } else {
                        body.withObjectProperty("customer").put(ofCustomer, value);
                    }
                });
        return body.toString();
    }
}
