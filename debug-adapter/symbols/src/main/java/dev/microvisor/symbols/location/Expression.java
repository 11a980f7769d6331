package dev.microvisor.symbols.location;

import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.target.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The stack machine of DWARF expressions (DWARF 5 section 2.5). One object evaluates one
 * expression.
 */
public final class Expression {
    private static final int MAX_STACK = 256;
    private static final int MAX_STEPS = 10_000;
    private static final int MAX_CALLS = 16;

    private final Unit unit;
    private final ExpressionContext context;
    private final List<TypedNumber> stack = new ArrayList<>();
    private final List<Location.Piece> pieces = new ArrayList<>();
    private int steps;
    private int calls;

    /** What the expression said last: a place, when it was not an address. */
    private Location place;

    private Expression(Unit unit, ExpressionContext context) {
        this.unit = unit;
        this.context = context;
    }

    /** Where an object is. */
    public static Location locate(Slice expression, Unit unit, ExpressionContext context) {
        if (expression.isEmpty()) {
            return new Location.OptimisedOut("optimised out");
        }
        try {
            Expression machine = new Expression(unit, context);
            machine.run(expression);
            return machine.result();
        } catch (UnavailableException e) {
            return new Location.OptimisedOut(e.getMessage());
        } catch (MalformedException e) {
            return new Location.OptimisedOut("damaged debug information: " + e.getMessage());
        }
    }

    /**
     * The number that an expression computes.
     *
     * @param initial pushed first, as call frame information wants
     * @throws UnavailableException when it cannot be computed
     */
    public static long number(
            Slice expression, Unit unit, ExpressionContext context, OptionalLong initial) {
        Expression machine = new Expression(unit, context);
        if (initial.isPresent()) {
            machine.push(initial.getAsLong());
        }
        machine.run(expression);
        if (machine.place instanceof Location.Register) {
            return machine.register(((Location.Register) machine.place).number());
        }
        return machine.pop().value();
    }

    /**
     * What something was when the function was entered. Callers say it of registers, so a register
     * read as of a type is asked for by its number alone.
     */
    private void entryValue(Slice wanted) {
        Cursor inside = wanted.cursor(0);
        int op = inside.u8();
        if (op != 0xA5 && op != 0xF5) { // DW_OP_regval_type, DW_OP_GNU_regval_type
            push(context.entryValue(wanted));
            return;
        }
        int register = inside.ulebInt();
        if (register > 0x7F) {
            throw new UnavailableException("the value at entry of register " + register);
        }
        NumberType as = type(inside);
        byte[] place =
                register < 32
                        ? new byte[] {(byte) (0x50 + register)} // DW_OP_reg0…
                        : new byte[] {(byte) 0x90, (byte) register}; // DW_OP_regx
        pushTyped(as.number(context.entryValue(Slice.of(place, "entry value"))));
    }

    private Location result() {
        if (!pieces.isEmpty()) {
            return new Location.Pieces(pieces);
        }
        return takePlace();
    }

    /** The place of a piece or of the whole. */
    private Location takePlace() {
        Location taken = place;
        place = null;
        if (taken == null && stack.isEmpty()) {
            return new Location.OptimisedOut("optimised out");
        }
        return taken == null ? new Location.Memory(pop().value()) : taken;
    }

    private void run(Slice expression) {
        Cursor cursor = expression.cursor(0);
        while (cursor.hasRemaining()) {
            if (++steps > MAX_STEPS) {
                throw new UnavailableException("the location expression does not end");
            }
            step(cursor.u8(), cursor);
        }
    }

    private void step(int op, Cursor cursor) {
        if (op >= 0x30 && op <= 0x4F) { // DW_OP_lit0..31
            push(op - 0x30);
        } else if (op >= 0x50 && op <= 0x6F) { // DW_OP_reg0..31
            place = new Location.Register(op - 0x50);
        } else if (op >= 0x70 && op <= 0x8F) { // DW_OP_breg0..31
            push(register(op - 0x70) + cursor.sleb());
        } else if (op >= 0x08 && op <= 0x11) {
            push(constant(op, cursor));
        } else if (op >= 0x12 && op <= 0x2F) {
            stackOrArithmetic(op, cursor);
        } else {
            special(op, cursor);
        }
    }

    private static long constant(int op, Cursor cursor) {
        switch (op) {
            case 0x08: // DW_OP_const1u
                return cursor.u8();
            case 0x09: // DW_OP_const1s
                return cursor.i8();
            case 0x0A: // DW_OP_const2u
                return cursor.u16();
            case 0x0B: // DW_OP_const2s
                return (short) cursor.u16();
            case 0x0C: // DW_OP_const4u
                return cursor.u32();
            case 0x0D: // DW_OP_const4s
                return cursor.i32();
            case 0x10: // DW_OP_constu
                return cursor.uleb();
            case 0x11: // DW_OP_consts
                return cursor.sleb();
            default: // DW_OP_const8u, DW_OP_const8s
                return cursor.i64();
        }
    }

    private void stackOrArithmetic(int op, Cursor cursor) {
        switch (op) {
            case 0x12: // DW_OP_dup
                pushTyped(peek(0));
                break;
            case 0x13: // DW_OP_drop
                pop();
                break;
            case 0x14: // DW_OP_over
                pushTyped(peek(1));
                break;
            case 0x15: // DW_OP_pick
                pushTyped(peek(cursor.u8()));
                break;
            case 0x16: // DW_OP_swap
                TypedNumber top = pop();
                TypedNumber second = pop();
                pushTyped(top);
                pushTyped(second);
                break;
            case 0x17: // DW_OP_rot
                TypedNumber first = pop();
                TypedNumber middle = pop();
                TypedNumber last = pop();
                pushTyped(first);
                pushTyped(last);
                pushTyped(middle);
                break;
            case 0x18: // DW_OP_xderef
                throw new UnavailableException("address spaces are not supported");
            case 0x19: // DW_OP_abs
            case 0x1F: // DW_OP_neg
            case 0x20: // DW_OP_not
                pushTyped(pop().unary(op));
                break;
            case 0x23: // DW_OP_plus_uconst
                TypedNumber base = pop();
                pushTyped(base.with(base.value() + cursor.uleb()));
                break;
            case 0x28: // DW_OP_bra
                int skip = (short) cursor.u16();
                if (pop().value() != 0) {
                    cursor.seek((long) cursor.offset() + skip);
                }
                break;
            case 0x2F: // DW_OP_skip
                int distance = (short) cursor.u16();
                cursor.seek((long) cursor.offset() + distance);
                break;
            default:
                TypedNumber right = pop();
                pushTyped(pop().binary(op, right));
                break;
        }
    }

    private void special(int op, Cursor cursor) {
        switch (op) {
            case 0x03: // DW_OP_addr
                push(cursor.u32());
                break;
            case 0x06: // DW_OP_deref
                push(load(pop().value(), 4));
                break;
            case 0x94: // DW_OP_deref_size
                int size = cursor.u8();
                push(load(pop().value(), size));
                break;
            case 0x90: // DW_OP_regx
                place = new Location.Register(cursor.ulebInt());
                break;
            case 0x91: // DW_OP_fbreg
                push(context.frameBase() + cursor.sleb());
                break;
            case 0x92: // DW_OP_bregx
                int number = cursor.ulebInt();
                push(register(number) + cursor.sleb());
                break;
            case 0x93: // DW_OP_piece
                addPiece(cursor.uleb() * 8, 0);
                break;
            case 0x9D: // DW_OP_bit_piece
                long bits = cursor.uleb();
                addPiece(bits, cursor.ulebInt());
                break;
            case 0x96: // DW_OP_nop
                break;
            case 0x97: // DW_OP_push_object_address
                push(
                        context.objectAddress()
                                .orElseThrow(() -> new UnavailableException("no object here")));
                break;
            case 0x98: // DW_OP_call2
                call(unit.offset() + (long) cursor.u16());
                break;
            case 0x99: // DW_OP_call4
                call(unit.offset() + cursor.u32());
                break;
            case 0x9A: // DW_OP_call_ref
                call(cursor.unsigned(unit.offsetSize()));
                break;
            case 0x9C: // DW_OP_call_frame_cfa
                push(context.callFrameAddress());
                break;
            case 0x9B: // DW_OP_form_tls_address
            case 0xE0: // DW_OP_GNU_push_tls_address
                throw new UnavailableException(
                        "thread-local variables are not supported: Microvisor firmware has no"
                                + " thread-local storage");
            case 0x9E: // DW_OP_implicit_value
                place = new Location.Constant(cursor.bytes(cursor.ulebInt()));
                break;
            case 0x9F: // DW_OP_stack_value
                place = new Location.Constant(pop().toBytes());
                break;
            case 0xA1: // DW_OP_addrx
            case 0xFB: // DW_OP_GNU_addr_index
            case 0xA2: // DW_OP_constx
            case 0xFC: // DW_OP_GNU_const_index
                push(unit.file().address(unit, cursor.uleb()));
                break;
            default:
                typed(op, cursor);
                break;
        }
    }

    private void typed(int op, Cursor cursor) {
        switch (op) {
            case 0xA0: // DW_OP_implicit_pointer
            case 0xF2: // DW_OP_GNU_implicit_pointer
                long target = cursor.unsigned(unit.version() <= 2 ? 4 : unit.offsetSize());
                place = new Location.ImplicitPointer(unit.file().dieAt(target), cursor.sleb());
                break;
            case 0xA3: // DW_OP_entry_value
            case 0xF3: // DW_OP_GNU_entry_value
                int length = cursor.ulebInt();
                entryValue(Slice.of(cursor.bytes(length), "entry value"));
                break;
            case 0xFA: // DW_OP_GNU_parameter_ref
                push(context.parameterValue(unit.dieAt(unit.offset() + cursor.u32())));
                break;
            case 0xA4: // DW_OP_const_type
            case 0xF4: // DW_OP_GNU_const_type
                NumberType type = type(cursor);
                pushTyped(type.number(Bits.unsigned(cursor.bytes(cursor.u8()), 8)));
                break;
            case 0xA5: // DW_OP_regval_type
            case 0xF5: // DW_OP_GNU_regval_type
                int register = cursor.ulebInt();
                NumberType as = type(cursor);
                pushTyped(as.number(wideRegister(register, as.sizeBytes())));
                break;
            case 0xA6: // DW_OP_deref_type
            case 0xF6: // DW_OP_GNU_deref_type
                int size = cursor.u8();
                pushTyped(type(cursor).number(load(pop().value(), size)));
                break;
            case 0xA8: // DW_OP_convert
            case 0xF7: // DW_OP_GNU_convert
                pushTyped(pop().convert(type(cursor)));
                break;
            case 0xA9: // DW_OP_reinterpret
            case 0xF9: // DW_OP_GNU_reinterpret
                pushTyped(type(cursor).number(pop().value()));
                break;
            case 0xF0: // DW_OP_GNU_uninit
                break;
            case 0xFD: // DW_OP_GNU_variable_value
                Location other = locateOther(cursor.unsigned(unit.offsetSize()));
                push(numberAt(other));
                break;
            default:
                throw new UnavailableException(
                        String.format("the operation 0x%02x (DW_OP) is not known", op));
        }
    }

    private Location locateOther(long offset) {
        if (++calls > MAX_CALLS) {
            throw new UnavailableException("expressions call each other without end");
        }
        var entry = unit.file().dieAt(offset);
        Slice expression =
                context.locationOf(entry)
                        .orElseThrow(() -> new UnavailableException("optimised out"));
        return locate(expression, entry.unit(), context);
    }

    private long numberAt(Location location) {
        if (location instanceof Location.Memory) {
            return load(((Location.Memory) location).address(), 4);
        }
        if (location instanceof Location.Register) {
            return register(((Location.Register) location).number());
        }
        if (location instanceof Location.Constant) {
            return Bits.unsigned(((Location.Constant) location).bytes(), 8);
        }
        throw new UnavailableException("optimised out");
    }

    private NumberType type(Cursor cursor) {
        long offset = cursor.uleb();
        return offset == 0 ? NumberType.GENERIC : NumberType.of(unit.dieAt(unit.offset() + offset));
    }

    private void call(long offset) {
        if (++calls > MAX_CALLS) {
            throw new UnavailableException("expressions call each other without end");
        }
        context.locationOf(unit.file().dieAt(offset)).ifPresent(this::run);
    }

    private void addPiece(long bitSize, int bitOffset) {
        if (bitSize < 0 || bitSize > Integer.MAX_VALUE || pieces.size() >= MAX_STACK) {
            throw new MalformedException("a piece of " + bitSize + " bits");
        }
        pieces.add(new Location.Piece(takePlace(), (int) bitSize, bitOffset));
    }

    private long register(int number) {
        OptionalInt value = context.registers().register(number);
        if (value.isEmpty()) {
            throw new UnavailableException(RegisterName.of(number) + " was not saved");
        }
        return Integer.toUnsignedLong(value.getAsInt());
    }

    private long wideRegister(int number, int sizeBytes) {
        if (number >= 256) {
            int single = 64 + 2 * (number - 256);
            return register(single) | register(single + 1) << 32;
        }
        return sizeBytes > 4 ? register(number) | register(number + 1) << 32 : register(number);
    }

    private long load(long address, int size) {
        if (size < 1 || size > 8) {
            throw new MalformedException("a memory access of " + size + " bytes");
        }
        return Bits.read(context.registers(), address, size)
                .orElseThrow(
                        () ->
                                new UnavailableException(
                                        String.format(
                                                "memory at 0x%08x cannot be read",
                                                address & 0xFFFF_FFFFL)));
    }

    private void push(long value) {
        pushTyped(NumberType.GENERIC.number(value));
    }

    private void pushTyped(TypedNumber value) {
        if (stack.size() >= MAX_STACK) {
            throw new MalformedException("the expression's stack overflows");
        }
        stack.add(value);
    }

    private TypedNumber pop() {
        if (stack.isEmpty()) {
            throw new MalformedException("the expression's stack is empty");
        }
        return stack.remove(stack.size() - 1);
    }

    private TypedNumber peek(int depth) {
        if (depth >= stack.size()) {
            throw new MalformedException("the expression's stack is empty");
        }
        return stack.get(stack.size() - 1 - depth);
    }
}
