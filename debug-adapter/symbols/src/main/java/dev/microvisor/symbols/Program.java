package dev.microvisor.symbols;

import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.MacroTable;
import dev.microvisor.symbols.dwarf.Problems;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.dwarf.UnitIndex;
import dev.microvisor.symbols.elf.DebugLink;
import dev.microvisor.symbols.elf.ElfFile;
import dev.microvisor.symbols.elf.ElfFormatException;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Segment;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.expression.Evaluator;
import dev.microvisor.symbols.expression.ExpressionException;
import dev.microvisor.symbols.expression.Names;
import dev.microvisor.symbols.expression.ProgramNames;
import dev.microvisor.symbols.expression.TargetWriter;
import dev.microvisor.symbols.frame.Backtrace;
import dev.microvisor.symbols.frame.BacktraceReader;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.frame.PrologueScans;
import dev.microvisor.symbols.line.BreakpointLocation;
import dev.microvisor.symbols.line.LineIndex;
import dev.microvisor.symbols.line.SourceFile;
import dev.microvisor.symbols.line.SourceLine;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.scope.FunctionIndex;
import dev.microvisor.symbols.scope.Variable;
import dev.microvisor.symbols.scope.VariableIndex;
import dev.microvisor.symbols.stop.BreakpointPlace;
import dev.microvisor.symbols.stop.Prologue;
import dev.microvisor.symbols.stop.StopPlaces;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.target.MemoryReader;
import dev.microvisor.symbols.type.TypeIndex;
import dev.microvisor.symbols.type.TypeReader;
import dev.microvisor.symbols.value.DynamicTypes;
import dev.microvisor.symbols.value.GlobalContext;
import dev.microvisor.symbols.value.Value;
import dev.microvisor.symbols.value.ValueFormat;
import dev.microvisor.symbols.value.ValueRenderer;
import dev.microvisor.symbols.value.VariableValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A program with its debug information. Opening reads headers only; everything else is read when it
 * is first asked for. All methods may be called from any thread, one at a time.
 *
 * <p>Methods answer what can be known: a program without debug information still has segments,
 * symbols and functions by address. {@link #problems()} says what could not be read.
 */
public final class Program {
    private static final long ADDRESS_MASK = 0xFFFF_FFFFL;

    private static final Backtrace NO_FRAMES =
            new Backtrace(List.of(), "the debug information is damaged");

    private final ElfFile elf;

    /** What the symbols and the debug information are in: the program itself, mostly. */
    private final ElfFile described;

    private final Problems problems;
    private final DwarfFile dwarf;
    private final LineIndex lines;
    private final FunctionIndex functions;
    private final MemoryReader stored;
    private final StopPlaces stops;
    private final BacktraceReader backtraces;
    private final VariableIndex variables;
    private final TypeReader types;
    private final MacroTable macros;
    private final DynamicTypes dynamicTypes;
    private final ProgramNames.Sources sources;

    private Program(ElfFile elf, ElfFile described, Problems problems) {
        this.elf = elf;
        this.described = described;
        this.problems = problems;
        dwarf = new DwarfFile(described, problems);
        UnitIndex units = new UnitIndex(dwarf);
        lines = new LineIndex(dwarf, units);
        functions = new FunctionIndex(dwarf, units);
        stored = PrologueScans.memoryOf(elf.segments());
        stops =
                new StopPlaces(
                        lines, functions, new Prologue(lines, PrologueScans.of(elf.segments())));
        backtraces = new BacktraceReader(dwarf, lines, functions);
        macros = new MacroTable();
        types = new TypeReader(new TypeIndex(dwarf), problems);
        variables = new VariableIndex(dwarf, lines, types);
        dynamicTypes = new DynamicTypes(described.symbols(), types);
        sources =
                new ProgramNames.Sources(
                        described.symbols(),
                        functions,
                        variables,
                        types,
                        macros::macro,
                        dynamicTypes);
        if (!hasDebugInformation() && problems.all().isEmpty()) {
            problems.add(
                    elf.name()
                            + " has no debug information: build with -g and do not strip the ELF"
                            + " file");
        }
    }

    /**
     * Opens a program.
     *
     * @throws ElfFormatException when the file is absent, no ELF file, or not for Arm; its message
     *     is meant for the user
     * @throws IOException when the file cannot be read
     */
    public static Program open(Path path) throws IOException {
        ElfFile elf = ElfFile.open(path);
        Problems problems = new Problems();
        return of(elf, followed(elf, path, problems), problems);
    }

    /** The file with the debug information, if the program is stripped and says where it is. */
    private static ElfFile followed(ElfFile elf, Path path, Problems problems) {
        try {
            return DebugLink.of(elf).flatMap(link -> link.follow(path, problems::add)).orElse(elf);
        } catch (MalformedException e) {
            problems.add(e.getMessage() + "; where the debug information is cannot be read");
            return elf;
        }
    }

    /** A program from bytes, for which {@code name} stands in messages. */
    public static Program parse(byte[] bytes, String name) throws ElfFormatException {
        ElfFile elf = ElfFile.parse(bytes, name);
        return of(elf, elf, new Problems());
    }

    private static Program of(ElfFile elf, ElfFile described, Problems problems)
            throws ElfFormatException {
        try {
            described.symbols();
            return new Program(elf, described, problems);
        } catch (MalformedException e) {
            throw new ElfFormatException(
                    described.name() + " is damaged (" + e.getMessage() + "): build it again", e);
        }
    }

    /** A damaged part of the debug information is a problem to report, not an end. */
    private <T> T guarded(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (MalformedException e) {
            problems.add(e.getMessage());
            return otherwise;
        }
    }

    /** The file as it was named when it was opened. */
    public String name() {
        return elf.name();
    }

    /** What to place in memory before reset, by load address. */
    public List<Segment> segments() {
        return elf.segments();
    }

    /** The address of the first instruction, with the Thumb bit as stored. */
    public long entryPoint() {
        return elf.entryPoint();
    }

    /** The program's own bytes at an address, as the file has them; shorter where it ends. */
    public byte[] storedBytes(long address, int sizeBytes) {
        return stored.read(address & ADDRESS_MASK, sizeBytes);
    }

    public Optional<String> buildId() {
        return elf.buildId();
    }

    public SymbolTable symbols() {
        return described.symbols();
    }

    public boolean hasDebugInformation() {
        return !dwarf.units().isEmpty();
    }

    /** What could not be read so far, one sentence each. */
    public List<String> problems() {
        return problems.all();
    }

    /** Names of functions by start address without the Thumb bit, for the emulator's traces. */
    public NavigableMap<Integer, String> functionNames() {
        NavigableMap<Integer, String> result = new TreeMap<>(Integer::compareUnsigned);
        for (Symbol symbol : described.symbols().functions().values()) {
            result.put((int) symbol.address(), symbol.name());
        }
        return result;
    }

    /** Every source file with code in the program, or included by one that has. */
    public synchronized List<SourceFile> sourceFiles() {
        return guarded(() -> lines.files(), List.of());
    }

    /** The line of an instruction. */
    public synchronized Optional<SourceLine> lineAt(long address) {
        return guarded(() -> lines.lineAt(address & ADDRESS_MASK), Optional.empty());
    }

    /**
     * The line of an instruction, where the range holds all neighbouring instructions of the same
     * line: a step by line runs until the PC leaves it.
     */
    public synchronized Optional<SourceLine> wholeLineAt(long address) {
        return guarded(() -> lines.wholeLineAt(address & ADDRESS_MASK), Optional.empty());
    }

    /** The function, with debug information, that holds an instruction. */
    public synchronized Optional<Function> functionAt(long address) {
        return guarded(() -> functions.functionAt(address & ADDRESS_MASK), Optional.empty());
    }

    /**
     * {@code function+offset} from debug information or symbols; for code without either, empty.
     */
    public Optional<String> describe(long address) {
        return described.symbols().describe(address);
    }

    /** Functions with a name, also as {@code Class::method} or as the linker knows them. */
    public synchronized List<Function> functionsNamed(String name) {
        return guarded(() -> functions.named(name), List.of());
    }

    /**
     * Where a breakpoint on a line stops. Several places when the code exists more than once; on
     * the next line with code when the line has none; empty when no line after it has.
     */
    public synchronized List<BreakpointPlace> breakpointsOnLine(SourceFile file, int line) {
        return guarded(() -> stops.ofLine(file, line), List.of());
    }

    /**
     * Where breakpoints on functions of a name stop: after their prologues, and in each copy that
     * was compiled into another function, which takes a look at all functions. A function without
     * debug information, such as a Microvisor call, is stopped at its first instruction.
     */
    public synchronized List<BreakpointPlace> breakpointsOnFunction(String name) {
        List<BreakpointPlace> copies =
                guarded(
                        () -> functions.inlined(name).stream().map(stops::ofCopy).toList(),
                        List.of());
        List<BreakpointPlace> own = startsOfFunction(name);
        return Stream.concat(own.stream(), copies.stream()).toList();
    }

    /** The same without copies in other functions. */
    public synchronized List<BreakpointPlace> startsOfFunction(String name) {
        List<BreakpointPlace> places =
                guarded(
                        () -> functions.named(name).stream().map(stops::ofFunction).toList(),
                        List.of());
        if (!places.isEmpty()) {
            return places;
        }
        return startOfLinked(name).stream().toList();
    }

    /**
     * Where the one function that the linker knows by a name starts, after its prologue. Reads the
     * debug information of its unit only, where a search by name reads that of all.
     */
    public synchronized Optional<BreakpointPlace> startOfLinked(String name) {
        return described.symbols().named(name).filter(Symbol::isFunction).map(this::startOf);
    }

    private BreakpointPlace startOf(Symbol symbol) {
        return functionAt(symbol.address())
                .map(stops::ofFunction)
                .orElseGet(
                        () ->
                                new BreakpointPlace(
                                        symbol.address(), Optional.empty(), Optional.empty()));
    }

    /** Every place where a breakpoint can be between two lines, both included. */
    public synchronized List<BreakpointLocation> breakpointLocations(
            SourceFile file, int firstLine, int lastLine) {
        return guarded(() -> stops.between(file, firstLine, lastLine), List.of());
    }

    /** The frames of the stack of a stopped machine, innermost first. */
    public synchronized Backtrace backtrace(FrameContext registers) {
        return guarded(() -> backtraces.read(registers), NO_FRAMES);
    }

    /** As {@link #backtrace(FrameContext)}, but stops when it has {@code wanted} frames. */
    public synchronized Backtrace backtrace(FrameContext registers, int wanted) {
        return guarded(() -> backtraces.read(registers, wanted), NO_FRAMES);
    }

    /** The parameters of a frame's function, in the order of their declaration. */
    public synchronized List<Variable> parameters(Frame frame) {
        return guarded(
                () -> frame.hasVariables() ? variables.parameters(frame.blocks()) : List.of(),
                List.of());
    }

    /** The local variables that are in scope in a frame, innermost block first. */
    public synchronized List<Variable> locals(Frame frame) {
        return guarded(
                () -> frame.hasVariables() ? variables.locals(frame.blocks()) : List.of(),
                List.of());
    }

    /** Global variables, and the static ones of every file. */
    public synchronized List<Variable> globals() {
        return guarded(() -> variables.globals(), List.of());
    }

    /** The static and global variables of the source file that a frame is in. */
    public synchronized List<Variable> globals(Frame frame) {
        return guarded(
                () ->
                        frame.function()
                                .map(function -> variables.globals(function.unit()))
                                .orElse(List.of()),
                List.of());
    }

    /** The value of a variable in a frame. */
    public synchronized Value value(Variable variable, Frame frame) {
        return VariableValues.of(variable, frame.expressions());
    }

    /** The value of a global or static variable; needs no frame. */
    public synchronized Value value(Variable global, MemoryReader memory) {
        return VariableValues.of(global, GlobalContext.of(memory));
    }

    /** Turns values into text and trees. */
    public ValueRenderer renderer(ValueFormat format) {
        return new ValueRenderer(described.symbols(), dynamicTypes, format);
    }

    /**
     * Evaluates a C expression in a frame. Nothing is changed and no function is called.
     *
     * @throws ExpressionException when it cannot be evaluated; its message is for the user
     */
    public synchronized Value evaluate(String expression, Frame frame) {
        return evaluator(frame, null).evaluate(expression);
    }

    /** Evaluates a C expression that needs no frame, such as one about globals. */
    public synchronized Value evaluate(String expression, FrameContext registers) {
        GlobalContext context = new GlobalContext(registers);
        Names names = new ProgramNames(sources, context, List.of(), Optional.empty());
        return new Evaluator(names, context, null).evaluate(expression);
    }

    /** Why a text is not a C expression; empty when it is one, whatever its names may mean. */
    public synchronized Optional<String> syntaxProblem(String expression) {
        GlobalContext context = GlobalContext.of((address, sizeBytes) -> new byte[0]);
        Names names = new ProgramNames(sources, context, List.of(), Optional.empty());
        return new Evaluator(names, context, null).syntaxProblem(expression);
    }

    /** Evaluates an expression that may assign, as a person types it at the debugger's prompt. */
    public synchronized Value execute(String expression, Frame frame, TargetWriter writer) {
        return evaluator(frame, writer).evaluate(expression);
    }

    /**
     * Gives a variable, or any other place that an expression names, a new value.
     *
     * @return the place, which now has the new value
     */
    public synchronized Value assign(
            String target, String value, Frame frame, TargetWriter writer) {
        return evaluator(frame, writer).assign(target, value);
    }

    private Evaluator evaluator(Frame frame, TargetWriter writer) {
        List<Block> blocks = frame.hasVariables() ? frame.blocks() : List.of();
        Optional<Unit> unit = frame.function().map(Function::unit);
        Names names = new ProgramNames(sources, frame.expressions(), blocks, unit);
        return new Evaluator(names, frame.expressions(), writer);
    }

    /** Names of the macros of a frame's source file that begin with a text, for completion. */
    public synchronized List<String> macrosStartingWith(String prefix, Frame frame, int limit) {
        return frame.function().map(f -> macros.names(f.unit())).orElse(Set.of()).stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .limit(limit)
                .toList();
    }

    /** Names of globals, statics and functions that begin with a text, for completion. */
    public synchronized List<String> namesStartingWith(String prefix, int limit) {
        TreeSet<String> found = new TreeSet<>();
        variables.globalNames().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(found::add);
        for (Symbol symbol : described.symbols().functions().values()) {
            if (symbol.name().startsWith(prefix)) {
                found.add(symbol.name());
            }
        }
        return found.stream().limit(limit).toList();
    }
}
