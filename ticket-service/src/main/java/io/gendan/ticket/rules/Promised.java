package io.gendan.ticket.rules;

import io.gendan.events.Authority;
import io.gendan.events.AuthoritySource;
import io.gendan.events.Kind;
import io.gendan.events.Major;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/** What is promised to the customers of such tickets. */
interface Promised {

    Kind kind();

    /** Any, or none, when absent. */
    @Nullable Set<Major> majors();

    /** Of an authority's letter; any, or no letter, when absent. */
    @Nullable Set<AuthoritySource> sources();

    Duration within();

    default boolean isFor(Kind kind, @Nullable Major major, @Nullable Authority letter) {
        var ofMajors = majors();
        var ofSources = sources();
        return kind == kind()
                && (ofMajors == null || major != null && ofMajors.contains(major))
                && (ofSources == null || letter != null && ofSources.contains(letter.source()));
    }
}
