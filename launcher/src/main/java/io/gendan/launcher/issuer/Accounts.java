package io.gendan.launcher.issuer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accounts of local runs. */
public final class Accounts {

    private static final List<String> TERRITORIES =
            List.of("north", "northeast", "east", "south", "central", "northwest", "southwest");
    private static final int AGENTS_PER_TERRITORY = 4;

    private static final List<Account> ALL =
            Stream.of(channels(), agents(), specialists(), others())
                    .flatMap(accounts -> accounts)
                    .toList();

    private Accounts() {}

    static List<Account> all() {
        return ALL;
    }

    public static Optional<Account> find(String id) {
        return ALL.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    /** All of them on one line. */
    public static String summary() {
        return "app, web, phone, agent-TERRITORY-1 to -%d (%s), "
                        .formatted(AGENTS_PER_TERRITORY, String.join(", ", TERRITORIES))
                + "escalation-2-1, escalation-2-2, escalation-3-1, escalation-3-2, escalation-4-1, "
                + "supervisor-1, analyst-1, ops-1, admin-1";
    }

    private static Stream<Account> channels() {
        return Stream.of(
                new Account("app", "App", "channel", "APP"),
                new Account("web", "Web", "channel", "WEB"),
                new Account("phone", "Phone", "channel", "PHONE"));
    }

    private static Stream<Account> agents() {
        return TERRITORIES.stream()
                .flatMap(
                        territory ->
                                IntStream.rangeClosed(1, AGENTS_PER_TERRITORY)
                                        .mapToObj(n -> person("agent", territory + "-" + n)));
    }

    private static Stream<Account> specialists() {
        return Stream.of("2-1", "2-2", "3-1", "3-2", "4-1")
                .map(place -> person("escalation", place));
    }

    private static Stream<Account> others() {
        return Stream.of("supervisor", "analyst", "ops", "admin").map(role -> person(role, "1"));
    }

    private static Account person(String role, String place) {
        var id = role + "-" + place;
        var name = Character.toUpperCase(id.charAt(0)) + id.substring(1).replace('-', ' ');
        return new Account(id, name, role, null);
    }
}
