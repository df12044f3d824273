package io.gendan.api;

import org.jspecify.annotations.Nullable;

/**
 * Which piece of a list is asked for ({@code ?limit=&cursor=}); a controller method takes it as an
 * argument.
 *
 * @param limit 1 to {@value #MOST}, {@value #USUAL} when not given
 * @param after null at the beginning of the list
 * @param list which one; another one's cursor is refused
 */
public record Paging(int limit, @Nullable Cursor after, String list) {

    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";
    static final int USUAL = 50;
    static final int MOST = 200;

    public Paging {
        if (limit < 1 || limit > MOST) {
            throw Problem.of(400, "parameter-invalid", LIMIT).with("parameter", LIMIT);
        }
    }

    /** How many rows to read: one more than asked for, see {@link Page#of}. */
    public int rowsToRead() {
        return limit + 1;
    }

    static Paging parse(@Nullable String limit, @Nullable String cursor, String list) {
        return new Paging(
                limit == null ? USUAL : number(limit),
                cursor == null || cursor.isEmpty() ? null : Cursor.decode(cursor).in(list),
                list);
    }

    private static int number(String limit) {
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException notANumber) {
            throw Problem.of(400, "parameter-invalid", LIMIT)
                    .with("parameter", LIMIT)
                    .because(notANumber);
        }
    }
}
