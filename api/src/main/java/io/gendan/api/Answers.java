package io.gendan.api;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/** Makes {@link Answer}s: writes bodies just as the API writes them. */
public class Answers {

    private final JsonMapper json;

    Answers(JsonMapper json) {
        this.json = json;
    }

    public Answer ok(Object body) {
        return of(200, Map.of(), body);
    }

    /**
     * @param location the path of what was made, without host
     */
    public Answer created(String location, Object body) {
        return of(201, Map.of("Location", location), body);
    }

    public Answer noContent() {
        return of(204, Map.of(), null);
    }

    public Answer of(int status, Map<String, String> headers, @Nullable Object body) {
        return new Answer(status, headers, body == null ? null : json.writeValueAsString(body));
    }
}
