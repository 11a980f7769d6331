package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.ElfFile;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.location.Expression;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.scope.FunctionIndex;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.target.FrameContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Finds the frame around a frame. */
final class Unwinder {
    private static final long ADDRESS_MASK = 0xFFFF_FFFFL;
    private static final int FIRST_DOUBLE_SAVED = FrameContext.FIRST_DOUBLE;

    private final ElfFile elf;
    private final DwarfFile dwarf;
    private final FunctionIndex functions;
    private final CallFrameTable table;
    private final CallSites callSites;

    /**
     * One step outward.
     *
     * @param frame the frame found, or null
     * @param exception whether it was interrupted, not called
     * @param end why there is none
     */
    record Step(PhysicalFrame frame, boolean exception, String end) {
        static Step end(String reason) {
            return new Step(null, false, reason);
        }
    }

    Unwinder(DwarfFile dwarf, FunctionIndex functions) {
        this.elf = dwarf.elf();
        this.dwarf = dwarf;
        this.functions = functions;
        this.table = new CallFrameTable(dwarf);
        this.callSites = new CallSites(functions, elf.symbols());
    }

    CallSites callSites() {
        return callSites;
    }

    /** The frame of the stopped code. */
    PhysicalFrame innermost(FrameContext registers) {
        long pc = Integer.toUnsignedLong(registers.register(FrameContext.PC).orElse(0)) & ~1L;
        return frame(registers, pc, pc, true);
    }

    private PhysicalFrame frame(FrameContext registers, long pc, long lookupPc, boolean innermost) {
        Optional<CfaRow> row = table.rowAt(lookupPc);
        if (row.isEmpty() && elf.symbols().functionAt(lookupPc).isPresent()) {
            // At the call a prologue is over, so the whole of it counts.
            row = Optional.of(new ThumbPrologue(registers).layoutAt(elf.symbols(), lookupPc).row());
        }
        return new PhysicalFrame(
                this, registers, pc, lookupPc, innermost, functions.functionAt(lookupPc), row);
    }

    OptionalLong cfa(PhysicalFrame frame, CfaRow row) {
        CfaRule rule = row.cfa();
        if (rule == null) {
            return OptionalLong.empty();
        }
        try {
            if (rule.kind() == CfaRule.Kind.VALUE_EXPRESSION) {
                return OptionalLong.of(
                        Expression.number(
                                rule.expression(),
                                anyUnit(),
                                frame.expressions(),
                                OptionalLong.empty()));
            }
        } catch (UnavailableException | MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; that frame is not unwound");
            return OptionalLong.empty();
        }
        OptionalInt base = frame.registers().register(rule.register());
        return base.isPresent()
                ? OptionalLong.of(
                        Integer.toUnsignedLong(base.getAsInt()) + rule.offset() & ADDRESS_MASK)
                : OptionalLong.empty();
    }

    private Unit anyUnit() {
        if (dwarf.units().isEmpty()) {
            throw new UnavailableException("a frame expression without debug information");
        }
        return dwarf.units().get(0);
    }

    Step step(PhysicalFrame frame) {
        if (isEntryPoint(frame)) {
            return Step.end("the program starts here");
        }
        OptionalInt returnAddress;
        Map<Integer, OptionalInt> registers = new HashMap<>();
        if (frame.row().isPresent() && frame.cfa().isPresent()) {
            restore(frame, frame.row().get(), frame.cfa().getAsLong(), registers);
            int returnRegister = frame.row().get().returnRegister();
            returnAddress =
                    registers.containsKey(returnRegister)
                            ? registers.get(returnRegister)
                            : frame.registers().register(returnRegister);
            if (!frame.isInnermost()
                    && !frame.row().get().registers().containsKey(returnRegister)) {
                return Step.end("the return address of this frame was not saved");
            }
        } else if (frame.isInnermost()) {
            // Code that nothing is known about: if it has just been called, LR leads back.
            returnAddress = frame.registers().register(FrameContext.LR);
        } else {
            return Step.end("there is no frame information for the code before this");
        }
        if (returnAddress.isEmpty()) {
            return Step.end("the return address cannot be read");
        }
        return follow(frame, registers, Integer.toUnsignedLong(returnAddress.getAsInt()));
    }

    private Step follow(
            PhysicalFrame frame, Map<Integer, OptionalInt> registers, long returnAddress) {
        if (returnAddress == ADDRESS_MASK || (returnAddress & ~1L) == 0) {
            return Step.end("the stack ends here");
        }
        if (ExceptionFrame.isFunctionReturn(returnAddress)) {
            return Step.end("called from secure code");
        }
        if (ExceptionFrame.isExceptionReturn(returnAddress)) {
            return interrupted(frame, registers, returnAddress);
        }
        long pc = returnAddress & ~1L;
        registers.put(FrameContext.LR, OptionalInt.of((int) returnAddress));
        registers.put(FrameContext.PC, OptionalInt.of((int) pc));
        // R0 to R3 and R12 are taken as unchanged although a function may overwrite them: gcc knows
        // which ones a callee leaves alone (-fipa-ra) and says that variables are still in them.
        // Where they may be overwritten, the location lists end before the call does.
        FrameContext outer =
                new UnwoundContext(frame.registers(), registers, Map.of(), saved(frame));
        String problem = problemWith(frame, outer, pc);
        if (problem != null) {
            return Step.end(problem);
        }
        boolean called = followsCall(outer, pc);
        if (!called && elf.symbols().functions().containsKey(pc)) {
            // An operating system starts a task with a return address that nothing called from.
            return Step.end("the task starts here");
        }
        return new Step(frame(outer, pc, called ? pc - 1 : pc, false), false, "");
    }

    private Step interrupted(
            PhysicalFrame frame, Map<Integer, OptionalInt> registers, long exceptionReturn) {
        FrameContext handler =
                new UnwoundContext(frame.registers(), registers, Map.of(), saved(frame));
        Optional<UnwoundContext> outer = ExceptionFrame.interrupted(handler, exceptionReturn);
        if (outer.isEmpty()) {
            return Step.end("the registers that the exception saved cannot be read");
        }
        long pc = Integer.toUnsignedLong(outer.get().register(FrameContext.PC).orElse(0)) & ~1L;
        return new Step(frame(outer.get(), pc, pc, true), true, "");
    }

    /** The caller's registers as the rules of a frame say. */
    private void restore(
            PhysicalFrame frame, CfaRow row, long cfa, Map<Integer, OptionalInt> into) {
        into.put(FrameContext.SP, OptionalInt.of((int) cfa));
        row.registers()
                .forEach(
                        (register, rule) -> {
                            if (register >= FIRST_DOUBLE_SAVED
                                    && register < FIRST_DOUBLE_SAVED + 16) {
                                int single =
                                        FrameContext.FIRST_SINGLE
                                                + 2 * (register - FIRST_DOUBLE_SAVED);
                                into.put(single, value(frame, rule, cfa, 0, single));
                                into.put(single + 1, value(frame, rule, cfa, 4, single + 1));
                            } else {
                                into.put(register, value(frame, rule, cfa, 0, register));
                            }
                        });
    }

    /** Where the rules of a frame say that the caller's registers are. */
    private static Map<Integer, Long> saved(PhysicalFrame frame) {
        Map<Integer, Long> result = new HashMap<>();
        if (frame.row().isPresent() && frame.cfa().isPresent()) {
            long cfa = frame.cfa().getAsLong();
            frame.row()
                    .get()
                    .registers()
                    .forEach(
                            (register, rule) -> {
                                if (rule.kind() == CfaRule.Kind.OFFSET
                                        && register != FrameContext.LR) {
                                    result.put(register, (cfa + rule.offset()) & ADDRESS_MASK);
                                }
                            });
        }
        return result;
    }

    private OptionalInt value(PhysicalFrame frame, CfaRule rule, long cfa, int more, int register) {
        FrameContext inner = frame.registers();
        switch (rule.kind()) {
            case UNDEFINED:
                return OptionalInt.empty();
            case SAME_VALUE:
                return inner.register(register);
            case REGISTER:
                return inner.register(rule.register());
            case OFFSET:
                return word(inner, cfa + rule.offset() + more);
            case VALUE_OFFSET:
                return OptionalInt.of((int) (cfa + rule.offset()));
            default:
                break;
        }
        try {
            long number =
                    Expression.number(
                            rule.expression(),
                            anyUnit(),
                            frame.expressions(),
                            OptionalLong.of(cfa));
            return rule.kind() == CfaRule.Kind.EXPRESSION
                    ? word(inner, number + more)
                    : OptionalInt.of((int) number);
        } catch (UnavailableException | MalformedException e) {
            return OptionalInt.empty();
        }
    }

    private static OptionalInt word(FrameContext memory, long address) {
        OptionalLong value = Bits.read(memory, address, 4);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /** Why the outer frame cannot be right, or null. */
    private String problemWith(PhysicalFrame frame, FrameContext outer, long pc) {
        long oldStack = stack(frame.registers());
        long newStack = stack(outer);
        if (newStack < oldStack || (newStack == oldStack && pc == frame.pc())) {
            return "the stack is damaged: it does not grow outward from here";
        }
        if (!elf.isLoaded(pc) && elf.symbols().functionAt(pc).isEmpty()) {
            return String.format("the return address 0x%08x is not in the program", pc);
        }
        return null;
    }

    private static long stack(FrameContext registers) {
        return Integer.toUnsignedLong(registers.register(FrameContext.SP).orElse(0));
    }

    /** Whether the instruction before an address is BL or BLX. */
    private static boolean followsCall(FrameContext memory, long pc) {
        byte[] before = memory.read(pc - 4, 4);
        if (before.length < 4) {
            return true;
        }
        int first = (int) Bits.unsigned(before, 2);
        int second = (int) (Bits.unsigned(before, 4) >>> 16);
        boolean bl = (first & 0xF800) == 0xF000 && (second & 0xC000) == 0xC000;
        boolean blx = (second & 0xFF80) == 0x4780;
        return bl || blx;
    }

    private boolean isEntryPoint(PhysicalFrame frame) {
        long entry = elf.entryPoint() & ~1L;
        if (entry == 0) {
            return false;
        }
        Optional<Symbol> symbol = elf.symbols().functionAt(frame.lookupPc());
        if (symbol.isPresent()) {
            return symbol.get().address() == entry;
        }
        return frame.function().map(Function::entry).filter(at -> at == entry).isPresent();
    }
}
