package io.gendan.ticket.web;

import static io.gendan.api.Role.AGENT;
import static io.gendan.api.Role.ESCALATION;
import static io.gendan.api.Role.SUPERVISOR;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.IdempotencyKey;
import io.gendan.api.IfMatch;
import io.gendan.api.Problem;
import io.gendan.events.Kind;
import io.gendan.events.Major;
import io.gendan.events.Phase;
import io.gendan.events.Priority;
import io.gendan.ticket.FactsChange;
import io.gendan.ticket.FactsDesk;
import io.gendan.ticket.web.OpenRequest.GivenAuthority;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

@RestController
@RequestMapping("/api/tickets/{id}")
@Allowed({AGENT, ESCALATION, SUPERVISOR})
class FactsController {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_PROVINCE = 64;

    private final FactsDesk desk;
    private final Commands commands;

    /**
     * @param authority whose letter about it has come, or {@code PERSONAL_DATA}: that ends with the
     *     answer that is filed; of the same again, by a leader, what it says as it should have been
     *     told
     * @param noMajor true: it is not major after all
     * @param noAuthority true: the letter is not its own after all; nor is it major by that
     * @param claim how many yuan the customer claims
     */
    record ChangeRequest(
            @Nullable Kind kind,
            @Nullable Phase phase,
            @Nullable String category,
            @Nullable Priority priority,
            @Nullable String province,
            @Nullable Major major,
            @Nullable GivenAuthority authority,
            @Nullable Boolean noMajor,
            @Nullable BigDecimal claim,
            @Nullable String reason,
            @Nullable Boolean noAuthority) {

        FactsChange toChange() {
            var saysNoMajor = Boolean.TRUE.equals(noMajor);
            if (saysNoMajor && (major != null || authority != null)) {
                throw Problem.of(422, "out-of-place", "noMajor").at("/noMajor");
            }
            var saysNoAuthority = Boolean.TRUE.equals(noAuthority);
            if (saysNoAuthority && authority != null) {
                throw Problem.of(422, "out-of-place", "noAuthority").at("/noAuthority");
            }
            if (!saysNoMajor
                    && !saysNoAuthority
                    && Stream.of(kind, phase, category, priority, province, major, claim, authority)
                            .allMatch(Objects::isNull)) {
                throw Problem.of(422, "nothing-changed");
            }
            return new FactsChange(
                    kind,
                    phase,
                    category,
                    priority,
                    province == null ? null : Given.text("/province", province, LONGEST_PROVINCE),
                    major,
                    authority == null ? null : authority.toLetter(),
                    saysNoMajor,
                    saysNoAuthority,
                    claim,
                    Given.text("/reason", reason, LONGEST_REASON));
        }
    }

    /**
     * @param proposalId which of {@code suspicions} it answers; the first, when absent
     */
    record ConfirmationRequest(@Nullable UUID proposalId) {}

    /**
     * @param proposalId which of {@code suspicions} it answers; the first, when absent
     */
    record RefusalRequest(@Nullable UUID proposalId, @Nullable String reason) {}

    FactsController(FactsDesk desk, Commands commands) {
        this.desk = desk;
        this.commands = commands;
    }

    /** It is about something else than it seemed: its targets and its agent follow. */
    @PostMapping("/change")
    ResponseEntity<String> change(
            @PathVariable UUID id,
            @RequestBody ChangeRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var change = request.toChange();
        return commands.edit(id, seen, caller, key, act -> desk.change(act, change));
    }

    /** It is as major as it sounds: all follows from that. */
    @PostMapping("/major/confirm")
    ResponseEntity<String> confirmMajor(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable ConfirmationRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var proposalId = request == null ? null : request.proposalId();
        return commands.edit(id, seen, caller, key, act -> desk.confirmMajor(act, proposalId));
    }

    /** It is not, whatever it sounds like. */
    @PostMapping("/major/refuse")
    ResponseEntity<String> refuseMajor(
            @PathVariable UUID id,
            @RequestBody RefusalRequest request,
            IfMatch seen,
            Caller caller,
            IdempotencyKey key) {
        var reason = Given.text("/reason", request.reason(), LONGEST_REASON);
        var proposalId = request.proposalId();
        return commands.edit(
                id, seen, caller, key, act -> desk.refuseMajor(act, proposalId, reason));
    }
}
