package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.target.FrameContext;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The registers of an outer frame: some restored, the others as the inner frame has them. */
final class UnwoundContext implements FrameContext {
    private final FrameContext inner;
    private final Map<Integer, OptionalInt> registers;
    private final Map<String, OptionalInt> named;
    private final Map<Integer, Long> saved;

    UnwoundContext(
            FrameContext inner,
            Map<Integer, OptionalInt> registers,
            Map<String, OptionalInt> named,
            Map<Integer, Long> saved) {
        this.inner = inner;
        this.registers = registers;
        this.named = named;
        this.saved = saved;
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

    @Override
    public boolean isRestored(int number) {
        return registers.containsKey(number) || inner.isRestored(number);
    }

    @Override
    public OptionalLong savedAt(int number) {
        if (registers.containsKey(number)) {
            Long address = saved.get(number);
            return address == null ? OptionalLong.empty() : OptionalLong.of(address);
        }
        return inner.savedAt(number);
    }
}
