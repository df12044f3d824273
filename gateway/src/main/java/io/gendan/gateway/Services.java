package io.gendan.gateway;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JConfigBuilder;
import org.springframework.cloud.client.circuitbreaker.Customizer;
import org.springframework.cloud.gateway.server.mvc.filter.FilterSupplier;
import org.springframework.cloud.gateway.server.mvc.filter.SimpleFilterSupplier;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/** How the services are reached: connections, breakers, and the next instance when one is gone. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = UntriedInstances.Choice.class)
class Services {

    /**
     * Passes everything through as it is: no redirects, cookies or compression of its own. No
     * retries either, they would go to the same instance and wait as long as {@code Retry-After}
     * says.
     */
    @Bean
    ClientHttpRequestFactory connections(GatewaySettings settings) {
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(settings.connections())
                        .setMaxConnTotal(settings.connections() * 8)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(Timeout.of(settings.connect()))
                                        .setSocketTimeout(Timeout.of(settings.answer()))
                                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                        .build())
                        .build();
        return new HttpComponentsClientHttpRequestFactory(
                HttpClients.custom()
                        .setConnectionManager(connections)
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(Timeout.of(settings.connect()))
                                        .setResponseTimeout(Timeout.of(settings.answer()))
                                        .build())
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableContentCompression()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .build());
    }

    /** Opens when most of the last requests got no answer at all; an answer of 500 is one. */
    @Bean
    Customizer<Resilience4JCircuitBreakerFactory> breakers(GatewaySettings settings) {
        return breakers ->
                breakers.configureDefault(
                        service ->
                                new Resilience4JConfigBuilder(service)
                                        .circuitBreakerConfig(breaker(settings))
                                        .build());
    }

    @Bean
    FilterSupplier serviceFilter() {
        return new SimpleFilterSupplier(ServiceFilter.class) {};
    }

    private static CircuitBreakerConfig breaker(GatewaySettings settings) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(50)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.rest())
                .permittedNumberOfCallsInHalfOpenState(5)
                .recordException(
                        fault ->
                                fault instanceof ResourceAccessException
                                        || fault instanceof HttpServerErrorException)
                .build();
    }
}
