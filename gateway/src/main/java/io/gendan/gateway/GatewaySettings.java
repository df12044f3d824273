package io.gendan.gateway;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How the gateway talks to the services.
 *
 * @param connections to one instance at the same time
 * @param connect how long to wait for a connection
 * @param answer how long to wait for the next bytes of an answer
 * @param rest how long a service that failed is left alone, and what callers are told to wait
 */
@ConfigurationProperties("gendan.gateway")
record GatewaySettings(
        @DefaultValue("256") int connections,
        @DefaultValue("1s") Duration connect,
        @DefaultValue("10s") Duration answer,
        @DefaultValue("2s") Duration rest) {}
