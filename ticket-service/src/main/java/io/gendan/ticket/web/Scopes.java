package io.gendan.ticket.web;

import io.gendan.api.Caller;
import io.gendan.api.Problem;
import io.gendan.api.Role;
import io.gendan.api.Scope;
import io.gendan.api.Unscoped;
import io.gendan.ticket.Agents;

import org.springframework.stereotype.Component;

/** What a caller may see of tickets: the role is the token's word, the place the agents' copy's. */
@Component
class Scopes {

    private final Agents agents;

    Scopes(Agents agents) {
        this.agents = agents;
    }

    /**
     * @throws Problem 403 for an agent that routing-service has not told about
     */
    @Unscoped("makes the scope")
    Scope of(Caller caller) {
        if (caller.isOneOf(Role.SUPERVISOR, Role.ADMIN)) {
            return new Scope.Everything();
        }
        if (caller.isOneOf(Role.CHANNEL)) {
            return new Scope.OfChannel(caller.id());
        }
        var agent = agents.find(caller.id()).orElseThrow(() -> Problem.of(403, "agent-unknown"));
        var territory = agent.territory();
        return new Scope.OfAgent(
                agent.id(), territory == null ? null : territory.name(), agent.tier());
    }

    /**
     * For what lies in no scope, and is yet for nobody without one.
     *
     * @throws Problem 403 for an agent that routing-service has not told about
     */
    void requireOne(Caller caller) {
        of(caller);
    }
}
