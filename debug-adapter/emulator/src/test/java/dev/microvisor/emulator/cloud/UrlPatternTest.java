package dev.microvisor.emulator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlPatternTest {
    @ParameterizedTest
    @CsvSource({
        "https://a/b,https://a/b,true",
        "https://a/b,https://a/bc,false",
        "https://a/*,https://a/,true",
        "https://a/*,https://a/x/y,true",
        "https://a/*,https://b/,false",
        "*,anything,true",
        "a*a,a,false",
        "a*a,aa,true",
        "a*b*c,abc,true",
        "a*b*c,a-b-b-c,true",
        "a*b*c,acb,false",
        "a*bc*c,abc,false",
    })
    void aStarStandsForAnyText(String pattern, String url, boolean matches) {
        assertThat(new UrlPattern(pattern).matches(url)).isEqualTo(matches);
    }
}
