package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialPortsTest {
    private static final int USART2 = 0x4000_4400;
    private static final int CR1 = 0x00;
    private static final int BRR = 0x0C;
    private static final int ISR = 0x1C;
    private static final int ICR = 0x20;
    private static final int RDR = 0x24;
    private static final int RXNE = 1 << 5;
    private static final int IDLE = 1 << 4;
    private static final int IRQ = 62;

    /** 115200 baud at 160 MHz. */
    private static final int DIVIDER = 1389;

    private static final int CHARACTER = 10 * DIVIDER;

    private final PeripheralFixture p = new PeripheralFixture();

    private void open(int enables) {
        p.write(USART2 + BRR, DIVIDER);
        p.write(USART2 + CR1, 0xD | enables);
    }

    @Test
    void aCharacterInterruptsAfterTheTimeItTakes() {
        open(1 << 5);
        p.peripherals.receive("USART2", Bytes.utf8("ab"));
        p.runTo(CHARACTER - 1);
        assertThat(p.read(USART2 + ISR) & RXNE).isZero();
        p.runTo(CHARACTER);
        assertThat(p.level.get(IRQ)).isTrue();
        assertThat(p.read(USART2 + RDR)).isEqualTo('a');
        assertThat(p.level.get(IRQ)).isFalse();
        p.runTo(2 * CHARACTER);
        assertThat(p.read(USART2 + RDR)).isEqualTo('b');
    }

    @Test
    void whatIsNotReadHoldsBackWhatFollows() {
        open(0);
        p.peripherals.receive("USART2", Bytes.utf8("ab"));
        p.runTo(100L * CHARACTER);
        assertThat(p.read(USART2 + RDR)).isEqualTo('a');
        p.runTo(101L * CHARACTER);
        assertThat(p.read(USART2 + RDR)).isEqualTo('b');
        assertThat(p.read(USART2 + ISR) & 8).as("overrun").isZero();
    }

    @Test
    void theLineIsIdleOneCharacterAfterTheLast() {
        open(1 << 4);
        p.peripherals.receive("USART2", Bytes.utf8("a"));
        p.runTo(CHARACTER);
        p.read(USART2 + RDR);
        assertThat(p.level.get(IRQ)).isFalse();
        p.runTo(2 * CHARACTER);
        assertThat(p.level.get(IRQ)).isTrue();
        p.write(USART2 + ICR, IDLE);
        assertThat(p.level.get(IRQ)).isFalse();
    }

    @Test
    void whatComesWhileTheReceiverIsOffWaits() {
        p.peripherals.receive("USART2", Bytes.utf8("a"));
        p.runTo(10 * CHARACTER);
        open(0);
        p.runTo(11 * CHARACTER);
        assertThat(p.read(USART2 + ISR) & RXNE).isNotZero();
    }

    @Test
    void theScriptOfTheCloudFileSpeaks() {
        PeripheralFixture scripted =
                PeripheralFixture.wired(
                        """
                        [[serial]]
                        port = "USART2"
                        text = "x"
                        at_ms = 2
                        """);
        scripted.write(USART2 + BRR, DIVIDER);
        scripted.write(USART2 + CR1, 0xD);
        scripted.runTo(320_000 + CHARACTER - 1);
        assertThat(scripted.read(USART2 + ISR) & RXNE).isZero();
        scripted.runTo(320_000 + CHARACTER);
        assertThat(scripted.read(USART2 + RDR)).isEqualTo('x');
    }

    @Test
    void aMatchingCharacterIsFlagged() {
        p.write(USART2 + 4, '\n' << 24);
        open(1 << 14);
        p.peripherals.receive("USART2", Bytes.utf8("\n"));
        p.runTo(CHARACTER);
        assertThat(p.level.get(IRQ)).isTrue();
        p.write(USART2 + ICR, 1 << 17);
        assertThat(p.level.get(IRQ)).isFalse();
    }

    @Test
    void theReceiverTimesOutSoManyBitsAfterTheLastCharacter() {
        p.write(USART2 + 0x04, 1 << 23);
        p.write(USART2 + 0x14, 50);
        open(1 << 26);
        p.peripherals.receive("USART2", Bytes.utf8("ab"));
        p.runTo(CHARACTER);
        p.read(USART2 + RDR);
        p.runTo(2 * CHARACTER);
        p.read(USART2 + RDR);
        p.runTo(2 * CHARACTER + 50 * DIVIDER - 1);
        assertThat(p.raised).isEmpty();
        p.runTo(2 * CHARACTER + 50 * DIVIDER);
        assertThat(p.level.get(IRQ)).isTrue();
        assertThat(p.read(USART2 + ISR) & 1 << 11).isNotZero();
        p.write(USART2 + ICR, 1 << 11);
        assertThat(p.level.get(IRQ)).isFalse();
    }

    private static final int CR3 = 0x08;
    private static final int TDR = 0x28;
    private static final int ORE = 1 << 3;
    private static final int TC = 1 << 6;
    private static final int TXE = 1 << 7;

    private int flags(int mask) {
        return p.read(USART2 + ISR) & mask;
    }

    @Test
    void whatIsSentTakesTheTimeOfItsCharacters() {
        open(0);
        assertThat(flags(TC | TXE)).isEqualTo(TC | TXE);
        p.write(USART2 + TDR, 'a');
        assertThat(flags(TC | TXE)).as("in the shift register").isEqualTo(TXE);
        p.write(USART2 + TDR, '\n');
        assertThat(flags(TC | TXE)).as("one in TDR").isZero();
        assertThat(p.lines).as("shown when it is written").containsExactly("USART2: a");
        p.runTo(CHARACTER);
        assertThat(flags(TC | TXE)).isEqualTo(TXE);
        p.runTo(2 * CHARACTER - 1);
        assertThat(flags(TC)).isZero();
        p.runTo(2 * CHARACTER);
        assertThat(flags(TC)).isNotZero();
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void theTransmitterInterruptsWhenItHasRoomAndWhenItIsThrough() {
        open(1 << 6);
        p.write(USART2 + ICR, TC);
        p.write(USART2 + TDR, 'a');
        assertThat(p.level.get(IRQ)).isFalse();
        p.runTo(CHARACTER);
        assertThat(p.level.get(IRQ)).as("TCIE").isTrue();
        p.write(USART2 + CR1, 0xD | 1 << 7);
        assertThat(p.level.get(IRQ)).as("TXEIE").isTrue();
        p.write(USART2 + TDR, 'b');
        p.write(USART2 + TDR, 'c');
        assertThat(p.level.get(IRQ)).isFalse();
        p.runTo(2 * CHARACTER);
        assertThat(p.level.get(IRQ)).isTrue();
    }

    @Test
    void theFifoTakesEightBehindTheShiftRegister() {
        open(1 << 29);
        int written = 0;
        while (flags(TXE) != 0) {
            p.write(USART2 + TDR, 'x');
            written++;
        }
        assertThat(written).isEqualTo(9);
        assertThat(p.warnings).isEmpty();
        p.write(USART2 + TDR, 'x');
        assertThat(p.warnings.get(0)).contains("USART2", "before TXE", "a character is lost");
    }

    @Test
    void stopBitsWordLengthAndKernelClockMakeTheCharacterLonger() {
        p.write(USART2 + 4, 2 << 12); // two stop bits
        open(1 << 12); // nine bits
        p.write(USART2 + TDR, 'a');
        p.runTo(12 * DIVIDER - 1);
        assertThat(flags(TC)).isZero();
        p.runTo(12 * DIVIDER);
        assertThat(flags(TC)).isNotZero();
    }

    private static PeripheralFixture spoken(String more, int cr1) {
        PeripheralFixture fixture =
                PeripheralFixture.wired("[[serial]]\nport = \"USART2\"\n" + more);
        fixture.write(USART2 + BRR, DIVIDER);
        fixture.write(USART2 + CR1, 0xD | cr1);
        return fixture;
    }

    @Test
    void whatIsNotReadInTimeIsLostAndFlagged() {
        PeripheralFixture f = spoken("text = \"abc\"", 1 << 5);
        f.runTo(4L * CHARACTER);
        assertThat(f.read(USART2 + ISR) & (RXNE | ORE)).isEqualTo(RXNE | ORE);
        assertThat(f.read(USART2 + RDR)).as("the first stays").isEqualTo('a');
        assertThat(f.level.get(IRQ)).as("ORE interrupts with RXNEIE").isTrue();
        f.write(USART2 + ICR, ORE);
        assertThat(f.read(USART2 + ISR) & (RXNE | ORE)).isZero();
        assertThat(f.level.get(IRQ)).isFalse();
    }

    @Test
    void withOverrunOffTheLastCharacterStays() {
        PeripheralFixture f = spoken("text = \"abc\"", 0);
        f.write(USART2 + CR3, 1 << 12);
        f.runTo(4L * CHARACTER);
        assertThat(f.read(USART2 + ISR) & ORE).isZero();
        assertThat(f.read(USART2 + RDR)).isEqualTo('c');
    }

    @Test
    void flowControlAndInputThatWaitsLoseNothing() {
        PeripheralFixture waits = spoken("text = \"ab\"\nwaits = true", 0);
        PeripheralFixture rts = spoken("text = \"ab\"", 0);
        rts.write(USART2 + CR3, 1 << 8);
        for (PeripheralFixture f : List.of(waits, rts)) {
            f.runTo(10L * CHARACTER);
            assertThat(f.read(USART2 + RDR)).isEqualTo('a');
            f.runTo(11L * CHARACTER);
            assertThat(f.read(USART2 + RDR)).isEqualTo('b');
            assertThat(f.read(USART2 + ISR) & ORE).isZero();
        }
    }

    @Test
    void theFifoKeepsNineAndTellsItsThreshold() {
        PeripheralFixture f = spoken("text = \"123456789x\"", 1 << 29);
        f.write(USART2 + CR3, 2 << 25 | 1 << 28); // interrupt at half of it
        f.runTo(4L * CHARACTER - 1);
        assertThat(f.level.get(IRQ)).isFalse();
        f.runTo(4L * CHARACTER);
        assertThat(f.level.get(IRQ)).isTrue();
        f.runTo(9L * CHARACTER);
        assertThat(f.read(USART2 + ISR) & (1 << 24 | ORE)).as("RXFF").isEqualTo(1 << 24);
        f.runTo(10L * CHARACTER);
        assertThat(f.read(USART2 + ISR) & ORE).isNotZero();
        for (char c = '1'; c <= '9'; c++) {
            assertThat(f.read(USART2 + RDR)).isEqualTo(c);
        }
        assertThat(f.read(USART2 + ISR) & RXNE).isZero();
    }

    @ParameterizedTest
    @CsvSource({"parity, 1, 256, 0", "framing, 2, 0, 1", "noise, 4, 0, 1"})
    void aScriptedErrorComesWithTheCharacter(String error, int flag, int cr1, int cr3) {
        PeripheralFixture f = spoken("text = \"a\"\nerror = \"" + error + "\"", cr1);
        f.write(USART2 + CR3, cr3);
        f.runTo(CHARACTER);
        assertThat(f.read(USART2 + ISR) & 0xF).isEqualTo(flag);
        assertThat(f.level.get(IRQ)).isTrue();
        assertThat(f.read(USART2 + RDR)).isEqualTo('a');
        f.write(USART2 + ICR, flag);
        assertThat(f.level.get(IRQ)).isFalse();
    }
}
