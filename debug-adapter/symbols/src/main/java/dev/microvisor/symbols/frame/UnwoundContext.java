package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.target.FrameContext;
import java.util.Map;
import java.util.OptionalInt;

/** The registers of an outer frame: some restored, the others as the inner frame has them. */
final class UnwoundContext implements FrameContext {
    private final FrameContext inner;
    private final Map<Integer, OptionalInt> registers;
    private final Map<String, OptionalInt> named;

    UnwoundContext(
            FrameContext inner,
            Map<Integer, OptionalInt> registers,
            Map<String, OptionalInt> named) {
        this.inner = inner;
        this.registers = registers;
        this.named = named;
    }

    @Override
    public OptionalInt register(int number) {
        OptionalInt own = registers.get(number);
        return own != null ? own : inner.register(number);
    }

    @Override
    public OptionalInt named(String name) {
        OptionalInt own = named.get(name);
        return own != null ? own : inner.named(name);
    }

    @Override
    public byte[] read(long address, int sizeBytes) {
        return inner.read(address, sizeBytes);
    }
}
