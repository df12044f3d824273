package io.gendan.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every fault of a request becomes a {@link Problem}; what we did not foresee tells nothing. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class Faults {

    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    private final ProblemWriter problems;

    Faults(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void tell(Exception fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (fault instanceof AsyncRequestNotUsableException) {
            log.debug("The caller is gone", fault);
            return;
        }
        var problem = problem(fault);
        if (problem.status() == 500) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
        }
        if (fault instanceof HttpRequestMethodNotSupportedException unsupported
                && unsupported.getSupportedMethods() != null) {
            response.setHeader(
                    HttpHeaders.ALLOW, String.join(", ", unsupported.getSupportedMethods()));
        }
        problems.write(problem, request, response);
    }

    static Problem problem(Exception fault) {
        return switch (fault) {
            case Problem problem -> problem;
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable.getCause());
            case MethodArgumentNotValidException invalid ->
                    invalid(invalid.getBindingResult().getAllErrors());
            case HandlerMethodValidationException invalid ->
                    Problem.of(400, "parameter-invalid", nameOfFirst(invalid))
                            .with("parameter", nameOfFirst(invalid));
            case ConstraintViolationException violated ->
                    Problem.of(422, "field-invalid", String.valueOf(violated.getMessage()));
            case MethodArgumentTypeMismatchException mismatch ->
                    // An id that cannot be one names nothing.
                    mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
                            ? Problem.notFound()
                            : Problem.of(400, "parameter-invalid", mismatch.getName())
                                    .with("parameter", mismatch.getName());
            case MissingServletRequestParameterException missing ->
                    Problem.of(400, "parameter-missing", missing.getParameterName())
                            .with("parameter", missing.getParameterName());
            case ServletRequestBindingException _,
                    RequestRejectedException _,
                    InvalidParameterException _ ->
                    Problem.of(400, "malformed");
            case HttpRequestMethodNotSupportedException unsupported ->
                    Problem.of(405, "method-not-allowed", unsupported.getMethod());
            case HttpMediaTypeNotSupportedException _ -> Problem.of(415, "media-type");
            case HttpMediaTypeNotAcceptableException _ -> Problem.of(406, "not-acceptable");
            case AccessDeniedException _ -> Problem.of(403, "forbidden");
            case AuthenticationException _ -> Problem.of(401, "token-missing");
            case ErrorResponse known -> ofStatus(known.getStatusCode().value());
            default -> Problem.of(500, "internal");
        };
    }

    static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> Problem.of(401, "token-missing");
            case 403 -> Problem.of(403, "forbidden");
            case 404 -> Problem.notFound();
            case 405 -> Problem.of(405, "method-not-allowed", "");
            case 406 -> Problem.of(406, "not-acceptable");
            case 413 -> Problem.of(413, "too-large", "");
            case 415 -> Problem.of(415, "media-type");
            case 503 -> Problem.of(503, "away").retryAfter(Duration.ofSeconds(2));
            default ->
                    status >= 400 && status < 500
                            ? Problem.of(status, "malformed")
                            : Problem.of(500, "internal");
        };
    }

    private static Problem unreadable(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown ->
                    Problem.of(400, "field-unknown", unknown.getPropertyName())
                            .at(pointer(unknown));
            case InvalidFormatException invalid when isConstant(invalid) ->
                    Problem.of(400, "value-unknown", String.valueOf(invalid.getValue()))
                            .at(pointer(invalid));
            case DatabindException mismatch when !mismatch.getPath().isEmpty() ->
                    Problem.of(400, "malformed").at(pointer(mismatch));
            case JacksonException broken
                    when broken.processor() instanceof JsonParser parser
                            && parser.streamReadContext() != null ->
                    Problem.of(400, "malformed")
                            .at(parser.streamReadContext().pathAsPointer().toString());
            case null, default -> Problem.of(400, "malformed");
        };
    }

    private static boolean isConstant(InvalidFormatException invalid) {
        return invalid.getTargetType() != null && invalid.getTargetType().isEnum();
    }

    private static String pointer(JacksonException fault) {
        var pointer = new StringBuilder();
        for (var step : fault.getPath()) {
            pointer.append('/');
            if (step.getPropertyName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(escaped(step.getPropertyName()));
            }
        }
        return pointer.toString();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The first fault is the problem's own; all are listed when there are several. */
    private static Problem invalid(List<ObjectError> errors) {
        var all = new ArrayList<Map<String, Object>>();
        for (var error : errors) {
            all.add(Map.of("pointer", pointer(error), "rule", rule(error)));
        }
        var first = errors.getFirst();
        var missing = List.of("NotNull", "NotBlank", "NotEmpty").contains(rule(first));
        var problem =
                Problem.of(422, missing ? "field-missing" : "field-invalid", pointer(first))
                        .at(pointer(first))
                        .with("rule", rule(first));
        return all.size() == 1 ? problem : problem.with("errors", all);
    }

    private static String rule(ObjectError error) {
        return error.getCode() == null ? "rule" : error.getCode();
    }

    /** From the binder's {@code items[0].name} to {@code /items/0/name}. */
    private static String pointer(ObjectError error) {
        return error instanceof FieldError field
                ? "/" + field.getField().replace("[", "/").replace("]", "").replace('.', '/')
                : "";
    }

    private static String nameOfFirst(HandlerMethodValidationException invalid) {
        var name =
                invalid.getParameterValidationResults().isEmpty()
                        ? null
                        : invalid.getParameterValidationResults()
                                .getFirst()
                                .getMethodParameter()
                                .getParameterName();
        return name == null ? "parameter" : name;
    }
}
