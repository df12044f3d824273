package io.gendan.gateway;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;

/**
 * When an instance cannot be reached, asks another one at once. A request that may have arrived is
 * repeated only when that does no harm: when it reads, or carries an {@code Idempotency-Key}, by
 * which services give one effect and one answer. Never after a timeout: the instance is slow, and
 * so may be the next.
 */
final class AnotherInstance {

    static final String TRIED = AnotherInstance.class.getName() + ".tried";

    private static final Logger log = LoggerFactory.getLogger(AnotherInstance.class);
    private static final int ATTEMPTS = 3;

    private AnotherInstance() {}

    static HandlerFilterFunction<ServerResponse, ServerResponse> anotherInstance() {
        return (request, next) -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return next.handle(request);
                } catch (ResourceAccessException fault) {
                    if (attempt == ATTEMPTS || !mayRepeat(request, fault.getCause())) {
                        throw fault;
                    }
                    var instance = remember(request);
                    log.warn("{} does not answer: {}", instance, fault.getMessage());
                }
            }
        };
    }

    private static boolean mayRepeat(ServerRequest request, @Nullable Throwable fault) {
        return switch (fault) {
            case ConnectException _, ConnectTimeoutException _ -> true;
            case NoRouteToHostException _, UnknownHostException _ -> true;
            case SocketTimeoutException _ -> false;
            case IOException _ ->
                    request.method() == HttpMethod.GET
                            || request.method() == HttpMethod.HEAD
                            || !request.headers().header("Idempotency-Key").isEmpty();
            case null, default -> false;
        };
    }

    private static String remember(ServerRequest request) {
        URI uri = MvcUtils.getAttribute(request, MvcUtils.GATEWAY_REQUEST_URL_ATTR);
        var instance = uri == null ? "unknown" : uri.getAuthority();
        var tried = new HashSet<Object>(tried(request.attributes().get(TRIED)));
        tried.add(instance);
        request.attributes().put(TRIED, tried);
        return instance;
    }

    static Set<?> tried(@Nullable Object attribute) {
        return attribute instanceof Set<?> tried ? tried : Set.of();
    }
}
