package dev.microvisor.symbols.value;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.LocationList;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.target.MemoryReader;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Evaluates what needs no frame: globals, constants, memory. */
public final class GlobalContext implements ExpressionContext {
    private final FrameContext registers;

    public GlobalContext(FrameContext registers) {
        this.registers = registers;
    }

    /** With memory only, as while the machine runs. */
    public static GlobalContext of(MemoryReader memory) {
        return new GlobalContext(
                new FrameContext() {
                    @Override
                    public OptionalInt register(int number) {
                        return OptionalInt.empty();
                    }

                    @Override
                    public OptionalInt named(String name) {
                        return OptionalInt.empty();
                    }

                    @Override
                    public byte[] read(long address, int sizeBytes) {
                        return memory.read(address, sizeBytes);
                    }
                });
    }

    @Override
    public FrameContext registers() {
        return registers;
    }

    private static UnavailableException noFrame() {
        return new UnavailableException("it needs a frame of the stack");
    }

    @Override
    public long frameBase() {
        throw noFrame();
    }

    @Override
    public long callFrameAddress() {
        throw noFrame();
    }

    @Override
    public long entryValue(Slice expression) {
        throw noFrame();
    }

    @Override
    public long parameterValue(Die parameter) {
        throw noFrame();
    }

    @Override
    public OptionalLong objectAddress() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<Slice> locationOf(Die entry) {
        return LocationList.find(entry, At.LOCATION, -1);
    }
}
