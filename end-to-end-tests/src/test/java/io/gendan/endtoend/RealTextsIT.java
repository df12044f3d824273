package io.gendan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.events.Kind;
import io.gendan.events.Territory;

import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** What customers really wrote, from invented people all over the country, by the command. */
@Order(3)
@OnARunningSystem
class RealTextsIT {

    private static final Logger LOG = LoggerFactory.getLogger(RealTextsIT.class);

    private static final Path TEXTS =
            Path.of(System.getProperty("gendan.data"), "text", "eprstmt.unlabeled.csv.gz");
    private static final int COUNT = Integer.getInteger("gendan.texts");
    private static final long SEED = 20_261_122;
    private static final int LONGEST_SUBJECT = 60;

    private static final Map<Territory, List<String>> PROVINCES =
            Map.of(
                    Territory.NORTH, List.of("北京", "天津", "河北", "山西", "内蒙古"),
                    Territory.NORTHEAST, List.of("辽宁", "吉林", "黑龙江"),
                    Territory.EAST, List.of("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
                    Territory.SOUTH, List.of("广东", "广西", "海南"),
                    Territory.CENTRAL, List.of("河南", "湖北", "湖南"),
                    Territory.NORTHWEST, List.of("陕西", "甘肃", "青海", "宁夏", "新疆"),
                    Territory.SOUTHWEST, List.of("重庆", "四川", "贵州", "云南", "西藏"));

    private final ApplicationUnderTest application;

    RealTextsIT(ApplicationUnderTest application) {
        this.application = application;
    }

    @BeforeEach
    void thereAreTexts() {
        assumeTrue(Files.exists(TEXTS), "There are no real texts at " + TEXTS);
    }

    @Test
    void eachTextLandsInTheTerritoryOfItsProvince() throws IOException {
        var file = application.workspace().resolve("real-texts.jsonl");
        var ids = application.workspace().resolve("real-texts.ids");
        Files.write(file, tickets());

        var said = application.command("send", file.toString(), "--ids", ids.toString()).orFail();

        assertThat(said.text()).contains("accepted   %d of %<d".formatted(COUNT));
        LOG.info("{}", said.text());
        var home = new HashMap<String, Territory>();
        PROVINCES.forEach((territory, names) -> names.forEach(name -> home.put(name, territory)));
        var sent = Files.readAllLines(ids);
        assertThat(sent).hasSize(COUNT).doesNotHaveDuplicates();
        for (var id : sent) {
            var ticket = new FollowedTicket(id, application);
            Patience.untilAsserted(
                    () -> {
                        var now = ticket.now();
                        assertThat(now.path("territory").asString(""))
                                .isEqualTo(home.get(now.path("province").asString()).name());
                    });
            ticket.isInvalid();
        }
    }

    private static List<String> tickets() throws IOException {
        var draw = new Random(SEED);
        var provinces = PROVINCES.values().stream().flatMap(List::stream).sorted().toList();
        var kinds = List.of(Kind.CONSULTATION, Kind.REQUEST, Kind.COMPLAINT, Kind.SUGGESTION);
        return texts().stream()
                .map(
                        text ->
                                NewTicket.of(
                                                kinds.get(draw.nextInt(kinds.size())),
                                                provinces.get(draw.nextInt(provinces.size())))
                                        .from("138%08d".formatted(draw.nextInt(100_000_000)))
                                        .about(firstWords(text))
                                        .saying(text)
                                        .json())
                .toList();
    }

    private static List<String> texts() throws IOException {
        var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var in = new GZIPInputStream(Files.newInputStream(TEXTS));
                var records = format.parse(new InputStreamReader(in, UTF_8))) {
            return records.stream()
                    .map(record -> record.get("review"))
                    .filter(text -> !text.isBlank())
                    .limit(COUNT)
                    .toList();
        }
    }

    private static String firstWords(String text) {
        return text.codePoints()
                .limit(LONGEST_SUBJECT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
