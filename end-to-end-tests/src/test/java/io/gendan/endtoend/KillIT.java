package io.gendan.endtoend;

import static io.gendan.endtoend.NewTicket.consultation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whatever dies while tickets come in, each that was acknowledged is there, once, and served. */
@Order(5)
@OnARunningSystem
class KillIT {

    private static final int TICKETS = 21;
    private static final int CALLERS = 3;

    /** One of each territory. */
    private static final List<String> PROVINCES = List.of("北京", "辽宁", "上海", "广东", "湖北", "陕西", "四川");

    private final ApplicationUnderTest application;
    private final Customer customer;

    KillIT(ApplicationUnderTest application) {
        this.application = application;
        this.customer = Customer.inTheApp(application);
    }

    static Stream<String> parts() {
        return Stream.of(System.getProperty("gendan.kill").split(","));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void nothingAcknowledgedIsLostWhenAPartIsKilled(String part) throws InterruptedException {
        var subject = "包裹没有收到 " + part;

        var tickets = open(subject, () -> application.kill(part));

        application.awaitHealthy();
        areServedOnce(subject, tickets);
    }

    @Test
    void intakeGoesOnWhileKafkaIsAway() {
        var subject = "收不到验证码";
        application.stop("kafka");

        var tickets = new ConcurrentHashMap<String, FollowedTicket>();
        for (var province : PROVINCES) {
            var key = UUID.randomUUID().toString();
            var reply =
                    Gateway.as(application, "app")
                            .postAs(
                                    key,
                                    "/api/tickets",
                                    consultation(province).about(subject).json());
            assertThat(reply.status()).isEqualTo(201);
            tickets.put(key, new FollowedTicket(reply.text("id"), application));
        }

        application.start("kafka");
        areServedOnce(subject, tickets);
    }

    /** Opens tickets from several sides; the accident happens when a third of them is in. */
    private Map<String, FollowedTicket> open(String subject, Runnable accident)
            throws InterruptedException {
        var tickets = new ConcurrentHashMap<String, FollowedTicket>();
        var third = new CountDownLatch(TICKETS / 3);
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            var openings =
                    IntStream.range(0, TICKETS)
                            .mapToObj(
                                    n ->
                                            callers.submit(
                                                    () -> {
                                                        var key = UUID.randomUUID().toString();
                                                        tickets.put(key, open(subject, n, key));
                                                        third.countDown();
                                                        return key;
                                                    }))
                            .toList();
            third.await();
            accident.run();
            callers.shutdown();
            for (var opening : openings) {
                opening.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        assertThat(tickets).hasSize(TICKETS);
        return tickets;
    }

    private FollowedTicket open(String subject, int number, String key) {
        var province = PROVINCES.get(number % PROVINCES.size());
        return customer.opens(consultation(province).about(subject), key);
    }

    private void areServedOnce(String subject, Map<String, FollowedTicket> tickets) {
        tickets.values().forEach(ticket -> ticket.is("ASSIGNED"));
        new Audit(application, tickets).findsNothingLostAndNothingTwice(subject);
        tickets.values().forEach(FollowedTicket::isInvalid);
    }
}
