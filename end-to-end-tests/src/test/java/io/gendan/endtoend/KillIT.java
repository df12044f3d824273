package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.consultation;

import io.gendan.events.Channel;
import io.gendan.events.Territory;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whatever dies while tickets come in, each that was acknowledged is there, once, and served. */
@Order(5)
@OnARunningSystem
class KillIT {

    private static final Logger LOG = LoggerFactory.getLogger(KillIT.class);

    private static final List<String> PARTS =
            List.of("ticket", "routing", "escalation", "voc", "gateway", "kafka", "postgres");

    /** One of each territory. */
    private static final List<String> PROVINCES = List.of("北京", "辽宁", "上海", "广东", "湖北", "陕西", "四川");

    private static final String SUBJECT = "包裹没有收到，请帮我查一下";

    private final ApplicationUnderTest application;
    private final Customer customer;

    KillIT(ApplicationUnderTest application) {
        this.application = application;
        this.customer = Customer.inTheApp(application);
    }

    @Test
    void nothingAcknowledgedIsLostOrDoneTwiceWhateverDiesWhileTicketsAreSent() {
        var audit = new Audit(application);
        var patient = new ArrayList<FollowedTicket>();
        var climbing = new ArrayList<FollowedTicket>();
        var solved = new ArrayList<FollowedTicket>();
        var shifts = new LinkedHashMap<String, List<Boolean>>();
        try (var sending = new Sending(application)) {
            sending.goesOnWhile(someOfEachProvince(1), () -> audit.awaitsSome(SUBJECT));
            for (var part : PARTS) {
                var province = PROVINCES.get(PARTS.indexOf(part));
                // The one shows that all work again, so that the other is assigned before it climbs
                solved.add(opens(consultation(province).by(Channel.EMAIL)).is("ASSIGNED"));
                climbing.add(opens(consultation(province).by(Channel.CHAT)).is("ASSIGNED"));
                var agent = Agent.named(one(part), application);
                sending.goesOnWhile(
                        someOfEachProvince(3),
                        () -> {
                            application.kill(part);
                            agent.isOnDuty(false);
                            solved.getLast().isWithdrawn();
                            application.awaitHealthy();
                            agent.isOnDuty(true);
                            LOG.info("{} was killed and is back", part);
                        });
                shifts.put(agent.account(), List.of(false, true));
            }
            sending.goesOnWhile(
                    someOfEachProvince(3), () -> patient.addAll(openedWhileKafkaIsAway()));
            sending.ends().forEach(id -> patient.add(new FollowedTicket(id, application)));
        }

        patient.parallelStream().forEach(ticket -> ticket.is("ASSIGNED"));
        climbing.forEach(ticket -> ticket.is("ASSIGNED").isIn(2));
        LOG.info("{} tickets are assigned", patient.size() + climbing.size());
        var open = Stream.of(patient, climbing).flatMap(List::stream).toList();
        open.parallelStream().forEach(FollowedTicket::isWithdrawn);
        var all = Stream.of(open, solved).flatMap(List::stream).toList();
        audit.awaitsVoices(all);
        audit.findsNothingLostAndNothingTwice(SUBJECT, all);
        audit.findsEscalated(climbing);
        audit.findsAgentsChangedOnly(shifts);
        audit.findsNoLetters();
        all.parallelStream().forEach(FollowedTicket::tellsWhoWhenAndWhy);
    }

    /** Another one for each part, from another team, who leaves and comes back meanwhile. */
    private static String one(String part) {
        var team = Territory.values()[PARTS.indexOf(part)].name().toLowerCase(Locale.ROOT);
        return "agent-%s-4".formatted(team);
    }

    /**
     * By mail, where nobody waits for an answer at once. The agents of a territory have room for 34
     * consultations; they get 26 of these, and a chat that takes as much as two.
     */
    private static List<NewTicket> someOfEachProvince(int some) {
        return Stream.generate(() -> PROVINCES)
                .limit(some)
                .flatMap(List::stream)
                .map(province -> consultation(province).by(Channel.EMAIL).about(SUBJECT))
                .toList();
    }

    private FollowedTicket opens(NewTicket ticket) {
        return customer.opens(ticket.about(SUBJECT));
    }

    private List<FollowedTicket> openedWhileKafkaIsAway() {
        application.stop("kafka");
        var opened =
                PROVINCES.stream()
                        .map(province -> opens(consultation(province).by(Channel.EMAIL)))
                        .toList();
        application.start("kafka");
        return opened;
    }
}
