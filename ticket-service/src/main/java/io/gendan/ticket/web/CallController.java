package io.gendan.ticket.web;

import static io.gendan.api.Role.ADMIN;
import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.ChangesNothing;
import io.gendan.ticket.CustomerReading;
import io.gendan.ticket.CustomerReading.ScreenPop;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the phone system of who takes a call puts on their screen (来电弹屏). */
@RestController
@RequestMapping("/api/calls")
@Allowed({AGENT, ESCALATION, SUPERVISOR, ADMIN})
class CallController {

    private static final int LONGEST_PHONE = 64;

    private final CustomerReading reading;
    private final Scopes scopes;

    /**
     * @param phone that the call comes from, in any writing
     */
    record CallRequest(@Nullable String phone) {}

    CallController(CustomerReading reading, Scopes scopes) {
        this.reading = reading;
        this.scopes = scopes;
    }

    /** Who calls, with their last orders, their open tickets and the last of the others. */
    @PostMapping
    @ChangesNothing
    ScreenPop take(@RequestBody CallRequest request, Caller caller) {
        var phone = Given.text("/phone", request.phone(), LONGEST_PHONE);
        return reading.call(phone, scopes.of(caller));
    }
}
