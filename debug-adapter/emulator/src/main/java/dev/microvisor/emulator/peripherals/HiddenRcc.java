package dev.microvisor.emulator.peripherals;

/**
 * RCC as the application sees it without asking Microvisor: it reads as zero and ignores writes.
 * The clocks are Microvisor's; {@code mvPeriphPeek32} and {@code mvPeriphPoke32} are the way to
 * them.
 */
final class HiddenRcc extends Block {
    HiddenRcc(int baseAddress) {
        super("RCC", baseAddress, SIZE);
    }

    @Override
    public int read(int offset, int widthBytes) {
        return 0;
    }

    @Override
    public void write(int offset, int widthBytes, int value) {
        guest().warnOnce(
                        String.format(
                                "write to RCC+0x%02x has no effect: RCC belongs to Microvisor; use"
                                        + " mvPeriphPoke32",
                                offset));
    }

    @Override
    public int peek(int offset, int widthBytes) {
        return 0;
    }

    @Override
    public void reset() {}

    @Override
    public Object save() {
        return null;
    }

    @Override
    public void restore(Object state) {}
}
