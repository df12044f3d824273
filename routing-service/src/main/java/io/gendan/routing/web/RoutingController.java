package io.gendan.routing.web;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.routing.Board;
import io.gendan.routing.Board.RoutingView;
import io.gendan.routing.Scopes;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/** Why this agent. */
@RestController
class RoutingController {

    private final Board board;
    private final Scopes scopes;

    RoutingController(Board board, Scopes scopes) {
        this.board = board;
        this.scopes = scopes;
    }

    @GetMapping("/api/tickets/{id}/routing")
    @Allowed({Role.AGENT, Role.ESCALATION, Role.SUPERVISOR, Role.ANALYST, Role.OPS, Role.ADMIN})
    RoutingView routing(@PathVariable UUID id, Caller caller) {
        return board.routing(id, scopes.of(caller));
    }
}
