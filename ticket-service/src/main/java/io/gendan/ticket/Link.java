package io.gendan.ticket;

import io.gendan.events.LinkRelation;
import io.gendan.events.TicketEvent.TicketLinked;

import java.util.UUID;

/** What another ticket has to do with this one. */
record Link(UUID ticketId, String number, LinkRelation relation) {

    static Link of(TicketLinked linked) {
        return new Link(linked.other(), linked.otherNumber(), linked.relation());
    }

    /** By people, who may take it back. */
    boolean isRelated(UUID other) {
        return relation == LinkRelation.RELATED && ticketId.equals(other);
    }
}
