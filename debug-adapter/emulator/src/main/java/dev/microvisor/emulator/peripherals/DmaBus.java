package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.guest.Guest;
import dev.microvisor.emulator.guest.Peripheral;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** What a DMA controller is connected to: memory, registers, and the request lines. */
final class DmaBus {
    /** A request line, and who hears that a datum was moved for it. */
    private record Line(BooleanSupplier active, Runnable served) {}

    private static final Line QUIET = new Line(() -> false, () -> {});

    private final Map<Integer, Line> requests = new HashMap<>();
    private List<Peripheral> peripherals = List.of();
    private final List<Controller> controllers = new ArrayList<>();

    /**
     * A request line.
     *
     * @param number as REQSEL selects it
     */
    void connect(int number, BooleanSupplier active) {
        connect(number, active, () -> {});
    }

    /** A request line of an event, which is over when one datum has been moved for it. */
    void connect(int number, BooleanSupplier active, Runnable served) {
        requests.put(number, new Line(active, served));
    }

    /** Everything that has registers. */
    void connect(List<Peripheral> all) {
        peripherals = List.copyOf(all);
    }

    /** Who moves data. */
    interface Controller {
        /** Request lines may have changed. */
        void requestsChanged();

        /** An edge of a trigger. */
        void triggered(int event, boolean rising);

        /** True when a channel waits for an event. */
        boolean isTriggeredBy(int event);
    }

    void connect(Controller dma) {
        controllers.add(dma);
    }

    void requestsChanged() {
        controllers.forEach(Controller::requestsChanged);
    }

    /**
     * An event that channels may wait for is a pulse: both edges.
     *
     * @param event as TRIGSEL selects it
     */
    void pulse(int event) {
        triggered(event, true);
        triggered(event, false);
    }

    /** An edge of a signal that channels may wait for. */
    void triggered(int event, boolean rising) {
        controllers.forEach(controller -> controller.triggered(event, rising));
    }

    boolean isTriggeredBy(int event) {
        return controllers.stream().anyMatch(controller -> controller.isTriggeredBy(event));
    }

    /** False for lines that nothing drives. */
    boolean knows(int request) {
        return requests.containsKey(request);
    }

    boolean requested(int request) {
        return requests.getOrDefault(request, QUIET).active().getAsBoolean();
    }

    /** A datum is moved because of a request. */
    void served(int request) {
        requests.getOrDefault(request, QUIET).served().run();
    }

    /** Reads 1, 2 or 4 bytes; empty where nothing may be read. */
    OptionalInt read(Guest guest, int address, int widthBytes) {
        Optional<Peripheral> peripheral = peripheralAt(address);
        if (peripheral.isPresent()) {
            int offset = address - peripheral.get().baseAddress();
            return OptionalInt.of(peripheral.get().read(offset, widthBytes));
        }
        if (!guest.readable(address, widthBytes)) {
            return OptionalInt.empty();
        }
        int value = 0;
        byte[] bytes = guest.read(address, widthBytes);
        for (int i = widthBytes - 1; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return OptionalInt.of(value);
    }

    /** Writes 1, 2 or 4 bytes; false where nothing may be written. */
    boolean write(Guest guest, int address, int widthBytes, int value) {
        Optional<Peripheral> peripheral = peripheralAt(address);
        if (peripheral.isPresent()) {
            int offset = address - peripheral.get().baseAddress();
            peripheral.get().write(offset, widthBytes, value);
            return true;
        }
        if (!guest.writable(address, widthBytes)) {
            return false;
        }
        byte[] bytes = new byte[widthBytes];
        for (int i = 0; i < widthBytes; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        guest.write(address, bytes);
        return true;
    }

    private Optional<Peripheral> peripheralAt(int address) {
        return peripherals.stream()
                .filter(p -> Integer.compareUnsigned(address - p.baseAddress(), p.sizeBytes()) < 0)
                .min(Comparator.comparingInt(Peripheral::sizeBytes));
    }
}
