package io.gendan.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTests {

    @ParameterizedTest
    @CsvSource({
        "打我 13800138000 谢谢, 打我 *********** 谢谢",
        "+86 138-0013-8000, *****************",
        "身份证11010519491231002X, 身份证******************",
        "１３８００１３８０００, ***********",
        "订单 123456 两件, 订单 123456 两件",
        "1.2.3.4.5.6, 1.2.3.4.5.6"
    })
    void masksWhatLooksLikeANumber(String text, String masked) {
        assertThat(Masking.mask(text)).isEqualTo(masked);
    }

    @Test
    void masksATextOfNothingButDigits() {
        assertThat(Masking.mask("7".repeat(100_000))).isEqualTo("*".repeat(100_000));
        assertThat(Masking.mask("7 ".repeat(100_000))).hasSize(200_000).doesNotContain("7");
    }
}
