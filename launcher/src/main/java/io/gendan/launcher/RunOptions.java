package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** How a system was asked to run; kept on disk while it is up, so that later commands know. */
record RunOptions(boolean foreground, int hurry, int portOffset, Map<String, Integer> instances) {

    static final String USAGE =
            "[--foreground] [--hurry N] [--port-offset N] [--instances SERVICE=N]...";

    private static final int MOST_INSTANCES = 9;

    RunOptions {
        instances = Map.copyOf(instances);
    }

    static RunOptions parse(List<String> arguments) {
        var foreground = false;
        var hurry = 1;
        var portOffset = 0;
        var instances = new TreeMap<String, Integer>();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var option = rest.next();
            switch (option) {
                case "--foreground" -> foreground = true;
                case "--hurry" ->
                        hurry = number(option, rest.hasNext() ? rest.next() : "", 1, 1_000_000);
                case "--port-offset" ->
                        portOffset = number(option, rest.hasNext() ? rest.next() : "", 0, 50_000);
                case "--instances" -> {
                    var value = (rest.hasNext() ? rest.next() : "").split("=", 2);
                    if (value.length != 2 || !Service.canHaveInstances(value[0])) {
                        throw new CannotGoOn(
                                "--instances wants SERVICE=N, such as ticket=2; services are "
                                        + Service.namesWithInstances());
                    }
                    instances.put(value[0], number(option, value[1], 1, MOST_INSTANCES));
                }
                default ->
                        throw new CannotGoOn(
                                "up does not know '%s'; it takes %s".formatted(option, USAGE));
            }
        }
        return new RunOptions(foreground, hurry, portOffset, instances);
    }

    private static int number(String option, String value, int least, int most) {
        try {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new CannotGoOn("%s wants a number, not '%s'".formatted(option, value));
        }
        throw new CannotGoOn("%s wants a number from %d to %d".formatted(option, least, most));
    }

    /**
     * @param wanted as it was typed
     */
    RunOptions withHurry(String wanted) {
        return new RunOptions(
                foreground, parse(List.of("--hurry", wanted)).hurry(), portOffset, instances);
    }

    int instancesOf(Service service) {
        return instances.getOrDefault(service.id(), 1);
    }

    /** The arguments that {@link #parse} reads back. */
    List<String> arguments() {
        var arguments = new ArrayList<String>();
        if (foreground) {
            arguments.add("--foreground");
        }
        arguments.addAll(List.of("--hurry", String.valueOf(hurry)));
        arguments.addAll(List.of("--port-offset", String.valueOf(portOffset)));
        instances.forEach(
                (id, count) -> arguments.addAll(List.of("--instances", id + "=" + count)));
        return arguments;
    }

    void save(Home home) throws IOException {
        var properties = new Properties();
        properties.setProperty("arguments", String.join(" ", arguments()));
        try (var out = Files.newBufferedWriter(home.options())) {
            properties.store(out, "How the system that is up was started");
        }
    }

    static Optional<RunOptions> load(Home home) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(home.options())) {
            properties.load(in);
        } catch (NoSuchFileException notUp) {
            return Optional.empty();
        }
        return Optional.of(parse(List.of(properties.getProperty("arguments", "").split(" "))));
    }
}
