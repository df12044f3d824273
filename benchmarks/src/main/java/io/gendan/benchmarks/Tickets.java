package io.gendan.benchmarks;

import java.util.concurrent.ThreadLocalRandom;

/** Invented requests: nearly every one of another customer, the territories in turn. */
final class Tickets {

    /** One province of each territory. */
    private static final String[] PROVINCES = {"北京", "辽宁", "江苏", "广东", "湖北", "陕西", "四川"};

    static final String SUBJECT = "纸尿裤包装与页面不符";
    static final String BODY = "收到的包装和页面上的不一样，客服说会回电，到现在还没有。请尽快处理。";
    static final String NAME = "小林";

    private Tickets() {}

    static String phone() {
        return "+86138%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }

    static String province() {
        return PROVINCES[ThreadLocalRandom.current().nextInt(PROVINCES.length)];
    }

    static String request() {
        return """
        {"kind":"CONSULTATION","channel":"APP","customer":{"phone":"%s","name":"%s"},\
        "province":"%s","subject":"%s","body":"%s"}\
        """
                .formatted(phone(), NAME, province(), SUBJECT, BODY);
    }
}
