package io.gendan.ticket.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gendan.events.Major;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

class MajorWordsTests {

    private final ServiceRules rules = ServiceRulesTests.shipped();

    @ParameterizedTest
    @CsvSource({
        "孩子玩的时候受伤了, SAFETY, 受伤",
        "没有受伤但是住院观察, SAFETY, 住院",
        "充电时起火, SAFETY, 起火",
        "再不处理我就找记者, MEDIA, 记者",
        "准备起诉你们, MEDIA, 起诉",
        "My son was INJURED, SAFETY, injured",
        "ｉｎｊｕｒｅｄ badly, SAFETY, injured",
        "I will talk to a journalist, MEDIA, journalist"
    })
    void findsWhatSoundsMajor(String text, Major major, String word) {
        assertThat(rules.majorIn(text)).containsExactly(new MajorWords.Found(major, word));
    }

    @Test
    void findsEachWayInWhichItSoundsMajor() {
        assertThat(rules.majorIn("找记者曝光，插座漏电起火"))
                .extracting(MajorWords.Found::major, MajorWords.Found::word)
                .containsExactly(tuple(Major.SAFETY, "起火"), tuple(Major.MEDIA, "记者"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "没有受伤",
                "幸好没受伤，就是吓了一跳",
                "没有人受伤",
                "插座带漏电保护吗",
                "包裹还没到",
                "Luckily nobody was injured",
                "the reporters' edition",
                ""
            })
    void findsNothingElse(String text) {
        assertThat(rules.majorIn(text)).isEmpty();
    }

    @Test
    void nothingSoundsMajorByRulesThatSayNothingOfIt() {
        var older =
                JsonMapper.builder()
                        .build()
                        .readValue(
                                MajorWordsTests.class.getResourceAsStream(
                                        RulesMigration.document("2026.2")),
                                ServiceRules.class);

        assertThat(older.majorIn("孩子受伤了")).isEmpty();
    }
}
