package dev.microvisor.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTextTest {
    private static final Path FILE = Path.of("f.c");

    @Test
    void allThreeLineEndsCount() {
        SourceText text = SourceText.of("a\nb\r\nc\rd");
        assertThat(text.lineCount()).isEqualTo(4);
        assertThat(text.line(1)).isEqualTo("b");
        assertThat(text.line(3)).isEqualTo("d");
        assertThat(text.offset(2, 0)).isEqualTo(5);
        assertThat(text.lineAt(5)).isEqualTo(2);
    }

    @Test
    void placesOutsideAreMovedInside() {
        SourceText text = SourceText.of("ab\ncd");
        assertThat(text.offset(0, 99)).isEqualTo(2);
        assertThat(text.offset(99, 0)).isEqualTo(5);
        assertThat(text.offset(-1, 3)).isZero();
        assertThat(text.line(7)).isEmpty();
    }

    @Test
    void bytesSurviveInBothEncodings() {
        byte[] latin = "// \u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SourceText.decode(latin).bytes()).isEqualTo(latin);
        byte[] utf8 = "// \u00fc\n".getBytes(StandardCharsets.UTF_8);
        assertThat(SourceText.decode(utf8).bytes()).isEqualTo(utf8);
    }

    @Test
    void editsApplyInAnyOrder() {
        SourceText text = SourceText.of("one two\nthree");
        SourceText after = text.with(List.of(edit(1, 0, 5, "3"), edit(0, 0, 3, "1")));
        assertThat(after.content()).isEqualTo("1 two\n3");
    }

    @Test
    void overlappingEditsAreRefused() {
        SourceText text = SourceText.of("abcdef");
        assertThatThrownBy(() -> text.with(List.of(edit(0, 0, 3, ""), edit(0, 2, 4, ""))))
                .hasMessageContaining("overlap");
    }

    @Test
    void aPlanTakesEqualEditsOnceAndLeavesTouchingOnesForLater() {
        Finding first = finding(edit(0, 0, 3, "x"));
        Finding same = finding(edit(0, 0, 3, "x"));
        Finding touching = finding(edit(0, 3, 5, "y"));
        FixPlan plan = FixPlan.of(List.of(first, same, touching), false);
        assertThat(plan.fixed()).hasSize(2);
        assertThat(plan.edits().get(FILE)).containsExactly(edit(0, 0, 3, "x"));
    }

    private static Finding finding(TextEdit edit) {
        return new Finding(
                "buffer-size",
                Severity.NOTE,
                edit.range(),
                "",
                "m",
                "",
                "",
                List.of(),
                List.of(new Fix("t", true, List.of(edit))));
    }

    private static TextEdit edit(int line, int start, int end, String text) {
        return new TextEdit(new SourceRange(FILE, line, start, line, end), text);
    }
}
