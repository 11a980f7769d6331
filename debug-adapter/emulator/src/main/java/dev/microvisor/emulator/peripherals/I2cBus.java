package dev.microvisor.emulator.peripherals;

import dev.microvisor.emulator.cloud.hardware.I2cDevice;
import dev.microvisor.emulator.cloud.hardware.I2cFault;
import dev.microvisor.emulator.cloud.hardware.I2cModel;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The devices on one I2C bus, as a master has them: a controller of the chip, or firmware that
 * moves two pins. It has no state of its own; that of the devices is at the {@link Bench}.
 */
final class I2cBus {
    private final String name;
    private final Bench bench;
    private final BiConsumer<String, String> show;

    /**
     * @param show told what is written to devices that say under which name, in hexadecimal
     */
    I2cBus(String name, Bench bench, BiConsumer<String, String> show) {
        this.name = name;
        this.bench = bench;
        this.show = show;
    }

    boolean isEmpty() {
        return !bench.hasSlaves(name);
    }

    /** A fault of one kind that waits to happen happens now. */
    boolean takes(I2cFault.Error error) {
        return bench.takeFault(name, error);
    }

    /** Instructions for which the device that was addressed now holds the clock low. */
    long stretched() {
        return bench.takeStretch(name);
    }

    /** True while somebody holds the data line low. */
    boolean isStuck() {
        return bench.isStuck(name);
    }

    /**
     * A start condition and an address.
     *
     * @return true for ACK
     */
    boolean start(int address, boolean reads) {
        boolean fails = takes(I2cFault.Error.NACK_ADDRESS);
        Optional<I2cSlave> slave =
                bench.slaveAt(name, address).filter(s -> s.answers(bench.moment()));
        if (fails || slave.isEmpty()) {
            return false;
        }
        put(address, slave.get().started(model(address), reads, bench.moment()));
        return true;
    }

    /**
     * A byte for the device that was addressed.
     *
     * @return true for ACK
     */
    boolean write(int address, int data) {
        boolean fails = takes(I2cFault.Error.NACK_DATA);
        Optional<I2cSlave> slave = bench.slaveAt(name, address);
        if (fails || slave.isEmpty() || !slave.get().accepts(model(address))) {
            return false;
        }
        put(address, slave.get().written(model(address), data, bench.moment()));
        return true;
    }

    /** A byte from the device that was addressed. */
    int read(int address) {
        Optional<I2cSlave> slave = bench.slaveAt(name, address);
        if (slave.isEmpty()) {
            return 0xFF;
        }
        put(address, slave.get().read(model(address)));
        return slave.get().data();
    }

    /** A stop condition. */
    void stop(int address) {
        bench.slaveAt(name, address)
                .ifPresent(
                        slave -> {
                            showWritten(slave, model(address));
                            put(address, slave.stopped(model(address), bench.moment()));
                        });
    }

    private void showWritten(I2cSlave slave, I2cModel model) {
        if (slave.transfer().wroteData(model)) {
            model.shown().ifPresent(shown -> show.accept(shown, slave.transfer().written().hex()));
        }
    }

    private I2cModel model(int address) {
        return bench.deviceAt(name, address).map(I2cDevice::model).orElseThrow();
    }

    private void put(int address, I2cSlave slave) {
        bench.setSlave(name, address, slave);
    }
}
