package io.gendan.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.SoftAssertions;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks everything that is mapped in a running service without a token and expects 401. Use in a
 * test with {@code webEnvironment = RANDOM_PORT}:
 *
 * <pre>{@code
 * new EveryPathNeedsAToken(context, port).except("GET /api/surveys/{token}").check();
 * }</pre>
 *
 * Only the liveness and readiness probes are excepted by themselves.
 */
public final class EveryPathNeedsAToken {

    private static final Set<RequestMethod> ALL =
            Set.of(
                    RequestMethod.GET,
                    RequestMethod.POST,
                    RequestMethod.PUT,
                    RequestMethod.PATCH,
                    RequestMethod.DELETE);

    private final ApplicationContext context;
    private final int port;
    private final Set<String> excepted =
            new TreeSet<>(
                    List.of("GET /actuator/health/liveness", "GET /actuator/health/readiness"));

    public EveryPathNeedsAToken(ApplicationContext context, int port) {
        this.context = context;
        this.port = port;
    }

    /** Paths that are open on purpose, written as in {@code gendan.api.open-paths}. */
    public EveryPathNeedsAToken except(String... paths) {
        excepted.addAll(List.of(paths));
        return this;
    }

    public void check() throws IOException, InterruptedException {
        var paths = mapped();
        assertThat(paths).as("mapped paths").isNotEmpty();
        try (var http = HttpClient.newHttpClient()) {
            var all = new SoftAssertions();
            for (var path : paths) {
                all.assertThat(status(http, path)).as(path + " without a token").isEqualTo(401);
            }
            all.assertAll();
        }
    }

    private Set<String> mapped() {
        var paths = new TreeSet<String>();
        for (var mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            for (var info : mapping.getHandlerMethods().keySet()) {
                var methods = info.getMethodsCondition().getMethods();
                for (var method : methods.isEmpty() ? ALL : methods) {
                    info.getPatternValues().forEach(path -> paths.add(method + " " + path));
                }
            }
        }
        paths.add("GET /actuator/health");
        paths.add("GET /actuator/prometheus");
        paths.add("GET /no/such/path");
        paths.add("GET /");
        paths.add("GET /.well-known/oauth-protected-resource");
        paths.removeAll(excepted);
        return paths;
    }

    private int status(HttpClient http, String methodAndPath)
            throws IOException, InterruptedException {
        var words = methodAndPath.split(" ", 2);
        var path = words[1].replaceAll("\\{[^}]*}", "1").replace("**", "1").replace("*", "1");
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .method(words[0], BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
