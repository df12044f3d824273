package io.gendan.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds callers to {@link Allowed}; handlers of libraries are the security filter's matter. */
class AllowedCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("io.gendan")
                && !mayCall(method)) {
            throw Problem.of(403, "forbidden");
        }
        return true;
    }

    private static boolean mayCall(HandlerMethod method) {
        var allowed = of(method);
        if (allowed == null) {
            return false;
        }
        if (allowed.value().length == 0) {
            return true;
        }
        var caller = Arguments.caller();
        return caller != null && caller.isOneOf(allowed.value());
    }

    static @Nullable Allowed of(HandlerMethod method) {
        var own = method.getMethodAnnotation(Allowed.class);
        return own != null
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allowed.class);
    }
}
