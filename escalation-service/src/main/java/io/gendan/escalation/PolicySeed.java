package io.gendan.escalation;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

/** The versions of the policy that a fresh system has: the JSON files under {@code policies/}. */
final class PolicySeed {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A version comes after the one it changes. */
    private static final List<String> FILES =
            List.of("2026.2", "peak-2027-spring-festival", "peak-2027-618", "peak-2027-1111");

    private PolicySeed() {}

    static List<PolicyPage> pages() {
        var pages = new LinkedHashMap<String, PolicyPage>();
        for (var file : FILES) {
            var draft = read(file);
            pages.put(
                    draft.version(),
                    draft.page(
                            draft.base() == null ? null : pages.get(draft.base()), Instant.EPOCH));
        }
        return List.copyOf(pages.values());
    }

    private static PolicyDraft read(String file) {
        var resource = "/policies/" + file + ".json";
        try (InputStream in = PolicySeed.class.getResourceAsStream(resource)) {
            return JSON.readValue(Objects.requireNonNull(in, resource), PolicyDraft.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
