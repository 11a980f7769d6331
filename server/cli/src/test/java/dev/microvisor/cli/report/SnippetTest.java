package dev.microvisor.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.SourceRange;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SnippetTest {
    @Test
    void tabsAdvanceToTheNextStop() {
        check("a\tb", 2, 3, "a   b", "    ^");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        check("\"\u6f22\" x", 4, 5, "\"\u6f22\" x", "     ^");
    }

    @Test
    void controlCharactersAreShownInsteadOfObeyed() {
        check("\u001b[2J x", 5, 6, "\uFFFD[2J x", "     ^");
        check("\u202e x", 2, 3, "\uFFFD x", "  ^");
    }

    @Test
    void anEmptyRangeAndOnePastTheEndStillShowAMark() {
        check("ab", 1, 1, "ab", " ^");
        check("ab", 9, 12, "ab", "  ^");
    }

    @Test
    void aVeryLongLineIsCutAroundThePlace() {
        String line = "x".repeat(500) + "HERE" + "y".repeat(500);
        Snippet snippet = Snippet.of(line, range(500, 504));
        assertThat(snippet.text().length()).isLessThan(165);
        assertThat(snippet.text().substring(snippet.indent(), snippet.indent() + snippet.width()))
                .isEqualTo("HERE");
    }

    @Test
    void aRangeOverSeveralLinesUnderlinesTheFirst() {
        Snippet snippet = Snippet.of("ab(", new SourceRange(Path.of("f.c"), 0, 1, 3, 2));
        assertThat(snippet.underline()).isEqualTo(" ^^");
    }

    private static void check(String line, int start, int end, String text, String underline) {
        Snippet snippet = Snippet.of(line, range(start, end));
        assertThat(snippet.text()).isEqualTo(text);
        assertThat(snippet.underline()).isEqualTo(underline);
    }

    private static SourceRange range(int start, int end) {
        return new SourceRange(Path.of("f.c"), 0, start, 0, end);
    }
}
