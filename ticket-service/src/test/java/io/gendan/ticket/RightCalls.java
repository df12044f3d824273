package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gendan.api.Role;
import io.gendan.api.testing.OpenApiFuzzer.Call;
import io.gendan.api.testing.OpenApiFuzzer.Calls;
import io.gendan.api.testing.TestTokens;
import io.gendan.ticket.Api.Reply;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What each operation takes, of tickets that are where it is allowed: driven there by an agent, a
 * client and a leader who do nothing else.
 */
final class RightCalls implements Calls {

    private static final String AGENT = "agent-fuzz-1";
    private static final String SECOND = "agent-fuzz-2";
    private static final String CLIENT = "client-fuzz";
    private static final String LEADER = "leader-fuzz";
    private static final String FAR = "2099-01-01T00:00:00Z";

    private static final String OPENING =
            """
            {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s","name":"小林"},\
            "province":"广东","address":"天河路 1 号","orderId":"O-1","sellerId":"S-1","productId":"P-1",\
            "phase":"AFTER_SALE","category":"LISTING.MISMATCH","subject":"包装与页面不符",\
            "body":"收到的和页面不一样","claim":19.90}\
            """;

    private static final String TAKEN =
            """
            {"kind":"%s","channel":"PHONE","customer":{"phone":"%s"},"province":"广东",\
            "category":"%s","subject":"核对","take":true}\
            """;

    private static final String OF_AN_AUTHORITY =
            """
            {"kind":"COMPLAINT","channel":"APP","customer":{"phone":"%s"},\
            "category":"LISTING.MISMATCH","subject":"核对","authority":{\
            "source":"PLATFORM_12315","number":"G1","arrivedOn":"%s"}}\
            """;

    private static final String PACKET =
            """
            {"tried":"查过订单","evidence":"照片","asked":"换货","promised":"今天回电","byCustomer":false}\
            """;

    private static final String TAXONOMY =
            """
            {"version":"%s","base":"2026.1","validFrom":"%s","without":["PRESALE.BULK"],\
            "departments":[{"code":"GREEN","nameZh":"环保","nameEn":"Environment",\
            "calendar":"OFFICE","accepts":"PT1H","answers":"PT8H","headToldAtPercent":150,\
            "special":[{"nameZh":"急","nameEn":"Soon","answers":"PT2H","byLaw":true}]}],\
            "categories":[{"code":"GREEN","nameZh":"环保","nameEn":"Environment"},\
            {"code":"GREEN.WASTE","nameZh":"过度包装","nameEn":"Too much packing",\
            "leadDepartment":"GREEN","informedDepartments":["IT"],"complaintPriority":"HIGH"}]}\
            """;

    private static final List<String> FILTERS =
            List.of(
                    "status=IN_PROGRESS",
                    "kind=COMPLAINT",
                    "channel=APP",
                    "category=LISTING.MISMATCH",
                    "territory=SOUTH",
                    "tier=1",
                    "assignee=" + AGENT,
                    "number=W",
                    "responsible=" + AGENT,
                    "priority=NORMAL",
                    "dueBefore=" + FAR);

    private final String byAgent = TestTokens.bearer(AGENT, Role.AGENT);
    private final String bySecond = TestTokens.bearer(SECOND, Role.AGENT);
    private final String byClient = TestTokens.bearer(CLIENT, Role.CHANNEL);
    private final String byLeader = TestTokens.bearer(LEADER, Role.SUPERVISOR);
    private final Proposals proposals;
    private final Outbox outbox;
    private final Api nobody;
    private final Api agent;
    private final Api second;
    private final Api client;
    private final Api leader;
    private final Map<String, Supplier<Call>> makers = new HashMap<>();
    private final Map<String, Call> ready = new HashMap<>();
    private @Nullable Reply last;
    private int turn;

    RightCalls(int port, Agents agents, Proposals proposals, Outbox outbox) {
        this.proposals = proposals;
        this.outbox = outbox;
        TicketAtWork.know(agents, AGENT);
        TicketAtWork.know(agents, SECOND);
        nobody = Api.asNobody(port);
        agent = Api.as(port, AGENT, Role.AGENT);
        second = Api.as(port, SECOND, Role.AGENT);
        client = Api.as(port, CLIENT, Role.CHANNEL);
        leader = Api.as(port, LEADER, Role.SUPERVISOR);
        reading();
        talking();
        working();
        handingOver();
        ending();
        setting();
    }

    @Override
    public @Nullable Call to(String operation) {
        var maker = makers.get(operation);
        return maker == null ? null : ready.computeIfAbsent(operation, _ -> maker.get());
    }

    /** What was done, or can no more be done, is not tried again. */
    @Override
    public void answered(String operation, Call call, int status) {
        if (status < 300 || status == 404 || status == 409) {
            ready.remove(operation, call);
        }
    }

    private void reading() {
        of("get /api/tickets", () -> read(byLeader, "/api/tickets?" + filters()));
        of("get /api/tickets/counts", () -> read(byLeader, "/api/tickets/counts?territory=SOUTH"));
        of(
                "get /api/tickets/{id}",
                () -> read(byLeader, at(lately()) + "?at=" + Instant.now().plusSeconds(1)));
        of(
                "get /api/tickets/{id}/timeline",
                () -> read(byLeader, page(at(lately()) + "/timeline")));
        of(
                "get /api/tickets/{id}/messages",
                () -> read(byLeader, at(lately()) + "/messages?limit=2"));
        of("get /api/customers/{id}", () -> read(byLeader, customer() + "?limit=1"));
        of("get /api/customers/{id}/grades", () -> read(byLeader, customer() + "/grades?limit=2"));
        of(
                "post /api/customers/search",
                () -> new Call(byAgent, "/api/customers/search", "{\"phone\":\"138 0013 8000\"}"));
        of(
                "post /api/calls",
                () -> new Call(byAgent, "/api/calls", "{\"phone\":\"138 0013 8000\"}"));
        of("get /api/surveys/{token}", () -> read("", surveyUrl()));
        of("get /api/track/{token}", () -> read("", leader.get(at(lately())).text("trackingUrl")));
        of(
                "get /api/reveals",
                () ->
                        read(
                                byLeader,
                                "/api/reveals?limit=2&by=%s&ticket=%s"
                                        .formatted(AGENT, id(lately()))));
        of("get /api/channels/outbox", () -> read(byClient, page("/api/channels/outbox")));
        of("get /api/notices", () -> read(byAgent, "/api/notices?unread=true&limit=2"));
        of(
                "get /api/figures/promises",
                () -> read(byLeader, "/api/figures/promises?from=2026-01-01&to=2026-12-31"));
        of(
                "get /api/figures/order-surveys",
                () -> read(byLeader, "/api/figures/order-surveys?from=2026-01-01&to=2026-12-31"));
        of(
                "get /api/figures/closings",
                () -> read(byLeader, "/api/figures/closings?from=2026-01-01&to=2026-12-31"));
        of("get /api/categories", () -> read(byClient, "/api/categories?version=2026.1"));
        of("get /api/departments", () -> read(byClient, "/api/departments?version=2026.1"));
        of("get /api/taxonomies", () -> read(byClient, page("/api/taxonomies")));
        of("get /api/taxonomies/{version}", () -> read(byClient, "/api/taxonomies/2026.1"));
        of("get /api/procedures", () -> read(byClient, page("/api/procedures")));
        of("get /api/procedures/{version}", () -> read(byClient, "/api/procedures/2026.6"));
    }

    private void talking() {
        of("post /api/tickets", this::opening);
        of(
                "post /api/tickets/{id}/messages",
                () ->
                        ++turn % 2 == 0
                                ? post(byAgent, taken(), "messages", "{\"text\":\"已联系商家\"}")
                                : post(
                                        byClient,
                                        turn % 3 == 0 ? closed() : opened(),
                                        "messages",
                                        "{\"text\":\"还没到\",\"sentAt\":\"%s\"}".formatted(ago())));
        of(
                "post /api/tickets/{id}/urge",
                () ->
                        post(
                                byClient,
                                ++turn % 3 == 0 ? closed() : opened(),
                                "urge",
                                "{\"channel\":\"WECHAT\",\"text\":\"怎么还没处理\"}"));
        of(
                "post /api/tickets/{id}/contacts",
                () ->
                        post(
                                byClient,
                                opened(),
                                "contacts",
                                """
                                {"channel":"CHAT","outcome":"ANSWERED","startedAt":"%s","endedAt":"%s","solved":"YES"}
                                """
                                        .formatted(ago(), Instant.now())));
        of(
                "post /api/tickets/{id}/calls",
                () -> {
                    var promised = promised();
                    return post(
                            byAgent,
                            promised,
                            "calls",
                            "{\"outcome\":\"REACHED\",\"promiseId\":\"%s\",\"note\":\"找 小林\",\"solved\":\"YES\"}"
                                    .formatted(promise(promised)));
                });
        of(
                "post /api/channels/outbox/{id}/delivered",
                () -> new Call(byClient, delivery() + "/delivered", null));
        of(
                "post /api/channels/outbox/{id}/failed",
                () -> new Call(byClient, delivery() + "/failed", "{\"reason\":\"停机\"}"));
        of(
                "post /api/surveys/{token}",
                () -> new Call("", surveyUrl(), "{\"solved\":\"YES\",\"score\":5,\"text\":\"好\"}"));
    }

    private String surveyUrl() {
        var opened = opened();
        assign(opened, AGENT);
        done(edit(agent, opened, "accept", ""));
        solve(opened);
        return outbox.surveyUrl(client, id(opened));
    }

    private void working() {
        of(
                "post /api/tickets/{id}/reveal",
                () -> post(byAgent, taken(), "reveal", "{\"reason\":\"回电\"}"));
        of(
                "post /api/customers/{id}/reveal",
                () -> new Call(byLeader, customer() + "/reveal", "{\"reason\":\"回电\"}"));
        of(
                "post /api/tickets/{id}/accept",
                () -> {
                    var opened = opened();
                    assign(opened, AGENT);
                    return post(byAgent, opened, "accept", null);
                });
        of(
                "post /api/tickets/{id}/note",
                () -> post(byAgent, taken(), "note", "{\"text\":\"记一笔\"}"));
        of("post /api/tickets/{id}/wait", this::waiting);
        of(
                "post /api/tickets/{id}/resume",
                () -> {
                    var taken = taken();
                    done(edit(agent, taken, "wait", "{\"reason\":\"CUSTOMER\"}"));
                    return post(byAgent, taken, "resume", null);
                });
        of(
                "post /api/tickets/{id}/promises",
                () ->
                        post(
                                byAgent,
                                taken(),
                                "promises",
                                "{\"what\":\"回电\",\"dueAt\":\"%s\",\"channel\":\"PHONE\",\"customerAsked\":true}"
                                        .formatted(soon())));
        of(
                "post /api/tickets/{id}/promises/{promiseId}/keep",
                () -> ofPromise("keep", TicketAtWork.SOLVED));
        of(
                "post /api/tickets/{id}/promises/{promiseId}/withdraw",
                () -> ofPromise("withdraw", "{\"reason\":\"客户已收到\"}"));
        of(
                "post /api/tickets/{id}/change",
                () ->
                        post(
                                byAgent,
                                taken(),
                                "change",
                                """
                                {"kind":"REQUEST","phase":"IN_SALE","category":"DELIVERY.LATE",\
                                "priority":"HIGH","province":"北京","claim":1200,"reason":"其实是物流"}\
                                """));
        of(
                "post /api/tickets/{id}/major/confirm",
                () -> post(byAgent, suspected(), "major/confirm", null));
        of(
                "post /api/tickets/{id}/major/refuse",
                () -> post(byAgent, suspected(), "major/refuse", "{\"reason\":\"旧伤\"}"));
        of(
                "post /api/tickets/{id}/steps",
                () ->
                        post(
                                byAgent,
                                taken("REQUEST", "ORDER.CHANGE", TicketAtWork.someone()),
                                "steps",
                                "{\"step\":\"CHECK\",\"note\":\"核对过\"}"));
        of(
                "post /api/tickets/{id}/review",
                () ->
                        post(
                                byAgent,
                                taken(),
                                "review",
                                "{\"cause\":\"页面未更新\",\"measure\":\"上新前核对\"}"));
        of("post /api/tickets/{id}/filing", this::filing);
    }

    private void handingOver() {
        of(
                "post /api/tickets/{id}/consult",
                () -> post(byAgent, taken(), "consult", "{\"question\":\"可以退吗\"}"));
        of(
                "post /api/tickets/{id}/consultations/{consultationId}/answer",
                () -> {
                    var asked = done(edit(agent, taken(), "consult", "{\"question\":\"可以退吗\"}"));
                    var question = asked.json().at("/consultations/0/id").asString();
                    return post(
                            byLeader,
                            asked,
                            "consultations/" + question + "/answer",
                            "{\"text\":\"可以\"}");
                });
        of(
                "post /api/tickets/{id}/transfer",
                () ->
                        post(
                                byAgent,
                                taken(),
                                "transfer",
                                "{\"agent\":\"%s\",\"reason\":\"下班\"}".formatted(SECOND)));
        of(
                "post /api/tickets/{id}/transfer/accept",
                () -> post(bySecond, offered(), "transfer/accept", null));
        of(
                "post /api/tickets/{id}/transfer/decline",
                () -> post(bySecond, offered(), "transfer/decline", "{\"reason\":\"已下班\"}"));
        of(
                "post /api/tickets/{id}/transfer/withdraw",
                () -> post(byAgent, offered(), "transfer/withdraw", null));
        of("post /api/tickets/{id}/escalate", () -> post(byAgent, taken(), "escalate", PACKET));
        of(
                "post /api/tickets/{id}/links",
                () -> post(byAgent, taken(), "links", "{\"other\":\"%s\"}".formatted(id(taken()))));
        of(
                "post /api/tickets/{id}/links/{otherId}/remove",
                () -> {
                    var one = taken();
                    var other = id(taken());
                    done(edit(agent, one, "links", "{\"other\":\"%s\"}".formatted(other)));
                    return post(byAgent, one, "links/" + other + "/remove", null);
                });
        of(
                "post /api/tickets/{id}/merge",
                () -> {
                    var phone = TicketAtWork.someone();
                    var into = id(taken("COMPLAINT", "LISTING.MISMATCH", phone));
                    return post(
                            byAgent,
                            taken("COMPLAINT", "LISTING.MISMATCH", phone),
                            "merge",
                            merging(into));
                });
        of(
                "post /api/tickets/{id}/merge/undo",
                () -> {
                    var phone = TicketAtWork.someone();
                    var into = id(taken("COMPLAINT", "LISTING.MISMATCH", phone));
                    var one = taken("COMPLAINT", "LISTING.MISMATCH", phone);
                    done(edit(agent, one, "merge", merging(into)));
                    return post(byAgent, one, "merge/undo", "{\"reason\":\"不是同一件\"}");
                });
    }

    private void ending() {
        of(
                "post /api/tickets/{id}/resolve",
                () -> post(byAgent, taken(), "resolve", TicketAtWork.SOLVED));
        of("post /api/tickets/{id}/confirm", () -> post(byLeader, solved(), "confirm", null));
        of(
                "post /api/tickets/{id}/reopen",
                () -> post(byAgent, solved(), "reopen", "{\"reason\":\"还是坏的\"}"));
        of(
                "post /api/tickets/{id}/cancel",
                () -> post(byClient, opened(), "cancel", "{\"reason\":\"不需要了\"}"));
        of(
                "post /api/tickets/{id}/close",
                () -> post(byLeader, taken(), "close", TicketAtWork.INVALID));
        of(
                "post /api/notices/{id}/read",
                () -> {
                    closed();
                    var notice = agent.get("/api/notices?unread=true").json().at("/items/0/id");
                    return new Call(byAgent, "/api/notices/" + notice.asString() + "/read", null);
                });
    }

    /** What is in force stays so: all else is driven by it. */
    private void setting() {
        of(
                "put /api/customers/{id}/grade",
                () ->
                        new Call(
                                byLeader,
                                customer() + "/grade",
                                "{\"grade\":\"%s\",\"care\":true,\"reason\":\"大客户\"}"
                                        .formatted(++turn % 2 == 0 ? "KEY" : "MEMBER")));
        of(
                "post /api/taxonomies",
                () ->
                        new Call(
                                byLeader,
                                "/api/taxonomies",
                                TAXONOMY.formatted(UUID.randomUUID(), FAR),
                                Set.of("validFrom")));
        of(
                "post /api/procedures",
                () -> {
                    var draft = (ObjectNode) client.get("/api/procedures/2026.6").json();
                    draft.remove(List.of("createdBy", "createdAt"));
                    draft.put("version", UUID.randomUUID().toString()).put("validFrom", FAR);
                    return new Call(
                            byLeader, "/api/procedures", draft.toString(), Set.of("validFrom"));
                });
    }

    private Call opening() {
        return switch (++turn % 3) {
            case 0 -> new Call(byClient, "/api/tickets", OPENING.formatted(TicketAtWork.someone()));
            case 1 ->
                    new Call(
                            byAgent,
                            "/api/tickets",
                            with(
                                    TAKEN.formatted(
                                            "COMPLAINT",
                                            TicketAtWork.someone(),
                                            "LISTING.MISMATCH"),
                                    """
                                    "contact":{"outcome":"ANSWERED","startedAt":"%s","endedAt":"%s"},\
                                    "resolve":%s\
                                    """
                                            .formatted(ago(), Instant.now(), TicketAtWork.SOLVED)));
            default -> new Call(byClient, "/api/tickets", ofAnAuthority());
        };
    }

    private Call waiting() {
        return switch (++turn % 4) {
            case 0 -> post(byAgent, taken(), "wait", "{\"reason\":\"MERCHANT\"}");
            case 2 -> post(byAgent, taken(), "wait", "{\"reason\":\"CARRIER\",\"search\":true}");
            case 1 ->
                    post(
                            byAgent,
                            taken(),
                            "wait",
                            "{\"reason\":\"AGREED\",\"until\":\"%s\",\"what\":\"回电\"}"
                                    .formatted(soon()));
            default -> {
                var promised = promised();
                yield post(
                        byAgent,
                        promised,
                        "wait",
                        "{\"reason\":\"AGREED\",\"promiseId\":\"%s\"}"
                                .formatted(promise(promised)));
            }
        };
    }

    private Call filing() {
        var opened = done(client.post("/api/tickets", ofAnAuthority()));
        assign(opened, AGENT);
        done(edit(agent, opened, "accept", ""));
        return post(
                byAgent,
                opened,
                "filing",
                "{\"text\":\"已和解\",\"filedOn\":\"%s\",\"reference\":\"F-1\"}"
                        .formatted(yesterday()));
    }

    private Call ofPromise(String command, String body) {
        var promised = promised();
        return post(byAgent, promised, "promises/" + promise(promised) + "/" + command, body);
    }

    /** Wherever it stands by now. */
    private Reply lately() {
        return last == null ? opened() : last;
    }

    private String customer() {
        return "/api/customers/" + lately().json().at("/customer/id").asString();
    }

    private Reply opened() {
        last = done(client.post("/api/tickets", OPENING.formatted(TicketAtWork.someone())));
        return last;
    }

    private Reply taken() {
        return taken("COMPLAINT", "LISTING.MISMATCH", TicketAtWork.someone());
    }

    private Reply taken(String kind, String category, String phone) {
        last = done(agent.post("/api/tickets", TAKEN.formatted(kind, phone, category)));
        return last;
    }

    private Reply suspected() {
        var opening = TAKEN.formatted("COMPLAINT", TicketAtWork.someone(), "LISTING.MISMATCH");
        last = done(agent.post("/api/tickets", opening.replace("核对", "孩子受伤了")));
        return last;
    }

    private Reply solved() {
        return solve(taken());
    }

    private Reply solve(Reply taken) {
        done(agent.post(at(taken) + "/messages", "{\"text\":\"已处理\"}"));
        return done(edit(agent, taken, "resolve", TicketAtWork.SOLVED));
    }

    private Reply closed() {
        var opened = opened();
        assign(opened, AGENT);
        return done(edit(leader, opened, "close", TicketAtWork.INVALID));
    }

    private Reply promised() {
        return done(
                edit(
                        agent,
                        taken(),
                        "promises",
                        "{\"what\":\"回电\",\"dueAt\":\"%s\",\"customerAsked\":true}"
                                .formatted(soon())));
    }

    private static String promise(Reply ticket) {
        return ticket.json()
                .path("promises")
                .valueStream()
                .filter(promise -> promise.path("what").asString().equals("回电"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private Reply offered() {
        var wished =
                done(
                        edit(
                                agent,
                                taken(),
                                "transfer",
                                "{\"agent\":\"%s\",\"reason\":\"下班\"}".formatted(SECOND)));
        assign(wished, SECOND);
        return wished;
    }

    private void assign(Reply ticket, String to) {
        proposals.assign(
                TicketFixtures.choice(
                        UUID.fromString(id(ticket)), ticket.json().path("round").asInt(), to));
    }

    private String delivery() {
        var opened = opened();
        assign(opened, AGENT);
        done(edit(agent, opened, "accept", ""));
        done(agent.post(at(opened) + "/messages", "{\"text\":\"已处理\"}"));
        return "/api/channels/outbox/"
                + Outbox.waiting(client, id(opened)).getFirst().path("id").asString();
    }

    private String filters() {
        turn++;
        return "%s&%s&limit=5"
                .formatted(
                        FILTERS.get(turn % FILTERS.size()),
                        FILTERS.get(turn / FILTERS.size() % FILTERS.size()));
    }

    /** The second piece of it, where there is one. */
    private String page(String path) {
        var next = client.get(path + "?limit=1").json().path("next");
        return path + "?limit=1" + (next.isString() ? "&cursor=" + next.asString() : "");
    }

    private void of(String operation, Supplier<Call> maker) {
        makers.put(operation, maker);
    }

    private static Call read(String bearer, String path) {
        return new Call(bearer, path, null);
    }

    private static Call post(String bearer, Reply ticket, String command, @Nullable String body) {
        return new Call(bearer, at(ticket) + "/" + command, body);
    }

    private static Reply edit(Api who, Reply ticket, String command, String body) {
        return who.post(at(ticket) + "/" + command, body, "If-Match", "*");
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as(reply.response().body()).isBetween(200, 201);
        return reply;
    }

    private static String id(Reply ticket) {
        return ticket.text("id");
    }

    private static String at(Reply ticket) {
        return "/api/tickets/" + id(ticket);
    }

    private static String merging(String into) {
        return "{\"into\":\"%s\",\"reason\":\"同一包裹\"}".formatted(into);
    }

    private static String ofAnAuthority() {
        return OF_AN_AUTHORITY.formatted(TicketAtWork.someone(), yesterday());
    }

    private static String with(String object, String members) {
        return object.strip().replaceFirst("}$", "") + "," + members + "}";
    }

    private static Instant ago() {
        return Instant.now().minus(Duration.ofMinutes(5));
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private static LocalDate yesterday() {
        return LocalDate.now(ZoneOffset.UTC).minusDays(1);
    }
}
