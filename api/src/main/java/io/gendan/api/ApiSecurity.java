package io.gendan.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.OAuth2ProtectedResourceMetadataFilter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;

/** The door of every service: no token, no answer. */
@AutoConfiguration(
        before = {
            OAuth2ResourceServerAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class
        },
        after = ApiWeb.class)
@EnableConfigurationProperties({ApiSettings.class, OAuth2ResourceServerProperties.class})
class ApiSecurity {

    private static final Logger log = LoggerFactory.getLogger(ApiSecurity.class);
    private static final String OWN_CONTENT =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    private static final Duration ISSUER_IS_AWAY = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    @ConditionalOnProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri")
    JwtDecoder issuerTokens(OAuth2ResourceServerProperties issuer, ApiSettings settings) {
        var jwt = issuer.getJwt();
        return new IssuerTokens(
                Objects.requireNonNull(jwt.getIssuerUri()),
                jwt.getJwkSetUri(),
                settings,
                new JwtTimestampValidator());
    }

    @Bean
    SecurityFilterChain everyPathNeedsAToken(
            HttpSecurity http, ApiSettings settings, ProblemWriter problems) {
        var chain =
                http.csrf(AbstractHttpConfigurer::disable)
                        .logout(AbstractHttpConfigurer::disable)
                        .requestCache(AbstractHttpConfigurer::disable)
                        .headers(h -> h.contentSecurityPolicy(p -> p.policyDirectives(OWN_CONTENT)))
                        .sessionManagement(
                                s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                        .authorizeHttpRequests(
                                paths -> {
                                    // These go on with a request that was let in already.
                                    paths.dispatcherTypeMatchers(
                                                    DispatcherType.ASYNC,
                                                    DispatcherType.ERROR,
                                                    DispatcherType.FORWARD)
                                            .permitAll();
                                    paths.requestMatchers(
                                                    HttpMethod.GET,
                                                    "/actuator/health/liveness",
                                                    "/actuator/health/readiness")
                                            .permitAll();
                                    for (var open : settings.open()) {
                                        paths.requestMatchers(open.method(), open.pattern())
                                                .permitAll();
                                    }
                                    paths.requestMatchers("/actuator/**").hasRole(Role.OPS.claim());
                                    paths.anyRequest().authenticated();
                                })
                        .oauth2ResourceServer(
                                tokens ->
                                        tokens.jwt(jwt -> jwt.jwtAuthenticationConverter(roles()))
                                                .authenticationEntryPoint(
                                                        (request, response, fault) ->
                                                                unknown(
                                                                        problems, request, response,
                                                                        fault))
                                                .withObjectPostProcessor(failures(problems)))
                        .exceptionHandling(
                                faults ->
                                        faults.authenticationEntryPoint(
                                                        (request, response, fault) ->
                                                                unknown(
                                                                        problems, request, response,
                                                                        fault))
                                                .accessDeniedHandler(
                                                        (request, response, fault) ->
                                                                problems.write(
                                                                        Problem.of(
                                                                                403, "forbidden"),
                                                                        request,
                                                                        response)))
                        .build();
        // Added by itself and served without a token; nobody here looks for an issuer that way.
        return new DefaultSecurityFilterChain(
                chain.getRequestMatcher(),
                chain.getFilters().stream()
                        .filter(
                                filter ->
                                        !(filter instanceof OAuth2ProtectedResourceMetadataFilter))
                        .toList());
    }

    /** Requests are timed as a whole: timing each filter too costs more than some of them do. */
    @Bean
    SecurityObservationSettings wholeRequestsOnly() {
        return SecurityObservationSettings.noObservations();
    }

    /** PostgreSQL keeps no NUL, so none gets in by a query string either. */
    @Bean
    HttpFirewall storableParametersOnly() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(StrictJson::isStorable);
        firewall.setAllowedHeaderValues(ApiSecurity::isPrintable);
        return firewall;
    }

    /**
     * As the firewall's own pattern has it. That one is matched each time a filter asks for a
     * header, a character at a time, and a token is long.
     */
    private static boolean isPrintable(String value) {
        return value.codePoints()
                .allMatch(c -> Character.isDefined(c) && (c == '\t' || !Character.isISOControl(c)));
    }

    @Bean
    RequestRejectedHandler rejectedByFirewall(ProblemWriter problems) {
        return (request, response, fault) ->
                problems.write(Problem.of(400, "malformed").because(fault), request, response);
    }

    private static JwtAuthenticationConverter roles() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(
                token ->
                        Caller.rolesOf(token).stream()
                                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.claim()))
                                .collect(Collectors.toSet()));
        return converter;
    }

    private static void unknown(
            ProblemWriter problems,
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException fault)
            throws IOException {
        var hasToken = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                hasToken ? "Bearer error=\"invalid_token\"" : "Bearer");
        problems.write(
                Problem.of(401, hasToken ? "token-invalid" : "token-missing").because(fault),
                request,
                response);
    }

    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> failures(
            ProblemWriter problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(
                        (request, response, fault) -> {
                            if (fault instanceof AuthenticationServiceException) {
                                log.warn("Tokens cannot be checked: {}", fault.getMessage());
                                problems.write(
                                        Problem.of(503, "issuer-away").retryAfter(ISSUER_IS_AWAY),
                                        request,
                                        response);
                            } else {
                                unknown(problems, request, response, fault);
                            }
                        });
                return filter;
            }
        };
    }
}
