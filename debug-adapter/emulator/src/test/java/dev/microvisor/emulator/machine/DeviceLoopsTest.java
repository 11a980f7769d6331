package dev.microvisor.emulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Loops that wait for a flag of a peripheral, which changes only at the peripheral's events, are
 * jumped over as those that wait for memory are; nobody can tell.
 */
class DeviceLoopsTest {
    private static final int USART2 = 0x4000_4400;
    private static final int TIM2 = 0x4000_0000;

    /** 115200 baud at 160 MHz, ten bits. */
    private static final int CHARACTER = 13_890;

    /** Sends one character after the other, and waits for TC behind each, as drivers do. */
    private static TinyFirmware sending() {
        return new TinyFirmware()
                .code(
                        0x4C07, // ldr r4, =USART2
                        0xF240, 0x506D, // movw r0, #1389
                        0x60E0, // str r0, [r4, #0x0C]  BRR
                        0x200D, // movs r0, #13
                        0x6020, // str r0, [r4]  CR1: UE, RE, TE
                        0x2700, // movs r7, #0
                        0x62A7, // 1: str r7, [r4, #0x28]  TDR
                        0x3701, // adds r7, #1
                        0x69E0, // 2: ldr r0, [r4, #0x1C]  ISR
                        0x0640, // lsls r0, r0, #25
                        0xD5FC, // bpl 2b
                        0xE7F9) // b 1b
                .word(TinyFirmware.CODE + 0x20, USART2);
    }

    @Test
    void everythingIsAsIfEachRoundHadBeenExecuted() {
        Machine jumping = sending().wholeMachine();
        Machine plain = sending().wholeMachine();
        plain.interpretOnly();
        for (long until = 1_000; until < 400L * CHARACTER; until += 1_079_190) {
            jumping.run(until);
            plain.run(until);
            assertEquals(plain.stateHash(), jumping.stateHash(), "at " + until);
        }
        assertThat(jumping.registers().get(7)).isEqualTo(389);
        assertThat(jumping.processor().jumpedOver()).isGreaterThan(200L * CHARACTER);
    }

    /** A counter goes on by itself, without any event. */
    @Test
    void aLoopThatReadsACounterIsExecuted() {
        TinyFirmware counting =
                new TinyFirmware()
                        .code(
                                0x4C03, // ldr r4, =TIM2
                                0x2001, // movs r0, #1
                                0x6020, // str r0, [r4]  CR1: CEN
                                0x6A60, // 1: ldr r0, [r4, #0x24]  CNT
                                0x0C00, // lsrs r0, r0, #16
                                0xD0FC, // beq 1b
                                0xE7FE) // b .
                        .word(TinyFirmware.CODE + 0x10, TIM2);
        Machine machine = counting.wholeMachine();
        machine.run(200_000);
        assertThat(machine.registers().get(Registers.PC)).isEqualTo(TinyFirmware.CODE + 0xC);
        assertThat(machine.processor().jumpedOver()).isZero();
    }

    @Test
    void aPeripheralThatRccResetsIsAsAfterPowerUp() {
        Machine machine = sending().wholeMachine();
        machine.run(1_000);
        assertThat(machine.peek(USART2, 1)).containsExactly(13);
        machine.resetPeripheral("USART2");
        assertThat(machine.peek(USART2, 1)).containsExactly(0);
        assertThat(machine.peek(USART2 + 0x1C, 1)).as("TC, TXE").containsExactly(0xC0);
    }
}
