package dev.microvisor.lsp.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PositionEncodingTest {
    private static final String LINE = "a\u00e4\u6f22\ud83d\ude00z";

    @Test
    void utf8CountsBytes() {
        assertThat(PositionEncoding.UTF_8.character(LINE, 5)).isEqualTo(1 + 2 + 3 + 4);
        assertThat(PositionEncoding.UTF_8.column(LINE, 10)).isEqualTo(5);
    }

    @Test
    void everyColumnThatStartsACharacterSurvivesTheRoundTrip() {
        for (PositionEncoding encoding : PositionEncoding.values()) {
            for (int column : new int[] {0, 1, 2, 3, 5, 6}) {
                assertThat(encoding.column(LINE, encoding.character(LINE, column)))
                        .isEqualTo(column);
            }
        }
    }

    @Test
    void placesBehindTheLineAreItsEnd() {
        assertThat(PositionEncoding.UTF_8.column("ab", 99)).isEqualTo(2);
        assertThat(PositionEncoding.UTF_16.character("ab", 99)).isEqualTo(2);
    }

    @Test
    void theClientsFirstWishThatCanBeFulfilledCounts() {
        assertThat(PositionEncoding.negotiate(List.of("utf-32", "utf-16", "utf-8")))
                .isEqualTo(PositionEncoding.UTF_16);
        assertThat(PositionEncoding.negotiate(null)).isEqualTo(PositionEncoding.UTF_16);
    }
}
