package io.gendan.routing.web;

import io.gendan.api.Allowed;
import io.gendan.api.Caller;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Unscoped;
import io.gendan.events.Level;
import io.gendan.routing.Atlas;
import io.gendan.routing.Atlas.TeamView;
import io.gendan.routing.Atlas.TerritoryView;
import io.gendan.routing.Board;
import io.gendan.routing.Board.AgentView;
import io.gendan.routing.Board.LineView;
import io.gendan.routing.PresenceDesk;
import io.gendan.routing.PresenceDesk.Engagement;
import io.gendan.routing.Scopes;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Territories, teams, agents and their lines. */
@RestController
@RequestMapping("/api")
@Allowed({Role.AGENT, Role.ESCALATION, Role.SUPERVISOR, Role.ANALYST, Role.OPS, Role.ADMIN})
class RosterController {

    private static final String ID = "[a-z0-9][a-z0-9-]{0,63}";

    private final Atlas atlas;
    private final Board board;
    private final Scopes scopes;
    private final PresenceDesk presence;

    RosterController(Atlas atlas, Board board, Scopes scopes, PresenceDesk presence) {
        this.atlas = atlas;
        this.board = board;
        this.scopes = scopes;
        this.presence = presence;
    }

    record Presence(boolean onDuty) {}

    record Engaged(
            @NotBlank @Size(max = 64) String name,
            @NotBlank String team,
            @NotNull Level level,
            @Nullable @Size(max = 40) List<@NotBlank String> skills) {

        Engagement as(String id) {
            return new Engagement(id, name, team, level, skills == null ? List.of() : skills);
        }
    }

    @GetMapping("/territories")
    @Unscoped("the map of the country")
    Page<TerritoryView> territories(Paging paging) {
        return atlas.territories(paging);
    }

    @GetMapping("/teams")
    @Unscoped("whom a ticket can be handed to")
    Page<TeamView> teams(Paging paging) {
        return atlas.teams(paging);
    }

    @GetMapping("/agents")
    Page<AgentView> agents(Caller caller, Paging paging) {
        return board.agents(scopes.of(caller), paging);
    }

    @GetMapping("/lines")
    Page<LineView> lines(Caller caller, Paging paging) {
        return board.lines(scopes.of(caller), paging);
    }

    @PutMapping("/agents/{id}")
    @Allowed(Role.ADMIN)
    AgentView engage(
            @PathVariable @Pattern(regexp = ID) String id,
            @Valid @RequestBody Engaged engaged,
            Caller caller) {
        presence.engage(engaged.as(id), caller.id());
        return board.agent(id, scopes.of(caller)).orElseThrow(Problem::notFound);
    }

    @PutMapping("/agents/{id}/presence")
    @Allowed({Role.AGENT, Role.ESCALATION, Role.SUPERVISOR})
    AgentView declare(@PathVariable String id, @RequestBody Presence declared, Caller caller) {
        if (!caller.id().equals(id) && !caller.isOneOf(Role.SUPERVISOR)) {
            throw Problem.notFound();
        }
        var scope = scopes.of(caller);
        board.agent(id, scope).orElseThrow(Problem::notFound);
        presence.declare(id, declared.onDuty(), caller.id());
        return board.agent(id, scope).orElseThrow(Problem::notFound);
    }
}
