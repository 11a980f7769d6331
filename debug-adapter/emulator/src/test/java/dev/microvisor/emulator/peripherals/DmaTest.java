package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DmaTest {
    private static final int DMA = 0x4002_0000;
    private static final int USART2 = 0x4000_4400;
    private static final int ADC1 = 0x4202_8000;
    private static final int RAM = PeripheralFixture.RAM;
    private static final int CSR = 0x60;
    private static final int CCR = 0x64;
    private static final int TCF = 1 << 8;
    private static final int SINC = 1 << 3;
    private static final int DINC = 1 << 19;
    private static final int SWREQ = 1 << 9;

    private PeripheralFixture p = new PeripheralFixture();

    private void block(int channel, int settings, int request, int size, int from, int to) {
        int base = DMA + channel * 0x80;
        p.write(base + 0x90, settings);
        p.write(base + 0x94, request);
        p.write(base + 0x98, size);
        p.write(base + 0x9C, from);
        p.write(base + 0xA0, to);
    }

    @Test
    void memoryIsCopiedAndItsEndInterrupts() {
        for (int i = 0; i < 100; i++) {
            p.memory[i] = (byte) i;
        }
        block(3, SINC | DINC | 2 | 2 << 16, SWREQ, 100, RAM, RAM + 0x100);
        p.write(DMA + 3 * 0x80 + CCR, 1 | TCF);
        assertThat(p.raised).as("not while it is started").isEmpty();
        p.runTo(1000);
        assertThat(p.level.get(32)).isTrue();
        assertThat(Arrays.copyOfRange(p.memory, 0x100, 0x164))
                .isEqualTo(Arrays.copyOfRange(p.memory, 0, 100));
        assertThat(p.read(DMA + 3 * 0x80 + CCR) & 1).as("EN").isZero();
        assertThat(p.read(DMA + 0x0C)).isEqualTo(1 << 3);
        p.write(DMA + 3 * 0x80 + 0x5C, TCF);
        assertThat(p.level.get(32)).isFalse();
    }

    @Test
    void aSerialPortSendsABlock() {
        byte[] text = "hello\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, p.memory, 0, text.length);
        block(0, SINC, 27 | 1 << 10, text.length, RAM, USART2 + 0x28);
        p.write(DMA + CCR, 1);
        p.write(USART2, 0xD);
        p.runTo(10_000);
        assertThat(p.lines).as("before DMAT").isEmpty();
        p.write(USART2 + 8, 1 << 7);
        p.runTo(20_000);
        assertThat(p.lines).containsExactly("USART2: hello");
        assertThat(p.read(DMA + CSR) & TCF).isNotZero();
    }

    @Test
    void aCircularBlockOfReceivedBytesStartsAgain() {
        ByteBuffer item = ByteBuffer.wrap(p.memory, 0x200, 24).order(ByteOrder.LITTLE_ENDIAN);
        int link = 1 << 31 | 1 << 30 | 1 << 29 | 1 << 28 | 1 << 27 | 1 << 16 | 0x200;
        item.putInt(DINC).putInt(26).putInt(4).putInt(USART2 + 0x24).putInt(RAM).putInt(link);
        p.write(DMA + 0x50, RAM);
        p.write(DMA + 0xCC, link);
        p.write(DMA + CCR, 1);
        p.write(USART2 + 0x0C, 10);
        p.write(USART2 + 8, 1 << 6);
        p.write(USART2, 0xD);
        p.peripherals.receive("USART2", Bytes.utf8("abcdef"));
        p.runTo(10_000);
        assertThat(new String(p.memory, 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("efcd");
        assertThat(p.read(DMA + 0x98) & 0xFFFF).as("bytes left").isEqualTo(2);
        assertThat(p.read(DMA + CSR) & (TCF | 1 << 9)).isEqualTo(TCF | 1 << 9);
    }

    @Test
    void convertedVoltagesAreStored() {
        p =
                PeripheralFixture.wired(
                        """
                        [[analog]]
                        converter = "ADC1"
                        channel = 5
                        millivolts = 1650
                        [[analog]]
                        converter = "ADC1"
                        channel = 6
                        millivolts = 3300
                        """);
        block(0, DINC | 2 | 2 << 16, 0, 8, ADC1 + 0x40, RAM);
        p.write(DMA + CCR, 1);
        p.write(ADC1 + 8, 1 << 28);
        p.write(ADC1 + 8, 1 << 28 | 1);
        assertThat(p.read(ADC1) & 1).as("ADRDY").isEqualTo(1);
        p.write(ADC1 + 0x0C, 1);
        p.write(ADC1 + 0x30, 1 | 5 << 6 | 6 << 12);
        p.write(ADC1 + 8, 1 << 28 | 1 | 1 << 2);
        p.runTo(100_000);
        ByteBuffer stored = ByteBuffer.wrap(p.memory).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(stored.getInt()).isEqualTo(8191);
        assertThat(stored.getInt()).isEqualTo(16_383);
        assertThat(p.read(ADC1) & (1 << 3)).as("EOS").isNotZero();
        assertThat(p.read(ADC1 + 8) & (1 << 2)).as("ADSTART").isZero();
    }

    @Test
    void anAddressWithoutMemoryEndsTheChannelWithAnError() {
        block(1, SINC | DINC, SWREQ, 4, 0x6000_0000, RAM);
        p.write(DMA + 0x80 + CCR, 1 | 1 << 10);
        p.runTo(1000);
        assertThat(p.level.get(30)).isTrue();
        assertThat(p.read(DMA + 0x80 + CSR) & (1 << 10 | 1)).isEqualTo(1 << 10 | 1);
    }

    @Test
    void aRequestThatNobodyMakesWarns() {
        block(1, SINC | DINC, 90, 4, RAM, RAM + 8);
        p.write(DMA + 0x80 + CCR, 1);
        assertThat(p.warnings.get(0)).contains("request 90");
    }

    @Test
    void suspendingAndResettingEndAChannel() {
        block(0, DINC, 26, 4, USART2 + 0x24, RAM);
        p.write(DMA + CCR, 1);
        p.write(DMA + CCR, 1 | 1 << 2);
        assertThat(p.read(DMA + CSR) & (1 << 13)).as("SUSPF").isNotZero();
        p.write(DMA + CCR, 1 << 1);
        assertThat(p.read(DMA + CCR) & 1).isZero();
        assertThat(p.read(DMA + CSR) & 1).as("IDLEF").isEqualTo(1);
    }

    @Test
    void eachPeriodOfATimerMovesOneCompareValue() {
        int tim2 = 0x4000_0000;
        int tim2Channel1 = 56;
        for (int i = 0; i < 5; i++) {
            ByteBuffer.wrap(p.memory).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * i, 10 + i);
        }
        block(1, SINC | 2 | 2 << 16, tim2Channel1 | 1 << 10, 20, RAM, tim2 + 0x34);
        p.write(DMA + 0x80 + CCR, 1 | TCF);
        p.write(tim2 + 0x2C, 199);
        p.write(tim2 + 0x34, 5);
        p.write(tim2 + 0x0C, 1 << 9); // CC1DE
        p.write(tim2, 1);
        p.runTo(150);
        assertThat(p.read(tim2 + 0x34)).as("after the first match").isEqualTo(10);
        p.runTo(350);
        assertThat(p.read(tim2 + 0x34)).isEqualTo(11);
        assertThat(p.raised).isEmpty();
        p.runTo(1000);
        assertThat(p.read(tim2 + 0x34)).isEqualTo(14);
        assertThat(p.level.get(30)).as("transfer complete").isTrue();
        p.runTo(2000);
        assertThat(p.read(tim2 + 0x34)).as("no more").isEqualTo(14);
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void updatesOfATimerPaceADmaToAnOutput() {
        int tim6 = 0x4000_1000;
        int tim6Update = 4;
        int gpioA = 0x4202_0000;
        p.write(gpioA, 1 << 10); // PA5 an output
        int[] words = {1 << 5, 1 << 21, 1 << 5};
        for (int i = 0; i < words.length; i++) {
            ByteBuffer.wrap(p.memory).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * i, words[i]);
        }
        block(0, SINC | 2 | 2 << 16, tim6Update | 1 << 10, 12, RAM, gpioA + 0x18);
        p.write(DMA + CCR, 1);
        p.write(tim6 + 0x2C, 999);
        p.write(tim6 + 0x0C, 1 << 8); // UDE
        p.write(tim6, 1);
        p.runTo(2500);
        assertThat(p.lines).containsExactly("GPIOA5 high", "GPIOA5 low");
        p.runTo(9000);
        assertThat(p.lines).containsExactly("GPIOA5 high", "GPIOA5 low", "GPIOA5 high");
    }

    @Test
    void aTimerTriggersConversionsAtItsUpdates() {
        p =
                PeripheralFixture.wired(
                        """
                        [[analog]]
                        converter = "ADC1"
                        channel = 5
                        millivolts = 1650
                        """);
        int tim6 = 0x4000_1000;
        int tim6Trgo = 13;
        block(0, DINC | 2 | 2 << 16, 0, 12, ADC1 + 0x40, RAM);
        p.write(DMA + CCR, 1 | TCF);
        p.write(ADC1 + 8, 1 << 28);
        p.write(ADC1 + 8, 1 << 28 | 1);
        p.write(ADC1 + 0x0C, 1 | tim6Trgo << 5 | 1 << 10);
        p.write(ADC1 + 0x30, 5 << 6);
        p.write(ADC1 + 8, 1 << 28 | 1 | 1 << 2);
        p.runTo(50_000);
        ByteBuffer stored = ByteBuffer.wrap(p.memory).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(stored.getInt(0)).as("without a trigger").isZero();
        p.write(tim6 + 0x2C, 9999);
        p.write(tim6 + 4, 2 << 4); // MMS: update
        p.write(tim6, 1);
        p.runTo(75_000);
        assertThat(stored.getInt(0)).isEqualTo(8191);
        assertThat(stored.getInt(4)).isEqualTo(8191);
        assertThat(stored.getInt(8)).as("after two periods").isZero();
        assertThat(p.level.getOrDefault(29, false)).isFalse();
        p.runTo(90_000);
        assertThat(stored.getInt(8)).isEqualTo(8191);
        assertThat(p.level.get(29)).as("transfer complete").isTrue();
        assertThat(p.read(ADC1 + 8) & (1 << 2)).as("ADSTART stays").isNotZero();
    }

    /** TRIGPOL rising; TRIGM and TRIGSEL as given. */
    private static int trigger(int mode, int event) {
        return 1 << 24 | mode << 14 | event << 16;
    }

    private static final int BY_BLOCK = 0;
    private static final int BY_LINK = 2;
    private static final int BY_BURST = 3;
    private static final int SWIER1 = 0x4602_2008;

    /** An event of an EXTI line. */
    private void pull(int line) {
        p.write(SWIER1, 1 << line);
        p.runTo(p.now + 10_000);
    }

    private int left() {
        return p.read(DMA + 0x98) & 0xFFFF;
    }

    @Test
    void aBlockWaitsForItsTrigger() {
        block(0, SINC | DINC, SWREQ | trigger(BY_BLOCK, 5), 8, RAM, RAM + 0x100);
        p.write(DMA + CCR, 1);
        p.runTo(10_000);
        pull(4);
        assertThat(left()).as("another line").isEqualTo(8);
        pull(5);
        assertThat(left()).isZero();
        assertThat(p.warnings).isEmpty();
    }

    @Test
    void eachBurstWaitsForATriggerAndOneTooManyIsAnOverrun() {
        int twoData = 1 << 4;
        block(0, SINC | DINC | twoData, SWREQ | trigger(BY_BURST, 0), 8, RAM, RAM + 0x100);
        p.write(DMA + CCR, 1 | 1 << 14);
        pull(0);
        assertThat(left()).isEqualTo(6);
        p.write(SWIER1, 1);
        assertThat(p.read(DMA + CSR) & 1 << 14).isZero();
        p.write(SWIER1, 1);
        assertThat(p.read(DMA + CSR) & 1 << 14).as("TOF").isNotZero();
        assertThat(p.level.get(29)).isTrue();
        p.runTo(p.now + 10_000);
        assertThat(left()).isEqualTo(4);
    }

    @Test
    void aTimerPacesBurstsByItsUpdates() {
        int tim2 = 0x4000_0000;
        p.write(tim2 + 0x2C, 9_999);
        p.write(tim2 + 0x04, 2 << 4); // TRGO at updates
        block(0, SINC | DINC, SWREQ | trigger(BY_BURST, 42), 8, RAM, RAM + 0x100);
        p.write(DMA + CCR, 1);
        p.write(tim2, 1);
        p.runTo(35_000);
        assertThat(left()).isEqualTo(5);
    }

    @Test
    void theNextItemOfAListWaitsForTheEndOfAnotherChannel() {
        ByteBuffer item = ByteBuffer.wrap(p.memory, 0x200, 4).order(ByteOrder.LITTLE_ENDIAN);
        item.putInt(16); // BR1 of the item: a longer block
        block(0, SINC | DINC, SWREQ | trigger(BY_LINK, 22 + 3), 4, RAM, RAM + 0x100);
        p.write(DMA + 0x50, RAM);
        p.write(DMA + 0xCC, 1 << 29 | 0x200);
        p.write(DMA + CCR, 1);
        p.runTo(10_000);
        assertThat(left()).as("the first block is through").isZero();
        block(3, SINC | DINC, SWREQ, 4, RAM, RAM + 0x300);
        p.write(DMA + 3 * 0x80 + CCR, 1);
        p.runTo(p.now + 120);
        assertThat(left()).as("the item is loaded").isEqualTo(16);
    }

    @Test
    void lowPowerTimersAndTheClockTrigger() {
        int lptim1 = 0x4600_4400;
        block(0, SINC | DINC, SWREQ | trigger(BY_BURST, 11), 8, RAM, RAM + 0x100);
        p.write(DMA + CCR, 1);
        p.write(lptim1 + 0x10, 1);
        p.write(lptim1 + 0x18, 99);
        p.write(lptim1 + 0x14, 50);
        p.write(lptim1 + 0x10, 1 | 1 << 2);
        p.runTo(3L * 100 * 40);
        assertThat(left()).as("MSIK is 4 MHz: three rounds").isEqualTo(5);
        int rtc = 0x4600_7800;
        block(1, SINC | DINC, SWREQ | trigger(BY_BLOCK, 20), 8, RAM, RAM + 0x100);
        p.write(DMA + 0x80 + CCR, 1);
        p.write(rtc + 0x14, 0);
        p.write(rtc + 0x18, 1 << 10 | 4); // each second
        p.runTo(170_000_000);
        assertThat(p.read(DMA + 0x80 + 0x98) & 0xFFFF).isZero();
    }

    @Test
    void aTriggerOfWhatIsNotEmulatedWarns() {
        block(0, SINC | DINC, SWREQ | trigger(BY_BLOCK, 16), 8, RAM, RAM + 0x100);
        p.write(DMA + CCR, 1);
        assertThat(p.warnings.get(0)).contains("channel 0", "trigger 16", "not emulated");
    }

    /** PAM, SBX, DBX and DHX of CTR1. */
    private static final int EXTEND = 1 << 11;

    private static final int PACK = 1 << 12;
    private static final int SBX = 1 << 13;
    private static final int DBX = 1 << 26;
    private static final int DHX = 1 << 27;

    /** Source and target of one, two or four bytes. */
    private static int widths(int source, int target) {
        return Integer.numberOfTrailingZeros(source) | Integer.numberOfTrailingZeros(target) << 16;
    }

    /** What becomes of bytes 0x81 0x82 … that software asks to move. */
    private byte[] moved(int settings, int size, int sizeAfter) {
        p = new PeripheralFixture();
        for (int i = 0; i < size; i++) {
            p.memory[i] = (byte) (0x81 + i);
        }
        block(0, SINC | DINC | settings, SWREQ, size, RAM, RAM + 0x100);
        p.write(DMA + CCR, 1);
        p.runTo(1000);
        assertThat(p.read(DMA + CSR) & TCF).isEqualTo(TCF);
        assertThat(p.memory[0x100 + sizeAfter]).as("no more").isZero();
        assertThat(p.warnings).isEmpty();
        return Arrays.copyOfRange(p.memory, 0x100, 0x100 + sizeAfter);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void narrowerAndWiderTargets() {
        assertThat(moved(widths(1, 2), 2, 4)).isEqualTo(bytes(0x81, 0, 0x82, 0));
        assertThat(moved(widths(1, 4) | EXTEND, 1, 4)).isEqualTo(bytes(0x81, 0xFF, 0xFF, 0xFF));
        assertThat(moved(widths(2, 1), 4, 2)).isEqualTo(bytes(0x81, 0x83));
        assertThat(moved(widths(4, 1) | EXTEND, 8, 2)).isEqualTo(bytes(0x84, 0x88));
        assertThat(moved(widths(4, 2) | EXTEND, 4, 2)).isEqualTo(bytes(0x83, 0x84));
    }

    @Test
    void dataArePackedAndUnpacked() {
        byte[] five = bytes(0x81, 0x82, 0x83, 0x84, 0x85);
        assertThat(moved(widths(1, 4) | PACK, 5, 5)).as("a rest, too").isEqualTo(five);
        assertThat(moved(widths(4, 1) | PACK, 8, 8)).startsWith(five);
        assertThat(moved(widths(1, 2) | PACK | DBX, 4, 4)).isEqualTo(bytes(0x82, 0x81, 0x84, 0x83));
    }

    @Test
    void bytesAndHalfwordsAreExchanged() {
        assertThat(moved(widths(4, 4) | SBX, 4, 4)).isEqualTo(bytes(0x81, 0x83, 0x82, 0x84));
        assertThat(moved(widths(4, 4) | DBX, 4, 4)).isEqualTo(bytes(0x82, 0x81, 0x84, 0x83));
        assertThat(moved(widths(4, 4) | DHX, 4, 4)).isEqualTo(bytes(0x83, 0x84, 0x81, 0x82));
        assertThat(moved(widths(4, 4) | DBX | DHX, 4, 4))
                .as("big-endian words")
                .isEqualTo(bytes(0x84, 0x83, 0x82, 0x81));
        assertThat(moved(widths(2, 2) | SBX | DHX, 2, 2)).isEqualTo(bytes(0x81, 0x82));
    }

    /** Each request of the port takes one byte of a word. */
    @Test
    void aSerialPortSendsUnpackedWords() {
        byte[] text = "unpacked\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, p.memory, 0, text.length);
        block(0, SINC | widths(4, 1) | PACK, 27 | 1 << 10, 12, RAM, USART2 + 0x28);
        p.write(DMA + CCR, 1);
        p.write(USART2 + 8, 1 << 7);
        p.write(USART2, 0xD);
        p.runTo(40_000);
        assertThat(p.lines).containsExactly("USART2: unpacked");
        assertThat(p.read(DMA + CSR) & TCF).isNotZero();
    }

    private static final int LPDMA = 0x4602_5000;

    /** LPDMA1 has requests of its own numbers, and reaches nothing outside of its domain. */
    @Test
    void theLowPowerControllerServesItsDomain() {
        int lpuart = 0x4600_2400;
        p.write(LPDMA + 0x90, SINC);
        p.write(LPDMA + 0x94, 1 | 1 << 10); // LPUART1_TX
        p.write(LPDMA + 0x98, 2);
        p.write(LPDMA + 0x9C, RAM);
        p.write(LPDMA + 0xA0, lpuart + 0x28);
        p.write(lpuart + 8, 1 << 7);
        p.write(lpuart, 0xD);
        p.write(LPDMA + CCR, 1 | 1 << 10);
        p.runTo(1000);
        assertThat(p.read(LPDMA + CSR) & (TCF | 1 << 10)).as("DTEF").isEqualTo(1 << 10);
        assertThat(p.level.get(114)).isTrue();
        assertThat(p.warnings).singleElement().asString().contains("LPDMA1", "SRAM4");
    }

    @Test
    void theLowPowerControllerMovesWithinItsDomain() {
        int dac = 0x4602_1800;
        p.write(dac + 0x08, 0x123);
        p.write(LPDMA + 0x80 + 0x90, widths(4, 4));
        p.write(LPDMA + 0x80 + 0x94, SWREQ);
        p.write(LPDMA + 0x80 + 0x98, 4);
        p.write(LPDMA + 0x80 + 0x9C, dac + 0x08);
        p.write(LPDMA + 0x80 + 0xA0, dac + 0x14);
        p.write(LPDMA + 0x80 + CCR, 1 | TCF);
        p.runTo(1000);
        assertThat(p.read(dac + 0x14)).isEqualTo(0x123);
        assertThat(p.level.get(115)).isTrue();
    }
}
