package io.gendan.ticket;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One version of what tickets are about and of who answers for it, complete. Never changed once it
 * was written: a change is another version.
 *
 * @param validFrom for tickets opened from then on
 * @param base the version whose lines it took over and changed
 */
public record Taxonomy(
        String version,
        Instant validFrom,
        @Nullable String base,
        String createdBy,
        List<Category> categories,
        List<Department> departments) {

    /** What a ticket is in that nobody has sorted; every version has it. */
    static final String UNSORTED = "OTHER.UNSORTED";

    private static final String LEVEL = ".";

    public Taxonomy {
        categories = List.copyOf(categories);
        departments = List.copyOf(departments);
    }

    static @Nullable String parentOf(String code) {
        int level = code.indexOf(LEVEL);
        return level < 0 ? null : code.substring(0, level);
    }

    /** Those that a ticket can be in, by code: the second level. */
    Map<String, Category> forTickets() {
        return categories.stream()
                .filter(category -> category.parent() != null)
                .collect(Collectors.toUnmodifiableMap(Category::code, Function.identity()));
    }

    /** What it names and does not have. */
    Optional<Missing> missing() {
        var codes = categories.stream().map(Category::code).collect(Collectors.toSet());
        var known = departments.stream().map(Department::code).collect(Collectors.toSet());
        for (var category : categories) {
            var named = new HashSet<>(category.informedDepartments());
            if (category.leadDepartment() != null) {
                named.add(category.leadDepartment());
            }
            named.removeAll(known);
            if (category.parent() != null && !codes.contains(category.parent())) {
                return Optional.of(new Missing(category.code(), Set.of(category.parent())));
            }
            if (!named.isEmpty()) {
                return Optional.of(new Missing(category.code(), named));
            }
        }
        return departments.stream()
                .filter(department -> department.sponsor() != null)
                .filter(department -> !known.contains(department.sponsor()))
                .map(department -> new Missing(department.code(), Set.of(department.sponsor())))
                .findFirst()
                .or(
                        () ->
                                codes.contains(UNSORTED)
                                        ? Optional.empty()
                                        : Optional.of(new Missing(version, Set.of(UNSORTED))));
    }

    /**
     * @param by the line that names them, or the version itself when every one must have it
     */
    record Missing(String by, Set<String> codes) {}
}
