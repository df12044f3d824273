package io.gendan.api;

import org.springframework.security.oauth2.jwt.Jwt;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who asks, as the token says; a controller method takes it as an argument. Team, territory and
 * tier are not in here: they come from the service's own copy of the agents.
 *
 * @param id the account, for example {@code agent-north-1} or {@code app}
 * @param name to be shown to people; the id when the token has none
 */
public record Caller(String id, String name, Set<Role> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean isOneOf(Role... wanted) {
        return Arrays.stream(wanted).anyMatch(roles::contains);
    }

    static Caller of(Jwt token) {
        var id = Objects.requireNonNull(token.getSubject(), "checked when the token was read");
        var name = token.getClaimAsString("name");
        return new Caller(id, name == null ? id : name, rolesOf(token));
    }

    static Set<Role> rolesOf(Jwt token) {
        var roles = EnumSet.noneOf(Role.class);
        if (token.getClaim("roles") instanceof List<?> claims) {
            claims.forEach(claim -> Role.ofClaim(String.valueOf(claim)).ifPresent(roles::add));
        }
        return roles;
    }
}
