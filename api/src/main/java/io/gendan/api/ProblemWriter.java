package io.gendan.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says a {@link Problem} in the caller's language; the one place where answers to faults are made.
 */
public class ProblemWriter {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    private final MessageSource texts = texts();
    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the problem as the whole answer; nothing, when the answer is already on its way. */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            log.debug("{} came too late to be told", problem.getMessage());
            return;
        }
        var language = language(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var body = json.writeValueAsBytes(body(problem, askedFor(request), language));
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var wait = problem.retryAfter();
        if (wait != null) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf((wait.toMillis() + 999) / 1000));
        }
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }

    /** The path that the caller knows, also when the request was handed on inside. */
    private static String askedFor(HttpServletRequest request) {
        for (var original :
                new String[] {
                    RequestDispatcher.ERROR_REQUEST_URI, RequestDispatcher.FORWARD_REQUEST_URI
                }) {
            if (request.getAttribute(original) instanceof String path) {
                return path;
            }
        }
        return request.getRequestURI();
    }

    private Map<String, Object> body(Problem problem, String path, Locale language) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:gendan:problem:" + problem.slug());
        body.put("title", text(problem.slug() + ".title", problem, language, problem.slug()));
        body.put("status", problem.status());
        var detail = text(problem.slug() + ".detail", problem, language, null);
        if (detail != null) {
            body.put("detail", detail);
        }
        body.put("instance", path);
        body.putAll(problem.members());
        return body;
    }

    private @Nullable String text(
            String key, Problem problem, Locale language, @Nullable String otherwise) {
        return texts.getMessage(key, problem.arguments().toArray(), otherwise, language);
    }

    /** The one of ours that whoever asks prefers; English when they know none, or do not say. */
    public static Locale language(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return Locale.ENGLISH;
        }
        try {
            for (var range : Locale.LanguageRange.parse(acceptLanguage)) {
                for (var language : LANGUAGES) {
                    if (range.getWeight() > 0
                            && range.getRange().split("-", 2)[0].equals(language.getLanguage())) {
                        return language;
                    }
                }
            }
            return Locale.ENGLISH;
        } catch (IllegalArgumentException notALanguageList) {
            return Locale.ENGLISH;
        }
    }

    private static MessageSource texts() {
        var texts = new ReloadableResourceBundleMessageSource();
        texts.setBasenames("classpath:problems", "classpath:io/gendan/api/problems");
        texts.setDefaultEncoding(UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setAlwaysUseMessageFormat(true);
        return texts;
    }
}
