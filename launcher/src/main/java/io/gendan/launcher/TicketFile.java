package io.gendan.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.commons.csv.CSVFormat;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * Tickets to post, out of JSON lines (each the body of a request) or CSV with a header (the fields
 * of the request; {@code phone}, {@code name} and {@code customerId} are the customer's). Either
 * may be compressed by gzip.
 */
final class TicketFile {

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

    static List<Row> read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CannotGoOn("cannot read " + file);
        }
        var name = file.getFileName().toString().replaceFirst("\\.gz$", "");
        try (var in = open(file)) {
            return name.endsWith(".csv") ? csv(in) : jsonLines(in);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static List<Row> jsonLines(InputStream in) throws IOException {
        var rows = new ArrayList<Row>();
        var reader = new BufferedReader(new InputStreamReader(in, UTF_8));
        var line = 0;
        for (var text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            if (!text.isBlank()) {
                rows.add(Row.of(line, text));
            }
        }
        return rows;
    }

    private static List<Row> csv(InputStream in) throws IOException {
        var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var records = format.parse(new InputStreamReader(in, UTF_8))) {
            return records.stream()
                    .map(record -> Row.of((int) record.getRecordNumber() + 1, body(record.toMap())))
                    .toList();
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
