package io.gendan.escalation;

import io.gendan.api.testing.TestTokens;
import io.gendan.messaging.testing.RealParts;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The service on real parts, with a policy of its own, where nothing fires unless a test says so.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({Told.class, SettableTime.class})
@SpringBootTest(
        classes = EscalationApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "gendan.escalation.running=false",
            "spring.flyway.locations="
                + "classpath:db/messaging,classpath:db/api,classpath:db/migration,classpath:db/test"
        })
@ContextConfiguration(initializers = {RealParts.Addresses.class, TestTokens.Issuer.class})
@interface EscalationTest {}
