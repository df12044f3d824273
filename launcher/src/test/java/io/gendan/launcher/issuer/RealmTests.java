package io.gendan.launcher.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The realm that Keycloak reads has the accounts of the local issuer, with the same secrets. */
class RealmTests {

    private static final String PROGRAM = "service-account-";

    private final JsonNode realm =
            JsonMapper.shared().readTree(Path.of("..", "docker", "realm.json").toFile());

    @Test
    void knowsEachAccountByItsSecret() {
        for (var account : Accounts.all()) {
            var client = find("clients", "clientId", account.id()).orElseThrow();
            assertThat(client.path("secret").asString()).isEqualTo(account.secret());
            assertThat(client.path("serviceAccountsEnabled").asBoolean()).isTrue();
            assertThat(client.path("defaultClientScopes"))
                    .extracting(JsonNode::asString)
                    .containsExactly("gendan", "gendan-program");
            assertThat(channel(client)).isEqualTo(Optional.ofNullable(account.channel()));
            var program = find("users", "username", PROGRAM + account.id()).orElseThrow();
            assertThat(program.path("serviceAccountClientId").asString()).isEqualTo(account.id());
            assertThat(program.path("realmRoles"))
                    .extracting(JsonNode::asString)
                    .containsExactly(account.role());
        }
    }

    @Test
    void letsPeopleSignIn() {
        for (var account : Accounts.all()) {
            var person = find("users", "username", account.id());
            assertThat(person.isPresent()).isEqualTo(account.channel() == null);
            person.ifPresent(
                    one -> {
                        assertThat(one.path("credentials").path(0).path("value").asString())
                                .isEqualTo(account.secret());
                        assertThat(one.path("realmRoles"))
                                .extracting(JsonNode::asString)
                                .containsExactly(account.role());
                    });
        }
    }

    @Test
    void hasNobodyElse() {
        var known = Accounts.all().stream().map(Account::id).collect(Collectors.toSet());
        assertThat(names("clients", "clientId")).containsAll(known).hasSize(known.size() + 1);
        assertThat(names("users", "username"))
                .allMatch(name -> known.contains(name.replaceFirst("^" + PROGRAM, "")));
    }

    @Test
    void putsIntoTokensWhatTheServicesRead() {
        assertThat(claims("gendan")).containsExactlyInAnyOrder("roles", "gendan", "name");
        assertThat(claims("gendan-program")).containsExactly("sub");
        assertThat(claims("gendan-person")).containsExactly("sub");
    }

    /**
     * What its mappers write; the one for the audience has no claim of its own, nor that of names.
     */
    private Set<String> claims(String scope) {
        return find("clientScopes", "name", scope)
                .orElseThrow()
                .path("protocolMappers")
                .valueStream()
                .map(
                        mapper -> {
                            var config = mapper.path("config");
                            assertThat(config.path("access.token.claim").asString())
                                    .isEqualTo("true");
                            return config.path("claim.name")
                                    .asString(
                                            config.path("included.custom.audience")
                                                    .asString(mapper.path("name").asString()));
                        })
                .collect(Collectors.toSet());
    }

    private static Optional<String> channel(JsonNode client) {
        return client.path("protocolMappers")
                .valueStream()
                .map(mapper -> mapper.path("config"))
                .filter(config -> config.path("claim.name").asString("").equals("channel"))
                .map(config -> config.path("claim.value").asString())
                .findFirst();
    }

    private Optional<JsonNode> find(String list, String field, String value) {
        return realm.path(list)
                .valueStream()
                .filter(one -> one.path(field).asString("").equals(value))
                .findFirst();
    }

    private Set<String> names(String list, String field) {
        return realm.path(list)
                .valueStream()
                .map(one -> one.path(field).asString())
                .collect(Collectors.toSet());
    }
}
