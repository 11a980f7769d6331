package dev.microvisor.dap.view;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.motion.CodeMap;
import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.dwarf.AddressRange;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.stop.BreakpointPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells stepping what debug information knows of the code. */
public final class ProgramCode implements CodeMap {
    private static final int HALFWORD = 2;

    private final Program program;
    private final StackView stack;

    public ProgramCode(Target target, StackView stack) {
        this.program = target.program();
        this.stack = stack;
    }

    @Override
    public Optional<Place> placeAt(int pc) {
        return program.lineAt(pc).map(line -> place(line, program.functionAt(pc), pc));
    }

    private static Place place(SourceLine line, Optional<Function> function, int pc) {
        List<Integer> inlined =
                function
                        .map(f -> Block.around(f, Integer.toUnsignedLong(pc)))
                        .orElse(List.of())
                        .stream()
                        .filter(Block::isInlinedCall)
                        .map(b -> b.die().offset())
                        .toList();
        return new Place(
                (int) line.start(),
                line.file().path(),
                line.line(),
                function.map(f -> (int) f.entry()).orElse((int) line.start()),
                inlined);
    }

    @Override
    public List<Place> statementsAround(int pc) {
        Optional<Function> function = program.functionAt(pc);
        List<Place> places = new ArrayList<>();
        for (AddressRange range : function.map(Function::ranges).orElse(List.of())) {
            long address = range.start();
            while (address < range.end()) {
                Optional<SourceLine> line = program.lineAt(address);
                if (line.isEmpty()) {
                    address += HALFWORD;
                    continue;
                }
                if (line.get().isStatement() && line.get().start() == address) {
                    places.add(place(line.get(), function, (int) address));
                }
                address = Math.max(line.get().end(), address + HALFWORD);
            }
        }
        return places;
    }

    @Override
    public int afterPrologue(int functionStart) {
        Optional<Function> function = program.functionAt(functionStart);
        if (function.isEmpty() || (int) function.get().entry() != functionStart) {
            return functionStart;
        }
        return program.startsOfFunction(function.get().name()).stream()
                .map(BreakpointPlace::address)
                .filter(function.get()::contains)
                .findFirst()
                .map(Long::intValue)
                .orElse(functionStart);
    }

    @Override
    public Optional<Caller> caller() {
        return stack.caller();
    }

    @Override
    public Optional<Integer> callerFrameAddress() {
        return stack.callerFrameAddress();
    }

    @Override
    public boolean isAfterPrologue(int pc) {
        Optional<Function> function = program.functionAt(pc);
        return function.isEmpty()
                || Integer.compareUnsigned(pc, afterPrologue((int) function.get().entry())) >= 0;
    }

    @Override
    public Optional<Integer> frameAddress() {
        return stack.frameAddress();
    }
}
