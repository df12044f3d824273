package io.gendan.endtoend;

import io.gendan.events.Channel;
import io.gendan.events.Kind;

import tools.jackson.databind.json.JsonMapper;

/** What a customer asks for. The phone number is invented. */
record NewTicket(Kind kind, Channel channel, String province, String phone, String subject) {

    private static final String PHONE = "13800138000";

    static NewTicket complaint(String province) {
        return new NewTicket(Kind.COMPLAINT, Channel.APP, province, PHONE, "纸尿裤包装与页面不符");
    }

    static NewTicket consultation(String province) {
        return new NewTicket(Kind.CONSULTATION, Channel.APP, province, PHONE, "请问什么时候发货");
    }

    /** Somebody waits on the line: not answered soon, it climbs. */
    NewTicket byPhone() {
        return new NewTicket(kind, Channel.PHONE, province, phone, subject);
    }

    NewTicket about(String subject) {
        return new NewTicket(kind, channel, province, phone, subject);
    }

    NewTicket from(String phone) {
        return new NewTicket(kind, channel, province, phone, subject);
    }

    String json() {
        var body =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("kind", kind.name())
                        .put("channel", channel.name())
                        .put("province", province)
                        .put("subject", subject);
        body.putObject("customer").put("phone", phone);
        return body.toString();
    }
}
