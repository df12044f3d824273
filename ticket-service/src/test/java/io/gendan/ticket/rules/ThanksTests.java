package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

class ThanksTests {

    private static final Path REAL =
            Path.of("/work/shared/data/text/online_shopping_10_cats.train-dev.csv.gz");
    private static final String DOCUMENT = RulesMigration.document(ShippedRules.LATEST);
    private static final Thanks THANKS = seeded();

    private static Thanks seeded() {
        var json = JsonMapper.builder().build();
        try (var document = ThanksTests.class.getResourceAsStream(DOCUMENT)) {
            return json.treeToValue(json.readTree(document).path("thanks"), Thanks.class);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "谢谢",
                "谢谢！",
                "好的",
                "好的，谢谢您！",
                "收到",
                "收到，非常感谢",
                "谢谢谢谢",
                "好的👌谢谢🙏",
                "嗯嗯 好的",
                "OK",
                "ｏｋ",
                "Thanks!",
                "Thank you very much.",
                "ok, thanks",
                "Got it, thanks a",
                "没问题了，辛苦了",
                "问题解决了，谢谢",
                "已收到，谢谢",
                "感谢您的帮助",
                "我知道了",
                "已经解决了，谢谢",
                "我很满意"
            })
    void hearsThanks(String text) {
        assertThat(THANKS.isAllOf(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "谢谢，但是还没收到",
                "谢谢，还是没收到货",
                "好的，那什么时候发货",
                "谢谢，还有一个问题",
                "你们太差了",
                "谢谢你们，太差了",
                "不好",
                "你们不可以",
                "非常不满意",
                "没解决",
                "收到一个坏的",
                "收到了吗？",
                "好的，退款呢",
                "谢谢，13900139000",
                "Thanks, but it is broken again",
                "ok it doesn’t work",
                "thanks for nothing",
                "Thank you very much, no luck",
                "thank you very much, broken",
                "问题解决了一半",
                "已收到，坏的",
                "我很不满意",
                "not good",
                "cannot",
                "no problem with you, the box is empty",
                "👍",
                "。。。",
                "",
                "谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢"
            })
    void hearsThatThereIsMore(String text) {
        assertThat(THANKS.isAllOf(text)).isFalse();
    }

    @Test
    void takesNoRealComplaintForThanks() throws IOException {
        assumeThat(REAL).exists();

        assertThat(complaints()).hasSizeGreaterThan(10_000).noneMatch(THANKS::isAllOf);
    }

    /** Without those that are one letter over and over. */
    private static List<String> complaints() throws IOException {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(REAL)),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(",", 4))
                    .filter(columns -> columns.length == 4 && columns[2].equals("0"))
                    .map(columns -> columns[3])
                    .filter(text -> text.chars().distinct().count() > 2)
                    .toList();
        }
    }
}
