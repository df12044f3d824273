package io.gendan.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** No POST that changes something gets through without its key. */
class IdempotencyKeyCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (HttpMethod.POST.matches(request.getMethod())
                && handler instanceof HandlerMethod method
                && !method.hasMethodAnnotation(ChangesNothing.class)) {
            IdempotencyKey.valueOf(request.getHeader(IdempotencyKey.HEADER));
        }
        return true;
    }
}
