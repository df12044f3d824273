package io.gendan.ticket;

import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a ticket is about. Two levels: {@code DELIVERY} is a top category, {@code DELIVERY.LATE} one
 * that a ticket can be in.
 *
 * @param parent absent for a top category
 * @param leadDepartment who gets its tasks, issues and improvements; absent for a top category
 * @param informedDepartments who read along
 * @param complaintPriority of a complaint unless facts raise it; absent for a top category
 * @param major what every complaint of it is, such as {@code SAFETY}
 */
public record Category(
        String code,
        @Nullable String parent,
        String nameZh,
        String nameEn,
        @Nullable Phase phase,
        @Nullable String leadDepartment,
        List<String> informedDepartments,
        @Nullable Priority complaintPriority,
        @Nullable Major major) {

    public Category {
        informedDepartments = List.copyOf(informedDepartments);
    }

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
