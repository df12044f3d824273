package io.gendan.ticket.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.ANALYST;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Problem;
import io.gendan.api.Unscoped;
import io.gendan.ticket.ClosingFigures;
import io.gendan.ticket.ClosingFigures.ClosingFigure;
import io.gendan.ticket.OrderSurveyFigures;
import io.gendan.ticket.OrderSurveyFigures.OrderSurveyFigure;
import io.gendan.ticket.PromiseFigures;
import io.gendan.ticket.PromiseFigures.Figure;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;
import java.util.List;

/** How we do, in numbers. */
@RestController
class FigureController {

    private static final int LONGEST_DAYS = 366;
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

    private final PromiseFigures promises;
    private final ClosingFigures closings;
    private final OrderSurveyFigures orderSurveys;

    record Figures(List<Figure> items) {}

    record Closings(List<ClosingFigure> items) {}

    record OrderSurveyed(List<OrderSurveyFigure> items) {}

    FigureController(
            PromiseFigures promises, ClosingFigures closings, OrderSurveyFigures orderSurveys) {
        this.orderSurveys = orderSurveys;
        this.promises = promises;
        this.closings = closings;
    }

    /** Of each day and purpose, both days included; at most a year. */
    @GetMapping("/api/figures/promises")
    @Allowed({SUPERVISOR, ANALYST, ADMIN})
    @Unscoped("numbers of all, nothing of customers in them")
    Figures promises(@RequestParam LocalDate from, @RequestParam LocalDate to) {
        check(from, to);
        return new Figures(promises.between(from, to));
    }

    /** Of each day and kind: what was solved, and after what of it the customer came back. */
    @GetMapping("/api/figures/closings")
    @Allowed({SUPERVISOR, ANALYST, ADMIN})
    @Unscoped("numbers of all, nothing of customers in them")
    Closings closings(@RequestParam LocalDate from, @RequestParam LocalDate to) {
        check(from, to);
        return new Closings(closings.between(from, to));
    }

    /** Of each day of deliveries and territory: who was asked about them, and what they say. */
    @GetMapping("/api/figures/order-surveys")
    @Allowed({SUPERVISOR, ANALYST, ADMIN})
    @Unscoped("numbers of all, nothing of customers in them")
    OrderSurveyed orderSurveys(@RequestParam LocalDate from, @RequestParam LocalDate to) {
        check(from, to);
        return new OrderSurveyed(orderSurveys.between(from, to));
    }

    private static void check(LocalDate from, LocalDate to) {
        if (from.isBefore(FIRST) || from.isAfter(LAST)) {
            throw invalid("from");
        }
        if (to.isBefore(from) || to.isAfter(from.plusDays(LONGEST_DAYS))) {
            throw invalid("to");
        }
    }

    private static Problem invalid(String parameter) {
        return Problem.of(400, "parameter-invalid", parameter).with("parameter", parameter);
    }
}
