package io.gendan.ticket.web;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Answers;
import io.gendan.api.Caller;
import io.gendan.api.Idempotency;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Unscoped;
import io.gendan.ticket.Notices;
import io.gendan.ticket.Notices.Notice;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** What the caller is told. */
@RestController
@RequestMapping("/api/notices")
@Allowed({AGENT, ESCALATION, SUPERVISOR})
class NoticeController {

    private static final String OWN = "one's own and that of leaders, by the account in the token";

    private final Notices notices;
    private final Idempotency idempotency;
    private final Answers answers;

    NoticeController(Notices notices, Idempotency idempotency, Answers answers) {
        this.notices = notices;
        this.idempotency = idempotency;
        this.answers = answers;
    }

    /** Newest first. */
    @GetMapping
    @Unscoped(OWN)
    Page<Notice> list(
            @RequestParam(defaultValue = "false") boolean unread, Paging paging, Caller caller) {
        return notices.of(caller, unread, paging);
    }

    @PostMapping("/{id}/read")
    @Unscoped(OWN)
    ResponseEntity<String> read(@PathVariable UUID id, Caller caller, IdempotencyKey key) {
        return idempotency
                .once(
                        key,
                        () -> {
                            notices.read(id, caller);
                            return answers.noContent();
                        })
                .toResponse();
    }
}
