package io.gendan.launcher;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Entry of {@code ./gendan}: finds the command and turns what went wrong into one line. */
final class Gendan {

    private record Entry(String name, String arguments, String about, Command command) {}

    private static final List<Entry> COMMANDS =
            List.of(
                    new Entry("up", RunOptions.USAGE, "start everything", new Up()),
                    new Entry("down", "", "stop everything", new Down()),
                    new Entry("reset", "", "stop everything and delete its data", new Reset()),
                    new Entry("hurry", Hurry.USAGE, "change the pace of what is up", new Hurry()),
                    new Entry("status", "", "what runs, and how it is", new Status()),
                    new Entry("logs", "PART [-f]", "what a part has written", new Logs()),
                    new Entry("stop", "PART", "stop one part until it is started", new Stop()),
                    new Entry("start", "PART", "start a stopped part", new Start()),
                    new Entry("token", "ACCOUNT", "print an access token", new Token()),
                    new Entry(
                            "send",
                            Send.USAGE,
                            "post tickets; FILE - is what comes in",
                            new Send()),
                    new Entry(
                            "orders",
                            Orders.USAGE,
                            "tell of orders as the shop would",
                            new Orders()),
                    new Entry("queue", Queue.USAGE, "take work of a higher tier", new Queue()),
                    new Entry("dead", Dead.USAGE, "events that could not be applied", new Dead()));

    private Gendan() {}

    public static void main(String[] arguments) {
        System.exit(run(Home.fromEnvironment(), Arrays.asList(arguments)));
    }

    static int run(Home home, List<String> arguments) {
        if (arguments.isEmpty() || List.of("help", "--help", "-h").contains(arguments.getFirst())) {
            help();
            return 0;
        }
        var name = arguments.getFirst();
        try {
            return command(name)
                    .orElseThrow(
                            () ->
                                    new CannotGoOn(
                                            "there is no command '%s'; see %s help"
                                                    .formatted(name, home.script())))
                    .run(home, arguments.subList(1, arguments.size()));
        } catch (CannotGoOn reason) {
            System.err.println("gendan: " + reason.getMessage());
        } catch (IOException trouble) {
            System.err.println("gendan: " + trouble);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static Optional<Command> command(String name) {
        if (name.equals(Supervise.NAME)) {
            return Optional.of(new Supervise());
        }
        return COMMANDS.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::command)
                .findFirst();
    }

    private static void help() {
        System.out.println("Usage: ./gendan COMMAND\n");
        for (var entry : COMMANDS) {
            System.out.printf("  %-18s %s%n", shown(entry), entry.about());
        }
        System.out.printf(
                """

                up takes %s
                PART is postgres, kafka, issuer, gateway, ticket, routing, escalation, voc,
                or a further instance such as ticket-2. Data is kept in .gendan/, or in
                $GENDAN_HOME.
                """,
                RunOptions.USAGE);
    }

    private static String shown(Entry entry) {
        return entry.name().equals("up") ? "up" : entry.name() + " " + entry.arguments();
    }
}
