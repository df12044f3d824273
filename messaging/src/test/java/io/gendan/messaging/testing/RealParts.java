package io.gendan.messaging.testing;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives a {@code @SpringBootTest} a new database on the JVM's PostgreSQL, named after {@code
 * gendan.messaging.service}, and the JVM's Kafka broker with consumer groups of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = RealParts.Addresses.class)
public @interface RealParts {

    /** Puts the addresses before all other properties. */
    final class Addresses implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static final AtomicInteger CONTEXTS = new AtomicInteger();

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var environment = context.getEnvironment();
            var service = environment.getRequiredProperty("gendan.messaging.service");
            var properties = new HashMap<>(RealPostgres.database(service));
            properties.put("spring.kafka.bootstrap-servers", RealBroker.bootstrapServers());
            properties.put("gendan.messaging.groups", service + "-" + CONTEXTS.incrementAndGet());
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("real parts", properties));
        }
    }
}
