package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.peripherals.Peripherals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeMap;

/** Firmware of a few instructions: code at 0x08000200, all exceptions at 0x08000300. */
final class TinyFirmware {
    static final int FLASH = 0x0800_0000;
    static final int CODE = FLASH + 0x200;
    static final int HANDLER = FLASH + 0x300;
    static final int STACK = 0x2000_1000;
    private static final int VECTORS = 128;

    private final ByteBuffer bytes = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);

    TinyFirmware() {
        bytes.putInt(0, STACK);
        bytes.putInt(4, CODE | 1);
        for (int i = 2; i < VECTORS; i++) {
            bytes.putInt(4 * i, HANDLER | 1);
        }
    }

    /** Halfwords of the main program. */
    TinyFirmware code(int... halfwords) {
        return put(CODE, halfwords);
    }

    /** Halfwords of the handler of everything. */
    TinyFirmware handler(int... halfwords) {
        return put(HANDLER, halfwords);
    }

    /** A word of data at an address. */
    TinyFirmware word(int address, int value) {
        bytes.putInt(address - FLASH, value);
        return this;
    }

    private TinyFirmware put(int address, int... halfwords) {
        for (int i = 0; i < halfwords.length; i++) {
            bytes.putShort(address - FLASH + 2 * i, (short) halfwords[i]);
        }
        return this;
    }

    FirmwareImage image() {
        return new FirmwareImage(
                List.of(new FirmwareImage.Segment(FLASH, bytes.array())), FLASH, new TreeMap<>());
    }

    Machine machine(TestHypervisor hypervisor) {
        return machine(hypervisor, MachineOptions.defaults());
    }

    Machine machine(TestHypervisor hypervisor, MachineOptions options) {
        return machine(hypervisor, List.of(), options);
    }

    Machine machine(
            TestHypervisor hypervisor, List<Peripheral> peripherals, MachineOptions options) {
        return new Machine(image(), hypervisor, peripherals, options);
    }

    /** With the peripherals of the chip. */
    Machine wholeMachine() {
        return new Machine(
                image(),
                new TestHypervisor(),
                new Peripherals(Cloud.defaults()).all(),
                MachineOptions.defaults());
    }
}
