package dev.microvisor.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.machine.ProgramRunner;
import dev.microvisor.emulator.memory.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the interpreter's loop has in a short form does what the general form says. */
class FlagsTest {
    private static final int[] VALUES = {0, 1, 2, -1, 0x8000_0000, 0x7FFF_FFFF, 0x1234_5678};

    private static final int CODE = ProgramRunner.ROM;

    private final CpuState cpu = new CpuState();
    private final Memory memory = new Memory(ProgramRunner.MAP, List.of(), null, null);
    private final PlainLoop loop = new PlainLoop(cpu, memory, new Tracks());

    @Test
    void conditionsAreTheSameInItBlocksAndBranches() {
        loop.enter(new CodeSpace(memory).blockAt(CODE), false);
        for (int condition = 0; condition < 14; condition++) {
            for (int flags = 0; flags < 16; flags++) {
                boolean passes =
                        Conditions.pass(
                                condition,
                                -(flags & 1),
                                ~flags >> 1 & 1,
                                flags >> 2 & 1,
                                -(flags >> 3 & 1));
                String what = "condition " + condition + ", flags " + flags;

                setFlags(flags);
                cpu.it = condition << 4 | 8;
                cpu.r[0] = 0;
                run(Op.MOV_IMM | Instruction.IN_IT, 0, 0, 0, 1);
                assertThat(cpu.r[0]).as(what).isEqualTo(passes ? 1 : 0);
                assertThat(cpu.it).as(what).isZero();

                setFlags(flags);
                assertThat(run(Op.BEQ + condition, 0, 0, 0, CODE + 100))
                        .as(what)
                        .isEqualTo(passes ? PlainLoop.Result.BRANCHED : PlainLoop.Result.ENDED);
                assertThat(flags()).as(what).isEqualTo(flags);
            }
        }
    }

    @Test
    void shiftsByARegisterAreThoseOfTheShifter() {
        int[] types = {Shift.LSL, Shift.LSR, Shift.ASR};
        int[] operations = {Op.LSL_REG, Op.LSR_REG, Op.ASR_REG};
        for (int x : VALUES) {
            for (int amount = 0; amount < 256; amount++) {
                for (int i = 0; i < 2 * types.length; i++) {
                    int c = i & 1;
                    String what = String.format("0x%08x by %d, carry %d, %d", x, amount, c, i);
                    int value = Shift.value(types[i / 2], x, amount, c);
                    setFlags(c << 2);
                    check(operations[i / 2], x, 0xABCD_EF00 | amount, what, value, c, 0);
                    assertThat(flags()).as(what).isEqualTo(c << 2);
                    int carry = Shift.carry(types[i / 2], x, amount, c);
                    check(operations[i / 2] + 1, x, 0x100 | amount, what, value, carry, 0);
                    assertThat(flags() & 3).as(what).isEqualTo(ofResult(value));
                }
            }
        }
    }

    @Test
    void sumsAndDifferencesHaveTheFlagsOfTheManual() {
        int[][] operations = {
            {Op.ADD_REG_S, Alu.ADD}, {Op.SUB_REG_S, Alu.SUB}, {Op.ADC_REG_S, Alu.ADC},
            {Op.SBC_REG_S, Alu.SBC}, {Op.ADD_IMM_S, Alu.ADD}, {Op.SUB_IMM_S, Alu.SUB},
            {Op.RSB_IMM_S, Alu.RSB}, {Op.CMP_REG, Alu.CMP}, {Op.CMP_IMM, Alu.CMP},
            {Op.CMN_IMM, Alu.CMN}, {Op.ADC_REG, Alu.ADC}, {Op.SBC_REG, Alu.SBC},
        };
        for (int[] operation : operations) {
            for (int x : VALUES) {
                for (int y : VALUES) {
                    for (int c = 0; c < 2; c++) {
                        checkArithmetic(operation[0], operation[1], x, y, c);
                    }
                }
            }
        }
    }

    private void checkArithmetic(int op, int alu, int x, int y, int c) {
        String what = String.format("operation %d of 0x%08x and 0x%08x, carry %d", op, x, y, c);
        int value = Alu.result(alu, x, y, c);
        boolean sets = op != Op.ADC_REG && op != Op.SBC_REG;
        int carry = sets ? Alu.carry(alu, x, y, c) : c;
        int overflow = sets ? Alu.overflow(alu, x, y, value) >>> 31 : 0;
        setFlags(c << 2);
        check(op, x, y, what, Alu.comparesOnly(alu) ? 77 : value, carry, overflow);
        assertThat(flags() & 3).as(what).isEqualTo(sets ? ofResult(value) : 0);
    }

    /** Executes an operation on two values, the second also as the immediate. */
    private void check(int op, int x, int y, String what, int value, int carry, int overflow) {
        cpu.r[0] = 77;
        cpu.r[1] = x;
        cpu.r[2] = y;
        run(op, 0, 1, 2, y);
        assertThat(cpu.r[0]).as(what).isEqualTo(value);
        assertThat(flags() >> 2).as(what).isEqualTo(carry | overflow << 1);
    }

    private PlainLoop.Result run(int op, int d, int n, int m, int imm) {
        long[] code = {Instruction.pack(op, d, n, m, 0, imm)};
        return loop.run(new Sequence(CODE, code, CODE + 2), 0, 1);
    }

    /** Sets N in bit 0, Z in bit 1, C in bit 2, V in bit 3. */
    private void setFlags(int flags) {
        cpu.n = -(flags & 1);
        cpu.z = ~flags >> 1 & 1;
        cpu.c = flags >> 2 & 1;
        cpu.v = -(flags >> 3 & 1);
    }

    private int flags() {
        return cpu.n >>> 31 | (cpu.z == 0 ? 2 : 0) | cpu.c << 2 | cpu.v >>> 31 << 3;
    }

    private static int ofResult(int value) {
        return value >>> 31 | (value == 0 ? 2 : 0);
    }
}
