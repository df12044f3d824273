package io.gendan.endtoend;

/** Speaks through a channel: the app, unless it is another. */
final class Customer {

    private final ApplicationUnderTest application;
    private final Gateway channel;

    private Customer(ApplicationUnderTest application, String channel) {
        this.application = application;
        this.channel = Gateway.as(application, channel);
    }

    static Customer inTheApp(ApplicationUnderTest application) {
        return new Customer(application, "app");
    }

    static Customer onThePhone(ApplicationUnderTest application) {
        return new Customer(application, "phone");
    }

    FollowedTicket opens(NewTicket ticket) {
        var reply = channel.post("/api/tickets", ticket.json());
        if (reply.status() != 201) {
            throw new AssertionError(reply.status() + " " + reply.body());
        }
        return new FollowedTicket(reply.text("id"), application);
    }

    void confirms(FollowedTicket ticket) {
        channel.post("/api/tickets/" + ticket.id() + "/confirm", "").orFail();
    }
}
