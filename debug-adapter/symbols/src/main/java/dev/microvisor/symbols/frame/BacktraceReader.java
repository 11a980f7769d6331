package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.QualifiedName;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.line.LineIndex;
import dev.microvisor.symbols.line.SourcePosition;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.scope.FunctionIndex;
import dev.microvisor.symbols.target.FrameContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes backtraces: each frame of the stack with the inlined calls in it. */
public final class BacktraceReader {
    /** More frames than firmware's stacks can hold in earnest. */
    private static final int MAX_FRAMES = 512;

    private final Unwinder unwinder;
    private final DwarfFile dwarf;
    private final LineIndex lines;

    public BacktraceReader(DwarfFile dwarf, LineIndex lines, FunctionIndex functions) {
        this.unwinder = new Unwinder(dwarf, functions);
        this.dwarf = dwarf;
        this.lines = lines;
    }

    public Backtrace read(FrameContext registers) {
        return read(registers, MAX_FRAMES);
    }

    /** At least {@code wanted} frames, when there are as many. */
    public Backtrace read(FrameContext registers, int wanted) {
        List<Frame> frames = new ArrayList<>();
        PhysicalFrame at = unwinder.innermost(registers);
        while (true) {
            addFunction(at, frames);
            if (frames.size() >= Math.min(wanted, MAX_FRAMES)) {
                return new Backtrace(frames, "there may be more frames");
            }
            Unwinder.Step step = at.outward();
            if (step.frame() == null) {
                return new Backtrace(frames, step.end());
            }
            if (step.exception()) {
                frames.add(exception(at, frames.size()));
            } else {
                addTailCalls(at, step.frame(), frames);
            }
            at = step.frame();
        }
    }

    private Frame exception(PhysicalFrame handler, int level) {
        int number = handler.registers().named("xpsr").orElse(0) & 0x1FF;
        return new Frame(
                level,
                Frame.Kind.EXCEPTION,
                "<" + ExceptionName.of(number) + ">",
                handler.pc(),
                handler.pc(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                handler);
    }

    private void addTailCalls(PhysicalFrame callee, PhysicalFrame caller, List<Frame> frames) {
        List<Function> gone = unwinder.callSites().tailCalls(callee, caller);
        for (int i = gone.size() - 1; i >= 0; i--) {
            Function function = gone.get(i);
            frames.add(
                    new Frame(
                            frames.size(),
                            Frame.Kind.TAIL_CALL,
                            function.name(),
                            function.entry(),
                            function.entry(),
                            declaration(function.die()),
                            Optional.of(function),
                            List.of(),
                            caller));
        }
    }

    private Optional<SourcePosition> declaration(Die die) {
        Optional<Die> declared = die.having(At.DECL_LINE);
        Optional<Die> file = die.having(At.DECL_FILE);
        if (declared.isEmpty() || file.isEmpty()) {
            return Optional.empty();
        }
        return position(
                file.get(),
                At.DECL_FILE,
                declared.get().constant(At.DECL_LINE),
                OptionalLong.empty());
    }

    private Optional<SourcePosition> position(
            Die die, int fileAttribute, OptionalLong line, OptionalLong column) {
        OptionalLong number = die.constant(fileAttribute);
        if (number.isEmpty() || line.isEmpty()) {
            return Optional.empty();
        }
        return lines.file(die.unit(), number.getAsLong())
                .map(
                        file ->
                                new SourcePosition(
                                        file, (int) line.getAsLong(), (int) column.orElse(0)));
    }

    /** Adds a frame of the stack, its inlined calls first. */
    private void addFunction(PhysicalFrame frame, List<Frame> frames) {
        Optional<SourcePosition> position =
                lines.lineAt(frame.lookupPc())
                        .map(line -> new SourcePosition(line.file(), line.line(), line.column()));
        if (frame.function().isEmpty()) {
            frames.add(
                    new Frame(
                            frames.size(),
                            Frame.Kind.CALL,
                            symbolName(frame),
                            frame.pc(),
                            frame.lookupPc(),
                            position,
                            Optional.empty(),
                            List.of(),
                            frame));
            return;
        }
        Function function = frame.function().get();
        List<Block> blocks = blocksAround(function, frame.lookupPc());
        int end = blocks.size();
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            if (i > 0 && !block.isInlinedCall()) {
                continue;
            }
            Die die = block.die();
            frames.add(
                    new Frame(
                            frames.size(),
                            i > 0 ? Frame.Kind.INLINED : Frame.Kind.CALL,
                            i > 0 ? QualifiedName.of(die) : function.name(),
                            frame.pc(),
                            frame.lookupPc(),
                            position,
                            Optional.of(function),
                            blocks.subList(i, end),
                            frame));
            end = i;
            if (i > 0) {
                position =
                        position(
                                die,
                                At.CALL_FILE,
                                die.constant(At.CALL_LINE),
                                die.constant(At.CALL_COLUMN));
            }
        }
    }

    private List<Block> blocksAround(Function function, long address) {
        try {
            return Block.around(function, address);
        } catch (MalformedException e) {
            dwarf.problems().add(e.getMessage() + "; the blocks of that function are skipped");
            return List.of(new Block(function.die()));
        }
    }

    private String symbolName(PhysicalFrame frame) {
        return dwarf.elf()
                .symbols()
                .functionAt(frame.lookupPc())
                .map(Symbol::name)
                .orElseGet(() -> String.format("0x%08x", frame.pc()));
    }
}
