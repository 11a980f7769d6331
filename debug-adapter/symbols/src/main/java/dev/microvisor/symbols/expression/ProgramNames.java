package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.Macro;
import dev.microvisor.symbols.dwarf.QualifiedName;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.location.ExpressionContext;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.scope.Block;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.scope.FunctionIndex;
import dev.microvisor.symbols.scope.Variable;
import dev.microvisor.symbols.scope.VariableIndex;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.PointerType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.TypeIndex;
import dev.microvisor.symbols.type.TypeReader;
import dev.microvisor.symbols.type.VoidType;
import dev.microvisor.symbols.value.DynamicTypes;
import dev.microvisor.symbols.value.Value;
import dev.microvisor.symbols.value.VariableValues;
import java.util.List;
import java.util.Optional;

/** Names as the code of a frame sees them, and beyond: statics of other files are found, too. */
public final class ProgramNames implements Names {
    private static final String ANONYMOUS = "(anonymous namespace)::";

    private final Sources sources;
    private final ExpressionContext context;
    private final List<Block> blocks;
    private final Optional<Unit> unit;

    /** Where names are looked up. */
    public record Sources(
            SymbolTable symbols,
            FunctionIndex functions,
            VariableIndex variables,
            TypeReader types,
            MacroIndex macros,
            DynamicTypes dynamicTypes) {}

    /**
     * @param blocks around the frame's pc; empty outside functions
     * @param unit the source file whose statics and macros come first
     */
    public ProgramNames(
            Sources sources, ExpressionContext context, List<Block> blocks, Optional<Unit> unit) {
        this.sources = sources;
        this.context = context;
        this.blocks = blocks;
        this.unit = unit;
    }

    @Override
    public Optional<Value> local(String name) {
        Optional<Value> found = ofBlocks(name);
        if (found.isPresent() || name.equals("this")) {
            return found;
        }
        Optional<Value> argument = templateArgument(name);
        if (argument.isPresent()) {
            return argument;
        }
        // In a method, members need no this->.
        Optional<Value> self = ofBlocks("this");
        if (self.isPresent() && self.get().type().resolved() instanceof PointerType) {
            PointerType pointer = (PointerType) self.get().type().resolved();
            if (pointer.target().resolved() instanceof CompositeType) {
                CompositeType type = (CompositeType) pointer.target().resolved();
                return type.member(name).map(member -> self.get().dereference().member(member));
            }
        }
        return Optional.empty();
    }

    /** A number that the function, or a class around it, was made with from a template. */
    private Optional<Value> templateArgument(String name) {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        for (Block block : blocks) {
            List<Die> origins = block.die().origins();
            Optional<Die> scope = Optional.of(origins.get(origins.size() - 1));
            while (scope.isPresent()) {
                for (Die child : scope.get().children()) {
                    if (child.tag() == Tag.TEMPLATE_VALUE_PARAMETER
                            && child.name().filter(name::equals).isPresent()
                            && child.constant(At.CONST_VALUE).isPresent()) {
                        long bits = child.constant(At.CONST_VALUE).getAsLong();
                        Type type = sources.types().typeOf(child);
                        return Optional.of(Value.of(type, bits, context));
                    }
                }
                scope = isClass(scope.get().parent()) ? scope.get().parent() : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isClass(Optional<Die> die) {
        return die.filter(d -> d.tag() == Tag.CLASS_TYPE || d.tag() == Tag.STRUCTURE_TYPE)
                .isPresent();
    }

    private Optional<Value> ofBlocks(String name) {
        for (Variable variable : sources.variables().read(blocks)) {
            if (variable.name().equals(name)) {
                return Optional.of(VariableValues.of(variable, context));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Value> global(String name) {
        if (name.startsWith("'")) {
            return inFile(
                    name.substring(1, name.indexOf("'::")),
                    name.substring(name.indexOf("'::") + 3));
        }
        Optional<Variable> variable = globalVariable(name);
        if (variable.isPresent()) {
            return variable.map(found -> VariableValues.of(found, context));
        }
        return ofScopes(name)
                .or(() -> staticLocal(name))
                .or(
                        () ->
                                sources.types()
                                        .enumerator(name)
                                        .map(one -> Value.of(one.type(), one.value(), context)))
                .or(() -> function(name))
                .or(() -> object(name));
    }

    /**
     * In C++ a function sees the names of its class and of the namespaces around it, those without
     * a name included.
     */
    private Optional<Value> ofScopes(String name) {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        String scope = QualifiedName.of(blocks.get(0).die());
        while (true) {
            int colons = outermostColons(scope);
            scope = colons < 0 ? "" : scope.substring(0, colons);
            String prefix = scope.isEmpty() ? "" : scope + "::";
            for (String inner : List.of("", ANONYMOUS)) {
                Optional<Variable> found = globalVariable(prefix + inner + name);
                if (found.isPresent()) {
                    return found.map(one -> VariableValues.of(one, context));
                }
            }
            if (scope.isEmpty()) {
                return Optional.empty();
            }
        }
    }

    /** The last {@code ::} that is not inside the arguments of a template. */
    private static int outermostColons(String name) {
        int open = 0;
        for (int i = name.length() - 1; i > 0; i--) {
            char c = name.charAt(i);
            open += c == '>' ? 1 : c == '<' ? -1 : 0;
            if (open == 0 && c == ':' && name.charAt(i - 1) == ':') {
                return i - 1;
            }
        }
        return -1;
    }

    private Optional<Variable> globalVariable(String name) {
        List<Variable> found = sources.variables().named(name);
        Optional<Variable> here =
                found.stream()
                        .filter(one -> unit.isPresent() && one.die().unit() == unit.get())
                        .findFirst();
        return here.or(
                        () ->
                                found.stream()
                                        .filter(one -> one.kind() == Variable.Kind.GLOBAL)
                                        .findFirst())
                .or(() -> found.stream().findFirst());
    }

    /** {@code 'file.c'::name}, as gdb writes a static variable of another file. */
    private Optional<Value> inFile(String file, String name) {
        return sources.variables().named(name).stream()
                .filter(
                        one -> {
                            String path = one.die().unit().name();
                            return path.equals(file) || path.endsWith("/" + file);
                        })
                .findFirst()
                .map(found -> VariableValues.of(found, context));
    }

    /** {@code function::name}: a static variable inside a function. */
    private Optional<Value> staticLocal(String name) {
        int colons = name.lastIndexOf("::");
        if (colons <= 0) {
            return Optional.empty();
        }
        String wanted = name.substring(colons + 2);
        for (Function function : sources.functions().named(name.substring(0, colons))) {
            for (Variable variable : sources.variables().allIn(function)) {
                if (variable.name().equals(wanted)
                        && variable.kind() == Variable.Kind.STATIC_LOCAL) {
                    return Optional.of(VariableValues.of(variable, context));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Value> function(String name) {
        Optional<Symbol> symbol = sources.symbols().named(name).filter(Symbol::isFunction);
        if (symbol.isPresent()) {
            // The Thumb bit belongs to the pointer, so that it equals one in the program.
            Type type =
                    sources.functions()
                            .functionAt(symbol.get().address())
                            .<Type>map(function -> sources.types().read(function.die()))
                            .orElseGet(sources.types()::unknownFunction);
            return Optional.of(Value.at(type, new Location.Memory(symbol.get().value()), context));
        }
        return sources.functions().named(name).stream()
                .findFirst()
                .map(
                        function ->
                                Value.at(
                                        sources.types().read(function.die()),
                                        new Location.Memory(function.entry() | 1),
                                        context));
    }

    /** A variable without debug information: its address is known, its type is not. */
    private Optional<Value> object(String name) {
        return sources.symbols()
                .named(name)
                .map(
                        symbol ->
                                Value.at(
                                        VoidType.INSTANCE,
                                        new Location.Memory(symbol.address()),
                                        context));
    }

    @Override
    public Optional<Macro> macro(String name) {
        return unit.flatMap(where -> sources.macros().macro(where, name));
    }

    @Override
    public Value actual(Value value) {
        return sources.dynamicTypes().actual(value);
    }

    @Override
    public Optional<Type> type(String name, TypeIndex.Space space) {
        return sources.types().named(name, space).stream().findFirst();
    }
}
