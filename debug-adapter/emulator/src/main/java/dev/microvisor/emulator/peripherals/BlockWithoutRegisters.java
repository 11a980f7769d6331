package dev.microvisor.emulator.peripherals;

/** What has state and a time of its own but no addresses: things outside of the chip. */
abstract class BlockWithoutRegisters extends Block {
    BlockWithoutRegisters(String name) {
        super(name, PlainStorage.BASE, 0);
    }

    @Override
    public final int read(int offset, int widthBytes) {
        throw noRegisters();
    }

    @Override
    public final void write(int offset, int widthBytes, int value) {
        throw noRegisters();
    }

    @Override
    public final int peek(int offset, int widthBytes) {
        throw noRegisters();
    }

    private IllegalStateException noRegisters() {
        return new IllegalStateException(name() + " has no registers");
    }
}
