package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.Cloud;
import dev.microvisor.emulator.cloud.CloudFile;
import dev.microvisor.emulator.cloud.CloudFileException;
import dev.microvisor.emulator.guest.Peripheral;
import dev.microvisor.emulator.guest.StopReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All peripherals on a machine that is only a clock and a set of interrupt lines. */
final class PeripheralFixture {
    final List<String> lines = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final Map<Integer, Integer> raised = new HashMap<>();
    final Map<Integer, Boolean> level = new HashMap<>();
    final List<String> resets = new ArrayList<>();

    /** RAM from {@link #RAM} on. */
    final byte[] memory = new byte[1 << 16];

    static final int RAM = 0x2000_0000;
    StopReason stop;
    long now;

    final Peripherals peripherals;
    private final List<Peripheral> all;

    PeripheralFixture() {
        this(Cloud.defaults());
    }

    /** With what a cloud file says. */
    static PeripheralFixture wired(String toml) {
        try {
            return new PeripheralFixture(CloudFile.parse(toml, "test.toml", Path.of("")));
        } catch (CloudFileException e) {
            throw new AssertionError(e);
        }
    }

    private PeripheralFixture(Cloud cloud) {
        peripherals = new Peripherals(cloud);
        peripherals.setListener(
                new PeripheralListener() {
                    @Override
                    public void line(String port, String text, long instruction) {
                        lines.add(port + ": " + text);
                    }

                    @Override
                    public void pin(String port, int pin, boolean high, long instruction) {
                        lines.add(port + pin + (high ? " high" : " low"));
                    }
                });
        all = peripherals.all();
        all.forEach(p -> p.attach(new LineRecorder(this)));
    }

    List<Peripheral> all() {
        return all;
    }

    Peripheral at(int address) {
        return all.stream()
                .filter(p -> Integer.compareUnsigned(address - p.baseAddress(), p.sizeBytes()) < 0)
                .min(java.util.Comparator.comparingInt(Peripheral::sizeBytes))
                .orElseThrow();
    }

    int read(int address) {
        return at(address).read(address - at(address).baseAddress(), 4);
    }

    void write(int address, int value) {
        write(address, 4, value);
    }

    void write(int address, int widthBytes, int value) {
        at(address).write(address - at(address).baseAddress(), widthBytes, value);
    }

    int readByte(int address) {
        return at(address).read(address - at(address).baseAddress(), 1);
    }

    /** Runs all events up to an instruction. */
    void runTo(long instruction) {
        while (true) {
            long next = all.stream().mapToLong(Peripheral::nextEvent).min().orElseThrow();
            if (next > instruction) {
                break;
            }
            now = Math.max(now, next);
            all.stream().filter(p -> p.nextEvent() <= now).forEach(p -> p.runEvents(now));
        }
        now = instruction;
    }
}
