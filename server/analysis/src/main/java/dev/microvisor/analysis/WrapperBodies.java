package dev.microvisor.analysis;

import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.analysis.settings.Settings;
import dev.microvisor.analysis.settings.Wrapper;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Resource;
import dev.microvisor.catalog.SystemCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the functions of {@code [[wrapper]]} bodies that do what their settings say, made of the
 * system calls that the catalog names for it. Engine and rules then follow them as any function of
 * the program. A body that the program has itself is replaced: the settings win.
 */
final class WrapperBodies {
    /** Reports inside a made body would be in this file, which is nobody's source. */
    private static final SourceRange PLACE =
            new SourceRange(Path.of(Settings.FILE_NAME), 0, 0, 0, 0);

    private final Catalog catalog;

    WrapperBodies(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Resources that wrappers name and that Microvisor has not. */
    List<Problem> problems(List<Wrapper> wrappers) {
        List<String> known = catalog.resources().stream().map(Resource::id).toList();
        List<Problem> problems = new ArrayList<>();
        for (Wrapper wrapper : wrappers) {
            List<String> named = new ArrayList<>(wrapper.acquires());
            named.addAll(wrapper.releases());
            named.removeAll(known);
            for (String name : named) {
                problems.add(
                        new Problem(
                                PLACE.file(),
                                Optional.empty(),
                                "the wrapper '"
                                        + wrapper.function()
                                        + "' names the resource '"
                                        + name
                                        + "', which there is not",
                                "name one of " + String.join(", ", known),
                                true));
            }
        }
        return problems;
    }

    /** The units of a program, with a unit more for the functions that were made. */
    List<Unit> addTo(List<Unit> units, List<Wrapper> wrappers) {
        Map<String, Function> made = new LinkedHashMap<>();
        for (Wrapper wrapper : wrappers) {
            signatures(units, wrapper.function())
                    .forEach((key, s) -> made.put(key, new Body(wrapper, key, s).function()));
        }
        if (made.isEmpty()) {
            return units;
        }
        List<Unit> all = new ArrayList<>();
        for (Unit unit : units) {
            all.add(without(made.keySet(), unit));
        }
        all.add(
                new Unit(
                        PLACE.file(),
                        false,
                        List.copyOf(made.values()),
                        List.of(),
                        Map.of(),
                        List.of(),
                        true,
                        true));
        return all;
    }

    private static Unit without(Set<String> keys, Unit unit) {
        return new Unit(
                unit.file(),
                unit.cpp(),
                unit.functions().stream().filter(f -> !keys.contains(f.key())).toList(),
                unit.globals(),
                unit.needed(),
                unit.overriders(),
                unit.problems(),
                unit.parsed(),
                unit.complete());
    }

    /** What a function takes and gives, by its definition or else by its first call. */
    private record Signature(CType result, List<CType> parameters, Optional<Variable> self) {}

    /** By key: C++ may have several functions of one name. */
    private static Map<String, Signature> signatures(List<Unit> units, String name) {
        Map<String, Signature> found = new LinkedHashMap<>();
        for (Unit unit : units) {
            for (Function function : unit.functions()) {
                if (function.name().equals(name)) {
                    found.put(
                            function.key(),
                            new Signature(
                                    function.result(),
                                    function.parameters().stream().map(Variable::type).toList(),
                                    function.self()));
                }
                function.calls()
                        .filter(c -> c.name().equals(name) && !c.callee().isEmpty())
                        .forEach(
                                c ->
                                        found.putIfAbsent(
                                                c.callee(),
                                                new Signature(
                                                        c.result().type(),
                                                        c.arguments().stream()
                                                                .map(Expr::type)
                                                                .toList(),
                                                        Optional.empty())));
            }
        }
        return found;
    }

    /** Makes one function; used once. */
    private final class Body {
        private final Wrapper wrapper;
        private final String key;
        private final Signature signature;
        private final List<Variable> parameters = new ArrayList<>();
        private final List<Variable> variables = new ArrayList<>();
        private final Block block = new Block(0);
        private Optional<Expr> result = Optional.empty();
        private int calls;

        Body(Wrapper wrapper, String key, Signature signature) {
            this.wrapper = wrapper;
            this.key = key;
            this.signature = signature;
            for (CType type : signature.parameters()) {
                // An array that is handed over arrives as a pointer.
                CType passed =
                        type.isArray()
                                ? new CType.Pointer(type.target().orElse(CType.UNKNOWN), false)
                                : type;
                parameters.add(variable("p" + parameters.size(), passed));
            }
        }

        Function function() {
            if (wrapper.checks()) {
                callOutOfSight();
            }
            wrapper.acquires().forEach(this::acquire);
            wrapper.releases().forEach(this::release);
            block.exit(
                    wrapper.neverReturns()
                            ? new Block.Exit.Stop()
                            : new Block.Exit.Return(PLACE, result));
            List<Variable> all = new ArrayList<>(parameters);
            all.addAll(variables);
            return new Function(
                    key,
                    wrapper.function(),
                    PLACE,
                    PLACE,
                    signature.result(),
                    parameters,
                    all,
                    List.of(block),
                    List.of(),
                    false,
                    true,
                    wrapper.neverReturns(),
                    signature.self(),
                    false,
                    false);
        }

        /** Whoever is out of sight may test what it is given, and set what that points at. */
        private void callOutOfSight() {
            call("", "", parameters.stream().<Expr>map(this::read).toList(), CType.UNKNOWN);
        }

        private void acquire(String resource) {
            catalog.calls().stream()
                    .filter(c -> place(c, Effect.Acquires.class, resource).isPresent())
                    .findFirst()
                    .ifPresent(c -> acquire(c, resource));
        }

        /** The new handle goes through a pointer, or is the result. */
        private void acquire(SystemCall opener, String resource) {
            String place = place(opener, Effect.Acquires.class, resource).orElseThrow();
            Optional<Variable> pointer = handlePointer();
            if (pointer.isPresent()) {
                status(systemCall(opener, place, read(pointer.get())));
            } else if (isHandle(signature.result())) {
                Variable handle = local(signature.result());
                systemCall(opener, place, address(handle));
                result = Optional.of(read(handle));
            } else {
                callOutOfSight();
            }
        }

        private void release(String resource) {
            catalog.calls().stream()
                    .filter(c -> place(c, Effect.Releases.class, resource).isPresent())
                    .findFirst()
                    .ifPresent(c -> release(c, resource));
        }

        /** The handle comes through a pointer, or by value. */
        private void release(SystemCall closer, String resource) {
            String place = place(closer, Effect.Releases.class, resource).orElseThrow();
            Optional<Variable> pointer = handlePointer();
            Optional<Variable> value =
                    parameters.stream().filter(p -> isHandle(p.type())).findFirst();
            if (pointer.isPresent()) {
                status(systemCall(closer, place, read(pointer.get())));
            } else if (value.isPresent()) {
                Variable copy = local(value.get().type());
                block.instructions()
                        .add(new Instr.Store(PLACE, read(copy), read(value.get()), false, ""));
                status(systemCall(closer, place, address(copy)));
            } else {
                callOutOfSight();
            }
        }

        private Expr.Temp systemCall(SystemCall contract, String place, Expr handle) {
            List<Expr> arguments = new ArrayList<>();
            contract.parameters()
                    .forEach(
                            p ->
                                    arguments.add(
                                            p.name().equals(place)
                                                    ? handle
                                                    : new Expr.Opaque(
                                                            PLACE, CType.UNKNOWN, List.of())));
            return call(contract.name(), contract.name(), arguments, CType.INT);
        }

        private Expr.Temp call(String callee, String name, List<Expr> arguments, CType type) {
            Expr.Temp temp = new Expr.Temp(PLACE, type, ++calls);
            block.instructions()
                    .add(
                            new Instr.Call(
                                    PLACE,
                                    calls,
                                    callee,
                                    name,
                                    new Expr.FunctionRef(PLACE, new CType.Callable(type), callee),
                                    arguments,
                                    temp,
                                    Instr.ResultUse.USED,
                                    Instr.Origin.HEADER_MACRO,
                                    PLACE,
                                    false,
                                    Optional.empty()));
            return temp;
        }

        /** An integer result is the status; a truth value is true when it is OKAY. */
        private void status(Expr.Temp status) {
            CType type = signature.result().plain();
            if (type instanceof CType.Int i && i.equals(CType.BOOL)) {
                result =
                        Optional.of(
                                new Expr.Binary(
                                        PLACE,
                                        type,
                                        "==",
                                        status,
                                        new Expr.Num(PLACE, CType.INT, 0)));
            } else if (type instanceof CType.Int) {
                result = Optional.of(status);
            }
        }

        private Optional<Variable> handlePointer() {
            return parameters.stream()
                    .filter(p -> p.type().isPointer())
                    .filter(p -> p.type().target().filter(this::isHandle).isPresent())
                    .findFirst();
        }

        /** Handles are pointers to what no program sees, or words. */
        private boolean isHandle(CType type) {
            if (type.isPointer()) {
                return type.target().flatMap(CType::struct).filter(t -> t.size() <= 0).isPresent();
            }
            return type.plain() instanceof CType.Int i
                    && i.size() == 4
                    && !i.signed()
                    && !i.name().startsWith("enum ");
        }

        private Variable local(CType type) {
            Variable local = variable("handle" + variables.size(), type);
            variables.add(local);
            block.instructions()
                    .add(
                            new Instr.Store(
                                    PLACE,
                                    read(local),
                                    new Expr.Num(PLACE, CType.INT, 0),
                                    true,
                                    ""));
            return local;
        }

        private Variable variable(String name, CType type) {
            return new Variable(
                    key + "#wrapper." + name,
                    name,
                    type,
                    name.startsWith("p") ? Variable.Storage.PARAMETER : Variable.Storage.LOCAL,
                    new Variable.Declaration(
                            PLACE,
                            PLACE,
                            PLACE,
                            0,
                            true,
                            false,
                            true,
                            List.of(),
                            Optional.empty()));
        }

        private Expr read(Variable variable) {
            return new Expr.Var(PLACE, variable);
        }

        private Expr address(Variable variable) {
            return new Expr.AddressOf(
                    PLACE, new CType.Pointer(variable.type(), false), read(variable));
        }
    }

    private static Optional<String> place(
            SystemCall call, Class<? extends Effect> kind, String resource) {
        return call.effects().stream()
                .filter(kind::isInstance)
                .filter(e -> resource(e).equals(resource))
                .map(Effect::place)
                .findFirst();
    }

    private static String resource(Effect effect) {
        if (effect instanceof Effect.Acquires acquires) {
            return acquires.resource();
        }
        return effect instanceof Effect.Releases releases ? releases.resource() : "";
    }
}
