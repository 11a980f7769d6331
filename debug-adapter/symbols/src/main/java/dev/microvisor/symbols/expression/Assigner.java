package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.RegisterName;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.type.ArrayType;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/** Writes values into memory and registers. */
final class Assigner {
    private final TargetWriter writer;

    Assigner(TargetWriter writer) {
        this.writer = writer;
    }

    private void needWriter() {
        if (writer == null) {
            throw new ExpressionException("an assignment is not allowed here: nothing was changed");
        }
    }

    Value assign(Value target, Value source) {
        needWriter();
        byte[] bytes = bytesFor(target, source);
        Location location = target.location();
        if (location instanceof Location.Memory) {
            writeMemory(((Location.Memory) location).address(), target, bytes);
        } else if (location instanceof Location.Register && !target.isBitField()) {
            writeRegisters(((Location.Register) location).number(), target, source, bytes);
        } else {
            throw new ExpressionException(
                    target.problem()
                            .map(reason -> "it cannot be assigned to: " + reason)
                            .orElse("it cannot be assigned to: it is not in memory or a register"));
        }
        return target;
    }

    private static byte[] bytesFor(Value target, Value source) {
        Type type = target.type().resolved();
        if (type instanceof CompositeType || type instanceof ArrayType) {
            byte[] bytes = source.bytes();
            boolean text =
                    type instanceof ArrayType && source.type().resolved() instanceof ArrayType;
            if (bytes.length > type.sizeBytes() || (bytes.length < type.sizeBytes() && !text)) {
                throw new ExpressionException(
                        "a value of type " + source.type() + " does not fit " + target.type());
            }
            return Arrays.copyOf(bytes, (int) type.sizeBytes());
        }
        return Conversion.cast(source, target.type()).bytes();
    }

    private void writeMemory(long address, Value target, byte[] bytes) {
        byte[] written = bytes;
        if (target.isBitField()) {
            written = merged(address, target, Bits.unsigned(bytes, 8));
        }
        if (!writer.writeMemory(address, written)) {
            throw new ExpressionException(
                    String.format("memory at 0x%08x cannot be written", address));
        }
    }

    /** The bytes around a bit-field with only its bits changed. */
    private static byte[] merged(long address, Value target, long number) {
        int size = (target.bitOffset() + target.bitSize() + 7) / 8;
        byte[] bytes = target.context().registers().read(address, size);
        if (bytes.length < size) {
            throw new ExpressionException(
                    String.format("memory at 0x%08x cannot be read", address));
        }
        byte[] result = bytes.clone();
        for (int i = 0; i < target.bitSize(); i++) {
            int bit = target.bitOffset() + i;
            int mask = 1 << bit % 8;
            boolean set = (number >>> i & 1) != 0;
            result[bit / 8] = (byte) (set ? result[bit / 8] | mask : result[bit / 8] & ~mask);
        }
        return result;
    }

    private void writeRegisters(int first, Value target, Value source, byte[] bytes) {
        int number =
                first >= FrameContext.FIRST_DOUBLE
                        ? FrameContext.FIRST_SINGLE + 2 * (first - FrameContext.FIRST_DOUBLE)
                        : first;
        for (int at = 0; at < bytes.length; at += 4) {
            byte[] word = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 4));
            // Compilers keep small numbers extended to the whole register.
            int value =
                    word.length == bytes.length && bytes.length < 4
                            ? (int) Conversion.cast(source, target.type()).asLong()
                            : (int) Bits.unsigned(word, 4);
            writeRegister(number + at / 4, value, target.context());
        }
    }

    private void writeRegister(int number, int value, ExpressionContext context) {
        FrameContext registers = context.registers();
        boolean done;
        if (!registers.isRestored(number)) {
            done = writer.writeRegister(number, value);
        } else {
            OptionalLong saved = registers.savedAt(number);
            done = saved.isPresent() && writer.writeMemory(saved.getAsLong(), Bits.bytes(value, 4));
        }
        if (!done) {
            throw new ExpressionException(
                    RegisterName.of(number) + " cannot be changed in this frame");
        }
    }

    Value assignRegister(String written, Value source, ExpressionContext context) {
        needWriter();
        String name = written.toLowerCase(Locale.ROOT);
        int number = RegisterValue.number(name);
        if (number >= 0) {
            return assign(RegisterValue.of(written, context), source);
        }
        int value = (int) source.asLong();
        if (!writer.writeNamed(name, value)) {
            throw new ExpressionException("$" + written + " cannot be changed");
        }
        return Value.of(source.type(), value, context);
    }
}
