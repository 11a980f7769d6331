package dev.microvisor.debug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.dap.firmware.CannotRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedLinesTest {
    private final ExpectedLines expected =
            ExpectedLines.of(List.of("# comment", "start", "", "/value=\\d+/", "end"));

    ExpectedLinesTest() throws CannotRun {}

    @Test
    void linesMustComeInOrderWithOthersInBetween() {
        List.of("start", "other", "got value=17", "end").forEach(expected::logged);
        assertThat(expected.missing()).isEmpty();
    }

    @Test
    void anExpressionThatIsNoneIsRefusedBeforeTheRun() {
        assertThatThrownBy(() -> ExpectedLines.of(List.of("/a(b/")))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("/a(b/ is not a regular expression");
    }

    @Test
    void theFirstLineThatDidNotComeIsNamed() {
        assertThat(expected.missing()).contains("\"start\" (line 2 of the file)");
        List.of("start", "end").forEach(expected::logged);
        assertThat(expected.missing())
                .contains("\"/value=\\d+/\" (line 4 of the file, after \"start\")");
    }
}
