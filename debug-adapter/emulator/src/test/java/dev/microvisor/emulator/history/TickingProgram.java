package dev.microvisor.emulator.history;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Hypervisor;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.FirmwareImage;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.MachineOptions;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * A program that counts, sleeps now and then, and is interrupted by SysTick every 100 instructions.
 *
 * <pre>
 * 100: ldr  r0, =0xE000E010   ; SysTick: reload 99, interrupt on
 * 102: movs r1, #99
 * 104: str  r1, [r0, #4]
 * 106: movs r1, #7
 * 108: str  r1, [r0]
 * 10a: mov  r2, #0x20000000
 * 10e: movs r3, #0
 * 110: adds r3, #1            ; LOOP
 * 112: str  r3, [r2]          ; STORE
 * 114: lsrs r4, r3, #7
 * 116: lsls r4, r4, #7
 * 118: cmp  r4, r3
 * 11a: bne  110
 * 11c: wfi                    ; SLEEP
 * 11e: b    110
 * 140: ldr  r0, =0x20000004   ; HANDLER
 * 142: ldr  r1, [r0]
 * 144: adds r1, #1
 * 146: str  r1, [r0]
 * 148: bx   lr
 * </pre>
 */
final class TickingProgram {
    static final int FLASH = 0x0800_0000;
    static final int COUNTER = 0x2000_0000;
    static final int TICKS = 0x2000_0004;
    static final int STORE = FLASH + 0x112;
    static final int SLEEP = FLASH + 0x11C;
    static final int HANDLER = FLASH + 0x140;

    private static final int SYSTICK_VECTOR = 15;
    private static final String CODE =
            "124863214160072101604ff00052002301331360dc09e4019c42f9d130bff7e7";
    private static final String HANDLER_CODE = "03480168013101607047000010e000e004000020";

    private TickingProgram() {}

    static Machine machine() {
        byte[] image = new byte[0x160];
        word(image, 0, 0x2000_1000);
        word(image, 4, FLASH + 0x101);
        word(image, 4 * SYSTICK_VECTOR, HANDLER + 1);
        put(image, 0x100, CODE);
        put(image, 0x140, HANDLER_CODE);
        FirmwareImage firmware =
                new FirmwareImage(
                        List.of(new FirmwareImage.Segment(FLASH, image)), FLASH, new TreeMap<>());
        return new Machine(firmware, new NoHypervisor(), List.of(), MachineOptions.defaults());
    }

    private static void word(byte[] image, int at, int value) {
        for (int i = 0; i < 4; i++) {
            image[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private static void put(byte[] image, int at, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        System.arraycopy(bytes, 0, image, at, bytes.length);
    }

    /** The program makes no system calls. */
    private static final class NoHypervisor implements Hypervisor {
        @Override
        public void attach(Guest guest) {}

        @Override
        public int call(int slot, int r0, int r1, int r2, int r3) {
            throw new AssertionError("system call " + slot);
        }

        @Override
        public void applicationCrashed(StopReason.Fault fault) {}

        @Override
        public boolean expectsOutsideInput() {
            return false;
        }

        @Override
        public long nextEvent() {
            return NEVER;
        }

        @Override
        public void runEvents(long now) {}

        @Override
        public Object save() {
            return "";
        }

        @Override
        public void restore(Object state) {}
    }
}
