package io.gendan.gateway;

import io.gendan.api.Allowed;
import io.gendan.api.ChangesNothing;
import io.gendan.api.Problem;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;

import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where a request is forwarded to when its service does not answer. */
@Controller
class Away {

    private static final Logger log = LoggerFactory.getLogger(Away.class);

    private final GatewaySettings settings;

    Away(GatewaySettings settings) {
        this.settings = settings;
    }

    @Allowed
    @ChangesNothing
    @RequestMapping("/away/{service}")
    void tell(@PathVariable String service, HttpServletRequest request) {
        var fault = request.getAttribute(MvcUtils.CIRCUITBREAKER_EXECUTION_EXCEPTION_ATTR);
        // An open breaker says the same for every request; it was told when it opened.
        if (fault instanceof Exception gone && !(gone instanceof CallNotPermittedException)) {
            log.warn("{} does not answer: {}", service, gone.getMessage());
        }
        throw Problem.of(503, "away").with("service", service).retryAfter(settings.rest());
    }
}
