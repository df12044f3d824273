package io.gendan.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What follows a command: {@code --name value}, as its usage line lists them, and bare flags. */
final class Options {

    private static final Pattern OPTION = Pattern.compile("\\[(--[a-z-]+)( [A-Z]+)?]");

    private final Map<String, String> given = new HashMap<>();

    /**
     * @param usage such as {@code FILE [--rate N] [--follow]}
     * @throws CannotGoOn for what the usage does not have
     */
    Options(List<String> arguments, String usage) {
        var flags = new HashMap<String, Boolean>();
        OPTION.matcher(usage)
                .results()
                .forEach(option -> flags.put(option.group(1), option.group(2) == null));
        var words = arguments.iterator();
        while (words.hasNext()) {
            var name = words.next();
            var isFlag = flags.get(name);
            if (isFlag == null || !isFlag && !words.hasNext()) {
                throw new CannotGoOn(
                        "do not know what to do with '%s'; use %s".formatted(name, usage));
            }
            given.put(name, isFlag ? "" : words.next());
        }
    }

    String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        var text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new CannotGoOn("%s wants a number, not '%s'".formatted(name, text));
        }
    }

    boolean has(String flag) {
        return given.containsKey(flag);
    }
}
