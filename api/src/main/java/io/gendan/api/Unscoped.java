package io.gendan.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A controller's reading method that needs no {@link Scope}, because everybody who may call it may
 * see all it gives.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Unscoped {

    /** Why so, for example that it is reference data without customers in it. */
    String value();
}
