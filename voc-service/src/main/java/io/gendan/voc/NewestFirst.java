package io.gendan.voc;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads what is kept newest first, a page at a time. */
@Repository
class NewestFirst {

    private final JdbcClient jdbc;

    /**
     * Where it is kept, and which columns order it.
     *
     * @param id tells apart what is of the same time
     */
    record Kept(String table, String at, String id) {}

    /** What is wanted of it: that for which all conditions hold. */
    static final class Wanted {

        private final StringBuilder where = new StringBuilder("true");
        private final Map<String, Object> parameters = new HashMap<>();

        /**
         * @param value absent when it does not matter
         */
        Wanted where(String condition, String parameter, @Nullable Object value) {
            if (value != null) {
                where.append(" AND ").append(condition);
                parameters.put(parameter, value);
            }
            return this;
        }

        private void after(Kept kept, Cursor last) {
            where.append(" AND (%s, %s) < (:afterAt, :afterId)".formatted(kept.at(), kept.id()));
            parameters.put("afterAt", last.instant(0).atOffset(ZoneOffset.UTC));
            parameters.put("afterId", last.id(1));
        }
    }

    private record Row<T>(T shown, Cursor position) {}

    NewestFirst(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    <T> Page<T> page(Kept kept, Wanted wanted, Paging paging, RowMapper<T> shape) {
        var after = paging.after();
        if (after != null) {
            wanted.after(kept, after);
        }
        var rows =
                jdbc.sql(
                                "SELECT * FROM %1$s WHERE %2$s ORDER BY %3$s DESC, %4$s DESC LIMIT :rows"
                                        .formatted(
                                                kept.table(), wanted.where, kept.at(), kept.id()))
                        .params(wanted.parameters)
                        .param("rows", paging.rowsToRead())
                        .query(
                                (row, number) -> {
                                    var at = row.getObject(kept.at(), OffsetDateTime.class);
                                    var id = row.getObject(kept.id(), UUID.class);
                                    return new Row<>(
                                            shape.mapRow(row, number),
                                            Cursor.at(at.toInstant(), id));
                                })
                        .list();
        return Page.of(rows, paging, Row::position).map(Row::shown);
    }
}
