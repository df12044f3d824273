package io.gendan.ticket;

import io.gendan.api.Problem;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.ticket.Department.Duty;
import io.gendan.ticket.rules.Versions;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A version of the taxonomy as somebody writes it, or exports it from elsewhere.
 *
 * @param validFrom now when absent
 * @param base takes over the lines of this version; those with the same code are replaced
 * @param without codes of the base that this version no longer has
 */
public record TaxonomyDraft(
        @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}") String version,
        @Nullable Instant validFrom,
        @Nullable String base,
        @Nullable @Size(max = 1000) List<@NotNull @Valid CategoryLine> categories,
        @Nullable @Size(max = 200) List<@NotNull @Valid DepartmentLine> departments,
        @Nullable @Size(max = 1000) List<@NotNull String> without) {

    private static final String CODE = "[A-Z][A-Z0-9_]{0,31}";
    private static final Duration LONGEST = Duration.ofDays(366);

    /** A top category has no dot in its code, and neither departments nor a priority. */
    public record CategoryLine(
            @NotNull @Pattern(regexp = CODE + "(\\." + CODE + ")?") String code,
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn,
            @Nullable Phase phase,
            @Nullable String leadDepartment,
            @Nullable @Size(max = 20) List<@NotNull String> informedDepartments,
            @Nullable Priority complaintPriority,
            @Nullable Major major) {

        private Category category() {
            return new Category(
                    code,
                    Taxonomy.parentOf(code),
                    nameZh,
                    nameEn,
                    phase,
                    leadDepartment,
                    Objects.requireNonNullElse(informedDepartments, List.of()),
                    complaintPriority,
                    major);
        }
    }

    public record DepartmentLine(
            @NotNull @Pattern(regexp = CODE) String code,
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn,
            @Nullable String sponsor,
            @NotNull @Pattern(regexp = CODE) String calendar,
            @NotNull Duration accepts,
            @NotNull Duration answers,
            @Nullable Duration answersPressing,
            @Nullable @Pattern(regexp = CODE) String answerCalendar,
            @NotNull @Min(50) @Max(1000) Integer headToldAtPercent,
            @Nullable @Size(max = 20) List<@NotNull @Valid SpecialLine> special,
            @Nullable LocalTime opens,
            @Nullable LocalTime closes,
            @Nullable Set<@NotNull Duty> duties) {

        private Department department() {
            return new Department(
                    code,
                    nameZh,
                    nameEn,
                    sponsor,
                    calendar,
                    accepts,
                    answers,
                    answersPressing,
                    answerCalendar,
                    headToldAtPercent,
                    special == null
                            ? List.of()
                            : special.stream().map(SpecialLine::special).toList(),
                    opens,
                    closes,
                    Objects.requireNonNullElse(duties, Set.of()));
        }
    }

    public record SpecialLine(
            @NotBlank @Size(max = 80) String nameZh,
            @NotBlank @Size(max = 80) String nameEn,
            @NotNull Duration answers,
            boolean byLaw,
            @Nullable Duration accepts) {

        private Department.Special special() {
            return new Department.Special(nameZh, nameEn, answers, byLaw, accepts);
        }
    }

    /**
     * The version that this makes of its base.
     *
     * @param shipped whose limits by law it keeps
     * @throws Problem 422 with the pointer of what makes no sense
     */
    Taxonomy over(@Nullable Taxonomy under, Taxonomy shipped, String by, Instant now) {
        check();
        var from = Versions.begin(validFrom, now);
        var removed = new HashSet<>(Objects.requireNonNullElse(without, List.of()));
        var made =
                new Taxonomy(
                        version,
                        from,
                        base,
                        by,
                        merged(
                                under == null ? List.of() : under.categories(),
                                categoryLines().stream().map(CategoryLine::category).toList(),
                                Category::code,
                                removed),
                        merged(
                                under == null ? List.of() : under.departments(),
                                departmentLines().stream().map(DepartmentLine::department).toList(),
                                Department::code,
                                removed));
        if (!removed.isEmpty()) {
            throw Versions.invalid("/without", "Exists").with("codes", removed);
        }
        made.missing()
                .ifPresent(
                        missing -> {
                            throw Problem.of(422, "taxonomy-incomplete", missing.by())
                                    .at("/categories")
                                    .with("missing", missing.codes());
                        });
        shipped.departments().forEach(department -> requireLawKept(made, department));
        return made;
    }

    /** Who sets no limit by law keeps any. */
    private void requireLawKept(Taxonomy made, Department department) {
        var line =
                made.departments().stream()
                        .filter(other -> other.code().equals(department.code()))
                        .findFirst();
        if (line.isEmpty() ? department.isBoundByLaw() : !line.get().keepsTheLawOf(department)) {
            throw Problem.of(422, "limit-by-law", department.code())
                    .at(line.isEmpty() ? "/without" : lineOf(department));
        }
    }

    private String lineOf(Department department) {
        var codes = departmentLines().stream().map(DepartmentLine::code).toList();
        int line = codes.indexOf(department.code());
        return line < 0 ? "/base" : "/departments/" + line;
    }

    private void check() {
        var seen = new HashSet<String>();
        for (int i = 0; i < categoryLines().size(); i++) {
            var line = categoryLines().get(i);
            var here = "/categories/" + i;
            requireOnce(seen.add(line.code()), here);
            var isTop = Taxonomy.parentOf(line.code()) == null;
            if (isTop != (line.leadDepartment() == null)) {
                throw Versions.invalid(here + "/leadDepartment", isTop ? "NotOfATop" : "Required");
            }
            if (isTop && line.complaintPriority() != null) {
                throw Versions.invalid(here + "/complaintPriority", "NotOfATop");
            }
        }
        seen.clear();
        for (int i = 0; i < departmentLines().size(); i++) {
            var line = departmentLines().get(i);
            var here = "/departments/" + i;
            requireOnce(seen.add(line.code()), here);
            check(line.accepts(), here + "/accepts");
            check(line.answers(), here + "/answers");
            check(line.answersPressing(), here + "/answersPressing");
            var special = Objects.requireNonNullElse(line.special(), List.<SpecialLine>of());
            for (int j = 0; j < special.size(); j++) {
                check(special.get(j).answers(), here + "/special/" + j + "/answers");
                check(special.get(j).accepts(), here + "/special/" + j + "/accepts");
            }
            if ((line.opens() == null) != (line.closes() == null)) {
                throw Versions.invalid(here + "/closes", "Together");
            }
            if (line.opens() != null && !line.opens().isBefore(line.closes())) {
                throw Versions.invalid(here + "/closes", "AfterOpens");
            }
        }
    }

    private List<CategoryLine> categoryLines() {
        return Objects.requireNonNullElse(categories, List.of());
    }

    private List<DepartmentLine> departmentLines() {
        return Objects.requireNonNullElse(departments, List.of());
    }

    private static <T> List<T> merged(
            List<T> base, List<T> changes, Function<T, String> code, HashSet<String> removed) {
        var merged = new LinkedHashMap<String, T>();
        base.stream()
                .filter(line -> !removed.remove(code.apply(line)))
                .forEach(line -> merged.put(code.apply(line), line));
        changes.forEach(line -> merged.put(code.apply(line), line));
        return merged.values().stream().sorted(Comparator.comparing(code)).toList();
    }

    private static void requireOnce(boolean isFirst, String pointer) {
        if (!isFirst) {
            throw Versions.invalid(pointer, "OnlyOnce");
        }
    }

    private static void check(@Nullable Duration time, String pointer) {
        if (time != null
                && (!time.isPositive() || time.getNano() != 0 || time.compareTo(LONGEST) > 0)) {
            throw Versions.invalid(pointer, "WholeSeconds");
        }
    }
}
