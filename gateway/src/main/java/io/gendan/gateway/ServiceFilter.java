package io.gendan.gateway;

import org.springframework.cloud.gateway.server.mvc.common.Shortcut;
import org.springframework.cloud.gateway.server.mvc.filter.CircuitBreakerFilterFunctions;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** What stands before every route to a service; written {@code Service=ticket} in the routes. */
public final class ServiceFilter {

    private ServiceFilter() {}

    /** A breaker for the whole service; below it, another instance when one is gone. */
    @Shortcut
    public static HandlerFilterFunction<ServerResponse, ServerResponse> service(String id) {
        return readable()
                .andThen(CircuitBreakerFilterFunctions.circuitBreaker(id, "/away/" + id))
                .andThen(AnotherInstance.anotherInstance());
    }

    /**
     * Refuses a query that the firewall does not let pass here, where it is not the service's
     * fault.
     */
    private static HandlerFilterFunction<ServerResponse, ServerResponse> readable() {
        return (request, next) -> {
            request.servletRequest().getParameterMap();
            return next.handle(request);
        };
    }
}
