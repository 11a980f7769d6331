package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.bytes.Bytes;
import org.junit.jupiter.api.Test;

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
}
