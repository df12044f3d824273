package io.gendan.gateway;

import io.gendan.api.testing.TestTokens;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;

/** A test of the gateway before stub services; each service has two instances. */
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
            var properties = new HashMap<String, Object>();
            var instances = "spring.cloud.discovery.client.simple.instances.%s[%d].uri";
            FIRST.forEach(
                    (service, stub) -> properties.put(instances.formatted(service, 0), stub.uri()));
            SECOND.forEach(
                    (service, stub) -> properties.put(instances.formatted(service, 1), stub.uri()));
            properties.put(TestTokens.ISSUER_PROPERTY, TestTokens.issuer());
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("stubs", properties));
        }
    }
}
