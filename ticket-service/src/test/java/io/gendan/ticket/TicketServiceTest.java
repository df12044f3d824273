package io.gendan.ticket;

import io.gendan.api.testing.TestTokens;
import io.gendan.messaging.testing.RealParts;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The whole service on a port, on a real database and a real broker. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "gendan.ticket.vault-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
@Import({Openings.class, KeptCounts.class, MigratedStates.class, Outbox.class})
@ContextConfiguration(initializers = {RealParts.Addresses.class, TestTokens.Issuer.class})
@interface TicketServiceTest {}
