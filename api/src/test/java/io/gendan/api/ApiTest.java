package io.gendan.api;

import io.gendan.api.testing.TestTokens;
import io.gendan.messaging.testing.RealPostgres;

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

/** A test of the parcel service on a port, with a database and an issuer of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = ParcelApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.autoconfigure.exclude=io.gendan.messaging.MessagingAutoConfiguration,"
                    + "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "spring.flyway.locations=classpath:db/messaging,classpath:db/api",
            "spring.threads.virtual.enabled=true",
            "management.endpoint.health.probes.enabled=true",
            "gendan.api.open-paths=GET /open/{token}"
        })
@ContextConfiguration(initializers = ApiTest.Addresses.class)
@interface ApiTest {

    final class Addresses implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Map<String, Object> properties = new HashMap<>(RealPostgres.database("parcel"));
            properties.put(TestTokens.ISSUER_PROPERTY, TestTokens.issuer());
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("real parts", properties));
        }
    }
}
