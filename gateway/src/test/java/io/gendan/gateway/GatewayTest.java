package io.gendan.gateway;

import io.gendan.api.testing.TestTokens;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A test of the gateway before stub services; each has two instances, told as the launcher tells
 * them: by environment variables.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "gendan.gateway.rest=200ms")
@ContextConfiguration(initializers = GatewayTest.Stubs.class)
@interface GatewayTest {

    final class Stubs implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        static final Map<String, StubService> FIRST = new HashMap<>();
        static final Map<String, StubService> SECOND = new HashMap<>();

        static {
            for (var service : new String[] {"ticket", "routing", "escalation", "voc"}) {
                FIRST.put(service, new StubService(service));
                SECOND.put(service, new StubService(service));
            }
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var environment = new HashMap<String, Object>();
            var instance = "SPRING_CLOUD_DISCOVERY_CLIENT_SIMPLE_INSTANCES_%s_%d_URI";
            FIRST.forEach(
                    (service, stub) ->
                            environment.put(
                                    instance.formatted(service.toUpperCase(Locale.ROOT), 0),
                                    stub.uri()));
            SECOND.forEach(
                    (service, stub) ->
                            environment.put(
                                    instance.formatted(service.toUpperCase(Locale.ROOT), 1),
                                    stub.uri()));
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new SystemEnvironmentPropertySource(
                                    "stubs-systemEnvironment", environment));
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource(
                                    "issuer",
                                    Map.of(TestTokens.ISSUER_PROPERTY, TestTokens.issuer())));
        }
    }
}
