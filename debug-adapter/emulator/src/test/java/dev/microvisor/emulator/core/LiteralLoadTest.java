package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralLoadTest {
    /** The first one is what linkers put before a system call. */
    @ParameterizedTest
    @CsvSource({
        "F85FF000,LDR (literal) T2",
        "F85F0010,LDR (literal) T2",
        "F85F0E04,LDR (literal) T2",
        "F81F0008,LDRB (literal)",
        "F83F0E08,LDRH (literal)",
        "F91F0008,LDRSB (literal)",
        "F93F0E08,LDRSH (literal)",
        "F8510010,LDR (register) T2",
        "F8510E04,LDRT",
    })
    void aBaseOfPcIsALiteralWhateverTheSecondHalfwordLooksLike(String bits, String row) {
        assertThat(Decoder.wideRow(Integer.parseUnsignedInt(bits, 16)).name()).isEqualTo(row);
    }
}
