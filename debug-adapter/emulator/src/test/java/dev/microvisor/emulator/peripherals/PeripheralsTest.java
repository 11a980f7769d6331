package dev.microvisor.emulator.peripherals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.peripherals.RegisterBank.Bits;
import dev.microvisor.emulator.peripherals.RegisterBank.Register;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PeripheralsTest {
    private static final int TIM6 = 0x4000_1000;
    private static final int USART2 = 0x4000_4400;
    private static final int GPIOA = 0x4202_0000;
    private static final int I2C1 = 0x4000_5400;
    private static final int EXTI = 0x4602_2000;
    private static final int RNG = 0x420C_0800;
    private static final int CRC = 0x4002_3000;
    private static final int CR1 = 0x00;
    private static final int DIER = 0x0C;
    private static final int SR = 0x10;
    private static final int CNT = 0x24;
    private static final int PSC = 0x28;
    private static final int ARR = 0x2C;

    private final PeripheralFixture p = new PeripheralFixture();

    @Test
    void everyRegisterAccountsForEachOfIts32BitsOnce() {
        int registers = 0;
        for (Peripheral peripheral : p.all()) {
            if (!(peripheral instanceof RegisterPeripheral mapped)) {
                continue;
            }
            for (Register register : mapped.bank().registers()) {
                int covered = 0;
                for (Bits bits : register.bits) {
                    assertThat(covered & bits.mask())
                            .as("%s_%s %s", peripheral.name(), register.name, bits.name())
                            .isZero();
                    covered |= bits.mask();
                }
                assertThat(covered).as("%s_%s", peripheral.name(), register.name).isEqualTo(-1);
                assertThat(register.offset).isLessThan(peripheral.sizeBytes());
                registers++;
            }
        }
        assertThat(registers).isGreaterThan(300);
    }

    /** The HAL's tick: 1 MHz counter, 1000 counts, at a clock of 160 MHz. */
    private void startTick() {
        p.write(TIM6 + PSC, 159);
        p.write(TIM6 + ARR, 999);
        p.write(TIM6 + 0x14, 1);
        p.write(TIM6 + SR, 0);
        p.write(TIM6 + DIER, 1);
        p.write(TIM6 + CR1, 1);
    }

    @Test
    void aTimerInterruptsOncePerPeriod() {
        startTick();
        p.runTo(159_999);
        assertThat(p.raised).isEmpty();
        p.runTo(160_000);
        assertThat(p.raised).containsEntry(49, 1);
        p.write(TIM6 + SR, 0);
        assertThat(p.level.get(49)).isFalse();
        for (int i = 2; i <= 10; i++) {
            p.runTo(160_000L * i);
            p.write(TIM6 + SR, 0);
        }
        assertThat(p.raised).containsEntry(49, 10);
    }

    @Test
    void theCounterFollowsTheInstructionCount() {
        startTick();
        p.runTo(160 * 123);
        assertThat(p.read(TIM6 + CNT)).isEqualTo(123);
        p.runTo(160_000 * 5 + 160 * 7);
        assertThat(p.read(TIM6 + CNT)).isEqualTo(7);
    }

    @Test
    void updatesNobodyInterruptsForSetTheFlagWhenItIsRead() {
        startTick();
        p.write(TIM6 + DIER, 0);
        p.runTo(1_000_000_000L);
        assertThat(p.read(TIM6 + SR) & 1).isEqualTo(1);
        assertThat(p.raised).isEmpty();
    }

    @Test
    void aOnePulseTimerStopsAfterItsFirstUpdate() {
        startTick();
        p.write(TIM6 + CR1, 9);
        p.runTo(1_000_000);
        assertThat(p.read(TIM6 + CR1)).isEqualTo(8);
        assertThat(p.raised).containsEntry(49, 1);
        assertThat(p.read(TIM6 + CNT)).isZero();
    }

    @Test
    void aNewPrescalerCountsFromTheNextUpdateOn() {
        startTick();
        p.write(TIM6 + PSC, 319);
        p.runTo(160_000);
        p.write(TIM6 + SR, 0);
        p.runTo(160_000 + 319_999);
        assertThat(p.raised).containsEntry(49, 1);
        p.runTo(160_000 + 320_000);
        assertThat(p.raised).containsEntry(49, 2);
    }

    @Test
    void aTimerOf32BitsReloadsAt32Bits() {
        int tim2 = 0x4000_0000;
        p.write(tim2 + CR1, 1);
        p.runTo(0x1_2345_6789L);
        assertThat(p.read(tim2 + CNT)).isEqualTo(0x2345_6789);
    }

    @Test
    void whatASerialPortSendsIsShownByLines() {
        p.write(USART2 + CR1, 0xD);
        assertThat(p.read(USART2 + 0x1C)).isEqualTo(1 << 22 | 1 << 21 | 1 << 7 | 1 << 6);
        for (char c : "one\r\ntwo\nthr".toCharArray()) {
            p.write(USART2 + 0x28, 1, c);
        }
        assertThat(p.lines).containsExactly("USART2: one", "USART2: two");
    }

    @Test
    void aSerialPortThatIsOffSendsNothingAndWarns() {
        p.write(USART2 + 0x28, 'x');
        assertThat(p.warnings).hasSize(1);
        assertThat(p.read(USART2 + 0x1C) & (1 << 21)).isZero();
    }

    @Test
    void anEmptyTransmitterInterruptsWhileItIsAskedTo() {
        p.write(USART2 + CR1, 0xD | 1 << 7);
        assertThat(p.level.get(62)).isTrue();
        p.write(USART2 + CR1, 0xD);
        assertThat(p.level.get(62)).isFalse();
    }

    @Test
    void pinsAreSetResetAndShown() {
        p.write(GPIOA, 0xABFF_F7FF);
        p.write(GPIOA + 0x18, 1 << 5);
        assertThat(p.read(GPIOA + 0x14)).isEqualTo(1 << 5);
        assertThat(p.read(GPIOA + 0x10) & (1 << 5)).isEqualTo(1 << 5);
        p.write(GPIOA + 0x28, 1 << 5);
        assertThat(p.read(GPIOA + 0x14)).isZero();
        p.write(GPIOA + 0x18, 1 << 5 | 1 << 21);
        assertThat(p.lines).containsExactly("GPIOA5 high", "GPIOA5 low", "GPIOA5 high");
    }

    @Test
    void anInputReadsItsPullUp() {
        p.write(GPIOA, 0);
        p.write(GPIOA + 0x0C, 1 << 6);
        assertThat(p.read(GPIOA + 0x10)).isEqualTo(1 << 3);
    }

    @Test
    void anEmptyBusAnswersEveryAddressWithNack() {
        p.write(I2C1, 1);
        p.write(I2C1 + 4, 1 << 13 | 0x88);
        p.runTo(1000);
        assertThat(p.read(I2C1 + 0x18)).isEqualTo(1 | 1 << 4 | 1 << 5);
        p.write(I2C1 + 0x1C, 1 << 4 | 1 << 5);
        assertThat(p.read(I2C1 + 0x18)).isEqualTo(1);
        assertThat(p.read(I2C1 + 4) & (1 << 13)).isZero();
    }

    @Test
    void softwareTriggersAnExternalInterruptLine() {
        p.write(EXTI + 0x80, 1 << 3);
        p.write(EXTI + 0x08, 1 << 3);
        assertThat(p.level.get(14)).isTrue();
        p.write(EXTI + 0x0C, 1 << 3);
        assertThat(p.level.get(14)).isFalse();
    }

    @Test
    void rccIsHidden() {
        p.write(0x4602_0C8C, 5);
        assertThat(p.read(0x4602_0C8C)).isZero();
        assertThat(p.warnings).hasSize(1);
        assertThat(p.read(0x4602_0C20)).isZero();
        assertThat(p.warnings).hasSize(1);
    }

    @Test
    void whatIsNotEmulatedRemembersAndWarnsOnceByName() {
        p.write(0x4002_4008, 0x1234_5678);
        p.write(0x4002_400A, 1, 0xFF);
        assertThat(p.read(0x4002_4008)).isEqualTo(0x12FF_5678);
        assertThat(p.warnings)
                .containsExactly(
                        "TSC is not emulated; its registers only remember what is written");
        p.read(0x4F00_0000);
        assertThat(p.warnings.get(1)).startsWith("the peripheral at 0x4f000000 is not emulated");
    }

    @Test
    void settingABitWithoutEffectWarnsOfIt() {
        p.write(TIM6 + CR1, 1 << 12);
        assertThat(p.warnings)
                .containsExactly("TIM6_CR1: DITHEN can be set but has no effect in the emulator");
    }

    @Test
    void randomNumbersFollowFromTheSeed() {
        p.write(RNG, 4);
        int[] first = {p.read(RNG + 8), p.read(RNG + 8)};
        PeripheralFixture other = new PeripheralFixture();
        other.write(RNG, 4);
        assertThat(new int[] {other.read(RNG + 8), other.read(RNG + 8)}).isEqualTo(first);
        assertThat(first[0]).isNotEqualTo(first[1]);
        assertThat(p.read(RNG + 4)).isEqualTo(1);
    }

    /** CRC-32/MPEG-2 of "123456789", and CRC-32 (zlib) of the same with reversed bits. */
    @Test
    void checksumsAreThoseOfTheStandards() {
        for (byte b : "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
            p.write(CRC, 1, b);
        }
        assertThat(p.read(CRC)).isEqualTo(0x0376_E6E7);
        p.write(CRC + 8, 1 | 1 << 5 | 1 << 7);
        for (byte b : "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
            p.write(CRC, 1, b);
        }
        assertThat(~p.read(CRC)).isEqualTo(0xCBF4_3926);
    }

    @Test
    void everyPeripheralComesBackAsItWasSaved() {
        startTick();
        p.write(USART2 + CR1, 0xD);
        p.write(USART2 + 0x28, 1, 'a');
        p.write(RNG, 4);
        p.write(0x4002_4008, 9);
        p.runTo(1_000_000);
        Object[] saved = p.all().stream().map(Peripheral::save).toArray();
        long now = p.now;
        int random = p.read(RNG + 8);
        p.write(TIM6 + CR1, 0);
        p.write(0x4002_4008, 10);
        p.write(USART2 + 0x28, 1, 'b');
        p.now = now;
        for (int i = 0; i < saved.length; i++) {
            p.all().get(i).restore(saved[i]);
        }
        assertThat(p.read(RNG + 8)).isEqualTo(random);
        assertThat(p.read(TIM6 + CR1)).isEqualTo(1);
        assertThat(p.read(0x4002_4008)).isEqualTo(9);
        p.write(USART2 + 0x28, 1, '\n');
        assertThat(p.lines).containsExactly("USART2: a");
    }

    @Test
    void resettingGivesTheValuesAfterPowerUp() {
        p.write(GPIOA, 0);
        p.all().forEach(Peripheral::reset);
        assertThat(p.read(GPIOA)).isEqualTo(0xABFF_FFFF);
    }

    @Test
    void noTwoEmulatedBlocksOverlap() {
        long[] bases =
                p.all().stream()
                        .filter(x -> !(x instanceof PlainStorage) && x.sizeBytes() > 0)
                        .mapToLong(x -> Integer.toUnsignedLong(x.baseAddress()))
                        .sorted()
                        .toArray();
        assertThat(Arrays.stream(bases).distinct().count()).isEqualTo(bases.length);
    }
}
