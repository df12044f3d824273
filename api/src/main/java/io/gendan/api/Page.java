package io.gendan.api;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A piece of a list.
 *
 * @param next the cursor of the following piece; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of what was read for a {@link Paging}: read one row more than its limit, and the
     * surplus row tells that there is a following piece.
     *
     * @param position what the cursor must remember of the last row shown
     */
    public static <T> Page<T> of(List<T> read, Paging paging, Function<T, Cursor> position) {
        if (read.size() <= paging.limit()) {
            return new Page<>(read, null);
        }
        var shown = read.subList(0, paging.limit());
        return new Page<>(shown, position.apply(shown.getLast()).of(paging.list()).encoded());
    }

    /** Without some of it: short or empty, it may still have a following piece. */
    public Page<T> without(Predicate<? super T> hidden) {
        return new Page<>(items.stream().filter(Predicate.not(hidden)).toList(), next);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> shape) {
        return new Page<>(items.stream().<R>map(shape).toList(), next);
    }
}
