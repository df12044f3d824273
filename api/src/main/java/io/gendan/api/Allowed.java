package io.gendan.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which roles may call a controller's method (or all methods of a controller; the method's own
 * annotation wins). Anybody else gets 403. Without roles: whoever got through the door, that is
 * every token, and on open paths everybody. A handler without this annotation is refused to all, so
 * that none is open by having been forgotten.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {
    Role[] value() default {};
}
