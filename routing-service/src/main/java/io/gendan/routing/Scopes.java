package io.gendan.routing;

import io.gendan.api.Caller;
import io.gendan.api.Role;
import io.gendan.api.Scope;

import org.springframework.stereotype.Component;

/** What a caller may see, by the roster. */
@Component
public class Scopes {

    /** The tier of somebody the roster does not know: nothing is in there. */
    private static final int NO_TIER = 0;

    private final Roster roster;

    Scopes(Roster roster) {
        this.roster = roster;
    }

    public Scope of(Caller caller) {
        if (caller.isOneOf(Role.SUPERVISOR, Role.ANALYST, Role.OPS, Role.ADMIN)) {
            return new Scope.Everything();
        }
        if (caller.isOneOf(Role.AGENT, Role.ESCALATION)) {
            return roster.find(caller.id())
                    .map(agent -> ofTeam(caller, agent.team()))
                    .orElseGet(() -> new Scope.OfAgent(caller.id(), null, NO_TIER));
        }
        return new Scope.OfChannel(caller.id());
    }

    private static Scope.OfAgent ofTeam(Caller caller, Roster.Team team) {
        var territory = team.territory();
        return new Scope.OfAgent(
                caller.id(), territory == null ? null : territory.name(), team.tier());
    }
}
