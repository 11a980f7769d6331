package dev.microvisor.debug.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedLinesTest {
    private final ExpectedLines expected =
            new ExpectedLines(List.of("# comment", "start", "", "/value=\\d+/", "end"));

    @Test
    void linesMustComeInOrderWithOthersInBetween() {
        List.of("start", "other", "got value=17", "end").forEach(expected::logged);
        assertThat(expected.missing()).isEmpty();
    }

    @Test
    void theFirstLineThatDidNotComeIsNamed() {
        List.of("start", "end").forEach(expected::logged);
        assertThat(expected.missing()).contains("/value=\\d+/");
    }
}
