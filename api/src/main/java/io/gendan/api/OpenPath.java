package io.gendan.api;

import org.springframework.http.HttpMethod;

/** A path that needs no token, written {@code GET /api/surveys/{token}}. */
record OpenPath(HttpMethod method, String pattern) {

    static OpenPath parse(String text) {
        var space = text.indexOf(' ');
        if (space < 1 || !text.startsWith("/", space + 1)) {
            throw new IllegalArgumentException(
                    "gendan.api.open-paths: '" + text + "' is not written as 'GET /path'");
        }
        return new OpenPath(
                HttpMethod.valueOf(text.substring(0, space)), text.substring(space + 1));
    }
}
