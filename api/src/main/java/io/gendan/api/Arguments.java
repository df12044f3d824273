package io.gendan.api;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.UUID;

/** What controllers may ask for by type. */
abstract class Arguments<T> implements HandlerMethodArgumentResolver {

    private final Class<T> type;

    Arguments(Class<T> type) {
        this.type = type;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == type;
    }

    @Override
    public T resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }

    abstract T of(HttpServletRequest request);

    /** Null on an open path without a token. */
    static @Nullable Caller caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Jwt token
                ? Caller.of(token)
                : null;
    }

    static final class OfCaller extends Arguments<Caller> {

        OfCaller() {
            super(Caller.class);
        }

        @Override
        Caller of(HttpServletRequest request) {
            var caller = caller();
            if (caller == null) {
                throw Problem.of(401, "token-missing");
            }
            return caller;
        }
    }

    static final class OfIdempotencyKey extends Arguments<IdempotencyKey> {

        OfIdempotencyKey() {
            super(IdempotencyKey.class);
        }

        @Override
        IdempotencyKey of(HttpServletRequest request) {
            var caller = caller();
            return new IdempotencyKey(
                    caller == null ? stranger(request) : caller.id(),
                    IdempotencyKey.valueOf(request.getHeader(IdempotencyKey.HEADER)),
                    RequestBodies.fingerprint(request));
        }
    }

    /**
     * Strangers on an open path share nothing but the thing they talk about. Its address may be the
     * right to it, and is not kept.
     */
    private static String stranger(HttpServletRequest request) {
        var address = request.getRequestURI().getBytes(StandardCharsets.UTF_8);
        return "open:" + UUID.nameUUIDFromBytes(address);
    }

    static final class OfIfMatch extends Arguments<IfMatch> {

        OfIfMatch() {
            super(IfMatch.class);
        }

        @Override
        IfMatch of(HttpServletRequest request) {
            return IfMatch.parse(Collections.list(request.getHeaders(IfMatch.HEADER)));
        }
    }

    static final class OfPaging extends Arguments<Paging> {

        OfPaging() {
            super(Paging.class);
        }

        @Override
        Paging of(HttpServletRequest request) {
            return Paging.parse(
                    request.getParameter(Paging.LIMIT),
                    request.getParameter(Paging.CURSOR),
                    list(request));
        }

        /** By its path, whatever stands for its variables. */
        private static String list(HttpServletRequest request) {
            return String.valueOf(
                    request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        }
    }
}
