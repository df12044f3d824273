package io.gendan.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses what a handler would not read in the query: a filter that is misspelt shows everything.
 * Not on open paths, whose links pass through hands that write something of their own into them.
 */
class QueryCheck implements HandlerInterceptor {

    private final Set<String> openPatterns;
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    QueryCheck(ApiSettings settings) {
        openPatterns =
                settings.open().stream()
                        .map(OpenPath::pattern)
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null
                && handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("io.gendan")
                && !isOpen(request)) {
            var names = known.computeIfAbsent(method.getMethod(), QueryCheck::names);
            for (var given : Collections.list(request.getParameterNames())) {
                if (!names.contains(given)) {
                    throw Problem.of(400, "parameter-unknown", given).with("parameter", given);
                }
            }
        }
        return true;
    }

    private boolean isOpen(HttpServletRequest request) {
        return openPatterns.contains(
                String.valueOf(
                        request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
    }

    private static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(QueryCheck::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(Parameter parameter) {
        if (parameter.getType() == Paging.class) {
            return Stream.of(Paging.LIMIT, Paging.CURSOR);
        }
        var query = AnnotatedElementUtils.findMergedAnnotation(parameter, RequestParam.class);
        if (query == null) {
            return Stream.empty();
        }
        return Stream.of(query.name().isEmpty() ? parameter.getName() : query.name());
    }
}
