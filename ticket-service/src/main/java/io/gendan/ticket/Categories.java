package io.gendan.ticket;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Priority;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two-level taxonomy of problems, and how much a complaint of each presses. */
@Component
public class Categories {

    static final String UNSORTED = "OTHER.UNSORTED";

    private final Map<String, Category> byCode;

    /**
     * @param parent absent for a top category
     * @param complaintPriority of a complaint unless facts raise it; absent for a top category
     */
    public record Category(
            String code,
            String version,
            @Nullable String parent,
            String nameZh,
            String nameEn,
            @Nullable String phase,
            @Nullable String leadDepartment,
            List<String> informedDepartments,
            @Nullable Priority complaintPriority,
            @Nullable Major major) {

        /** Consultations and requests are normal, suggestions low; complaints by their category. */
        Priority priorityOf(Kind kind) {
            return switch (kind) {
                case COMPLAINT -> complaintPriority == null ? Priority.NORMAL : complaintPriority;
                case CONSULTATION, REQUEST, UNKNOWN -> Priority.NORMAL;
                case SUGGESTION -> Priority.LOW;
            };
        }

        @Nullable Major majorOf(Kind kind) {
            return kind == Kind.COMPLAINT ? major : null;
        }
    }

    Categories(JdbcClient jdbc) {
        byCode =
                jdbc
                        .sql(
                                """
                                SELECT code, version, parent, name_zh, name_en, phase,
                                       lead_department, informed_departments,
                                       complaint_priority, major
                                FROM category
                                """)
                        .query(
                                (row, _) ->
                                        new Category(
                                                row.getString("code"),
                                                row.getString("version"),
                                                row.getString("parent"),
                                                row.getString("name_zh"),
                                                row.getString("name_en"),
                                                row.getString("phase"),
                                                row.getString("lead_department"),
                                                List.of(
                                                        (String[])
                                                                row.getArray("informed_departments")
                                                                        .getArray()),
                                                Rows.optional(
                                                        Priority.class,
                                                        row.getString("complaint_priority")),
                                                Rows.optional(Major.class, row.getString("major"))))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Category::code, Function.identity()));
    }

    /** Those a ticket can be in: the second level. */
    Optional<Category> find(String code) {
        return Optional.ofNullable(byCode.get(code)).filter(category -> category.parent() != null);
    }

    public List<Category> all() {
        return byCode.values().stream()
                .sorted((one, other) -> one.code().compareTo(other.code()))
                .toList();
    }
}
