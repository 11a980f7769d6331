package dev.microvisor.emulator.disassembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.core.Encoding;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisassemblerTest {
    private static final int ADDRESS = 0x0800_1000;

    private static DisassembledInstruction of(String halfwords) {
        String[] parts = halfwords.split(" ");
        int second = parts.length > 1 ? Integer.parseInt(parts[1], 16) : 0;
        return Disassembler.one(ADDRESS, Integer.parseInt(parts[0], 16), second, ItBlock.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0088      | lsls r0, r1, #2",
                "4248      | negs r0, r1",
                "b510      | push {r4, lr}",
                "bd10      | pop {r4, pc}",
                "4801      | ldr r0, [pc, #4]",
                "e7fe      | b.n 0x8001000",
                "d0fe      | beq.n 0x8001000",
                "b672      | cpsid i",
                "bf30      | wfi",
                "df03      | svc 3",
                "be05      | bkpt 0x0005",
                "bf1b      | ittet ne",
                "ea4f 0081 | mov.w r0, r1, lsl #2",
                "f24c 0034 | movw r0, #49204",
                "f04f 2011 | mov.w r0, #285217024",
                "e92d 41f0 | stmdb sp!, {r4, r5, r6, r7, r8, lr}",
                "f85d 4b04 | ldr.w r4, [sp], #4",
                "f851 0022 | ldr.w r0, [r1, r2, lsl #2]",
                "e972 0101 | ldrd r0, r1, [r2, #-4]!",
                "e8d1 0fef | ldaex r0, [r1]",
                "f000 f800 | bl 0x8001004",
                "f3bf 8f5f | dmb sy",
                "f380 8811 | msr BASEPRI, r0",
                "f3ef 8009 | mrs r0, PSP",
                "fa41 f092 | sxtab r0, r1, r2, ror #8",
                "fb01 f002 | mul.w r0, r1, r2",
                "fb11 f002 | smulbb r0, r1, r2",
                "ed2d 8a04 | vpush {s16-s19}",
                "ecb0 0b08 | vldmia r0!, {d0-d3}",
                "eeb7 0a00 | vmov.f32 s0, #1.0",
                "eebd 0ae0 | vcvt.s32.f32 s0, s1",
                "eef1 fa10 | vmrs APSR_nzcv, fpscr",
                "f890 f000 | pld [r0]",
                "e97f e97f | sg",
                "de00      | udf #0",
                "4781      | .inst.n 0x4781",
                "f7ff ffff | bl 0x8001002",
            })
    void writesWhatTheManualWrites(String halfwords, String text) {
        assertThat(of(halfwords).text()).isEqualTo(text);
    }

    @Test
    void anItBlockGivesItsInstructionsTheirConditions() {
        byte[] code = bytes(0xBF1B, 0x2001, 0x4608, 0xEA4F, 0x0002, 0x1889, 0x1889);
        assertThat(Disassembler.all(ADDRESS, code).stream().map(DisassembledInstruction::text))
                .containsExactly(
                        "ittet ne",
                        "movne r0, #1",
                        "movne r0, r1",
                        "moveq.w r0, r2",
                        "addne r1, r1, r2",
                        "adds r1, r1, r2");
    }

    @Test
    void branchesAndLiteralLoadsNameTheirTarget() {
        assertThat(of("e7fe").target()).isEqualTo(OptionalInt.of(ADDRESS));
        assertThat(of("4801").target()).isEqualTo(OptionalInt.of(ADDRESS + 8));
        assertThat(of("f85f 0004").target()).isEqualTo(OptionalInt.of(ADDRESS));
        assertThat(of("4248").target()).isEmpty();
    }

    @Test
    void whatIsNotAnInstructionIsSaidToBeNone() {
        assertThat(of("4781").valid()).isFalse();
        assertThat(of("ee9d 90c1").valid()).isFalse();
        assertThat(of("ee9d 90c1").text()).isEqualTo(".inst.w 0xee9d90c1");
    }

    @Test
    void halfAnInstructionAtTheEndIsLeftOut() {
        assertThat(Disassembler.all(ADDRESS, bytes(0xBF00, 0xF000))).hasSize(1);
        assertThat(Disassembler.all(ADDRESS, new byte[] {1})).isEmpty();
    }

    /** A row added to the decode table needs its line in the syntax table, and no line is left. */
    @Test
    void everyRowOfTheDecodeTableIsWritten() {
        List<String> names = Encoding.names();
        assertThat(names).allSatisfy(name -> assertThat(SyntaxTable.of(name)).isNotNull());
        assertThat(names.stream().distinct().count()).isEqualTo(SyntaxTable.size());
    }

    private static byte[] bytes(int... halfwords) {
        byte[] bytes = new byte[halfwords.length * 2];
        for (int i = 0; i < halfwords.length; i++) {
            bytes[2 * i] = (byte) halfwords[i];
            bytes[2 * i + 1] = (byte) (halfwords[i] >>> 8);
        }
        return bytes;
    }
}
