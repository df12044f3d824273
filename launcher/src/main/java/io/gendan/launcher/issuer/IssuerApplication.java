package io.gendan.launcher.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Entry of the issuer's process. Nobody signs in with a password here, so there are no users. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class IssuerApplication {

    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    public static void main(String[] arguments) {
        var application = new SpringApplication(IssuerApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "issuer"));
        application.run(arguments);
    }

    /** Its matcher covers the protocol's own paths only, hence the second chain. */
    @Bean
    @Order(1)
    SecurityFilterChain protocol(HttpSecurity http) {
        return http.oauth2AuthorizationServer(
                        server -> {
                            http.securityMatcher(server.getEndpointsMatcher());
                            server.oidc(Customizer.withDefaults());
                        })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain nothingElse(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll()).build();
    }

    @Bean
    AuthorizationServerSettings serverSettings(IssuerSettings settings) {
        return AuthorizationServerSettings.builder().issuer(settings.uri()).build();
    }

    @Bean
    JWKSource<SecurityContext> keys(IssuerSettings settings) throws IOException {
        return new ImmutableJWKSet<>(new JWKSet(new SigningKey(settings.keyFile()).loadOrMake()));
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(
                Accounts.all().stream().map(IssuerApplication::client).toList());
    }

    private static RegisteredClient client(Account account) {
        return RegisteredClient.withId(account.id())
                .clientId(account.id())
                .clientName(account.name())
                .clientSecret("{noop}" + account.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_LIFE).build())
                .build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
        return token -> {
            var account = Accounts.find(token.getRegisteredClient().getClientId()).orElseThrow();
            var claims = token.getClaims().audience(List.of("gendan"));
            claims.claim("name", account.name()).claim("roles", List.of(account.role()));
            if (account.channel() != null) {
                claims.claim("channel", account.channel());
            }
        };
    }
}
