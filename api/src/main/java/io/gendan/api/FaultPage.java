package io.gendan.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;

/**
 * What went wrong outside of any controller, in a filter or in the server, is a problem as well.
 */
@Controller
class FaultPage implements ErrorController {

    private final ProblemWriter problems;

    FaultPage(ProblemWriter problems) {
        this.problems = problems;
    }

    @Allowed
    @ChangesNothing
    @RequestMapping("${server.error.path:${error.path:/error}}")
    void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        problems.write(
                status instanceof Integer code ? Faults.ofStatus(code) : Problem.notFound(),
                request,
                response);
    }
}
