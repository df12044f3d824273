package io.gendan.endtoend;

import io.gendan.events.Channel;
import io.gendan.events.Kind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.time.LocalDate;
import java.time.ZoneId;

/** What a customer asks for. The people are invented. */
record NewTicket(
        Kind kind,
        Channel channel,
        String province,
        String phone,
        String subject,
        String body,
        @Nullable Letter letter) {

    /** By which it came through an authority. */
    record Letter(String source, String number) {}

    private static final String PHONE = "13800138000";

    static NewTicket of(Kind kind, String province) {
        return new NewTicket(kind, Channel.APP, province, PHONE, "请帮我看一下", "", null);
    }

    static NewTicket complaint(String province) {
        return of(Kind.COMPLAINT, province).about("纸尿裤包装与页面不符");
    }

    static NewTicket consultation(String province) {
        return of(Kind.CONSULTATION, province).about("请问什么时候发货");
    }

    static NewTicket request(String province) {
        return of(Kind.REQUEST, province).about("请帮我改一下收货地址");
    }

    /** Where somebody waits on the line, a ticket that is not answered soon climbs. */
    NewTicket by(Channel channel) {
        return new NewTicket(kind, channel, province, phone, subject, body, letter);
    }

    NewTicket from(String phone) {
        return new NewTicket(kind, channel, province, phone, subject, body, letter);
    }

    NewTicket about(String subject) {
        return new NewTicket(kind, channel, province, phone, subject, body, letter);
    }

    NewTicket saying(String body) {
        return new NewTicket(kind, channel, province, phone, subject, body, letter);
    }

    NewTicket through(String authority, String number) {
        var theirs = new Letter(authority, number);
        return new NewTicket(kind, channel, province, phone, subject, body, theirs);
    }

    private String category() {
        return switch (kind) {
            case CONSULTATION -> "PRESALE.DELIVERABLE";
            case REQUEST -> "ORDER.CHANGE";
            case COMPLAINT, SUGGESTION, UNKNOWN -> "LISTING.MISMATCH";
        };
    }

    /** Why a ticket of this kind counts as solved in the category that it is opened in. */
    static String proof(String kind) {
        return switch (Kind.valueOf(kind)) {
            case CONSULTATION -> "\"proof\":\"ARTICLE\",\"statements\":{\"ARTICLE\":\"发货时效说明\"}";
            case REQUEST -> "\"proof\":\"ORDER_AS_WANTED\"";
            case COMPLAINT, SUGGESTION, UNKNOWN -> "\"proof\":\"REMEDIED\"";
        };
    }

    String json() {
        var json =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("kind", kind.name())
                        .put("channel", channel.name())
                        .put("province", province)
                        .put("subject", subject)
                        .put("category", category())
                        .put("body", body);
        json.putObject("customer").put("phone", phone);
        if (letter != null) {
            json.putObject("authority")
                    .put("source", letter.source())
                    .put("number", letter.number())
                    .put("arrivedOn", LocalDate.now(ZoneId.of("Asia/Shanghai")).toString());
        }
        return json.toString();
    }
}
