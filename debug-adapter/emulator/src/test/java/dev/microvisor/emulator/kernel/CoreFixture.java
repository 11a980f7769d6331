package dev.microvisor.emulator.kernel;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.CloudFileException;
import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.FirmwareImage;
import dev.microvisor.emulator.machine.Machine;
import dev.microvisor.emulator.machine.MachineOptions;
import dev.microvisor.emulator.machine.Registers;
import dev.microvisor.emulator.peripherals.Peripherals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Firmware of a few instructions on the real core, with the real kernel and peripherals: one branch
 * into the call table, one store, one wait, and a handler for all interrupts, which counts and
 * notes the event type of the record that lies at {@link #RING}.
 */
public final class CoreFixture {
    public static final int RING = 0x2000_4000;
    public static final int RECEIVE = 0x2000_6000;
    public static final int SEND = 0x2000_8000;
    public static final int IRQ = 51;

    /** How often the handler has run. */
    public static final int COUNT = 0x2000_2000;

    /** What the handler saw in the ring when it ran last. */
    public static final int SEEN = 0x2000_2004;

    private static final int FLASH = 0x0800_0000;
    private static final int CODE = FLASH + 0x200;
    private static final int STORE = CODE + 4;
    private static final int WAIT = CODE + 8;
    private static final int HANDLER = FLASH + 0x300;
    private static final int STACK = 0x2000_1000;
    private static final int NVIC_ISER1 = 0xE000_E104;

    public final Machine machine;
    public final Kernel kernel;
    private int free = 0x2000_2100;

    public CoreFixture(String cloudFile) {
        this(parse(cloudFile));
    }

    public CoreFixture(Cloud cloud) {
        kernel = new Kernel(cloud);
        machine =
                new Machine(
                        image(), kernel, new Peripherals(cloud).all(), MachineOptions.defaults());
    }

    private static Cloud parse(String cloudFile) {
        try {
            return CloudFile.parse(cloudFile, "cloud.toml", Path.of("."));
        } catch (CloudFileException e) {
            throw new AssertionError(e);
        }
    }

    private static FirmwareImage image() {
        ByteBuffer bytes = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, STACK).putInt(4, WAIT | 1);
        for (int i = 2; i < 128; i++) {
            bytes.putInt(4 * i, HANDLER | 1);
        }
        put(bytes, CODE, 0x47A0, 0xE7FE); // blx r4; b .
        put(bytes, STORE, 0x6001, 0xE7FE); // str r1, [r0]; b .
        put(bytes, WAIT, 0xE7FE); // b .
        put(bytes, HANDLER, 0x4804, 0x6801, 0x3101, 0x6001); // ldr r0, =COUNT; add 1 to it
        put(bytes, HANDLER + 8, 0x4903, 0x6889, 0x6041, 0x4770); // SEEN = RING[0].event_type
        bytes.putInt(HANDLER - FLASH + 20, COUNT).putInt(HANDLER - FLASH + 24, RING);
        return new FirmwareImage(
                List.of(new FirmwareImage.Segment(FLASH, bytes.array())), FLASH, new TreeMap<>());
    }

    private static void put(ByteBuffer bytes, int address, int... halfwords) {
        for (int i = 0; i < halfwords.length; i++) {
            bytes.putShort(address - FLASH + 2 * i, (short) halfwords[i]);
        }
    }

    /** The core makes a system call. */
    public Status call(String name, int... arguments) {
        SystemCall call = Catalog.bundled().call(name).orElseThrow();
        for (int i = 0; i < arguments.length; i++) {
            machine.registers().set(i, arguments[i]);
        }
        machine.registers().set(4, call.address() | 1);
        runFrom(CODE);
        return ApiConstant.fromCode(Status.class, machine.registers().get(0)).orElseThrow();
    }

    /** The core makes a call with any four words; what ended the run right after it, or instead. */
    public StopReason callWith(SystemCall call, int r0, int r1, int r2, int r3) {
        int[] words = {r0, r1, r2, r3};
        for (int i = 0; i < words.length; i++) {
            machine.registers().set(i, words[i]);
        }
        machine.registers().set(4, call.address() | 1);
        return runFrom(CODE);
    }

    /** The core stores a word. */
    public StopReason store(int address, int value) {
        machine.registers().set(0, address);
        machine.registers().set(1, value);
        return runFrom(STORE);
    }

    /** The core waits for interrupts as long as this. */
    public StopReason await(int milliseconds) {
        machine.registers().set(Registers.PC, WAIT);
        return goOn(milliseconds);
    }

    /** The core goes on where it is: a fault that stopped it is taken now. */
    public StopReason goOn(int milliseconds) {
        machine.setBreakpoints(Set.of());
        return machine.run(machine.now() + milliseconds * (machine.clockHz() / 1000L));
    }

    private StopReason runFrom(int address) {
        machine.registers().set(Registers.PC, address);
        machine.setBreakpoints(Set.of(address + 2));
        return machine.run(machine.now() + 1000);
    }

    /** Words in RAM. */
    public int words(int... values) {
        int at = free;
        for (int value : values) {
            machine.writeWord(free, value);
            free += 4;
        }
        return at;
    }

    public int word(int address) {
        return machine.readWord(address);
    }

    /** A notification centre, with its interrupt enabled as firmware does. */
    public int centre() {
        int handle = words(0);
        Status status = call("mvSetupNotifications", words(IRQ, RING, 128), handle);
        if (status != Status.OKAY) {
            throw new AssertionError(status);
        }
        store(NVIC_ISER1 - 4 + 4 * (IRQ / 32), 1 << IRQ % 32);
        return word(handle);
    }

    /** Opens a channel of a type. */
    public int channel(int type) {
        int centre = centre();
        int network = words(0);
        call("mvRequestNetwork", words(1, centre, 1), network);
        int handle = words(0);
        int params = words(1, centre, 7, word(network), RECEIVE, 1024, SEND, 512, type, handle, 0);
        Status status = call("mvOpenChannel", params, handle);
        if (status != Status.OKAY) {
            throw new AssertionError(status);
        }
        return word(handle);
    }
}
