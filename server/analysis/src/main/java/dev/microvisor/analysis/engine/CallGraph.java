package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who calls whom, and where control enters the program. */
public final class CallGraph {
    private final Program program;
    private final Vectors vectors;
    private final Map<Function, Set<Function>> callees = new LinkedHashMap<>();
    private final Map<Function, List<Site>> callers = new HashMap<>();
    private final Map<Function, Task> tasks = new LinkedHashMap<>();

    /** What the application defines for the HAL's interrupts, by the driver that calls it. */
    private final Map<String, List<Function>> hooks = new HashMap<>();

    /** A function of the circle of calls that each one belongs to; empty until somebody asks. */
    private final Map<Function, Function> circles = new HashMap<>();

    /** The functions that something leads to; null until somebody asks. */
    private Set<Function> live;

    /** A call of a function of the program. */
    public record Site(Function caller, Instr.Call call) {

        /** True when the HAL stands between the two, and calls a hook of the application. */
        public boolean isThroughHal() {
            return LibraryCalls.halHandler(call.name()).isPresent();
        }
    }

    /**
     * A function that the RTOS runs.
     *
     * @param timer true for a timer's callback, which runs in the timer task
     */
    public record Task(Function function, Site created, boolean timer) {}

    CallGraph(Program program, Vectors vectors) {
        this.program = program;
        this.vectors = vectors;
        for (Function function : program.functions()) {
            callees.put(function, new LinkedHashSet<>());
            LibraryCalls.halHook(function.name())
                    .filter(driver -> !function.weak())
                    .ifPresent(
                            driver ->
                                    hooks.computeIfAbsent(driver, d -> new ArrayList<>())
                                            .add(function));
        }
        for (Function function : program.functions()) {
            function.calls().forEach(call -> read(function, call));
        }
    }

    private void read(Function function, Instr.Call call) {
        for (Function callee : targets(call)) {
            callees.get(function).add(callee);
            callers.computeIfAbsent(callee, c -> new ArrayList<>()).add(new Site(function, call));
        }
        LibraryCalls.entryArgument(call.name())
                .ifPresent(
                        entry -> {
                            if (entry.index() < call.arguments().size()
                                    && call.arguments().get(entry.index()).uncast()
                                            instanceof Expr.FunctionRef ref) {
                                program.function(ref.key())
                                        .ifPresent(
                                                f ->
                                                        tasks.putIfAbsent(
                                                                f,
                                                                new Task(
                                                                        f,
                                                                        new Site(function, call),
                                                                        entry.timer())));
                            }
                        });
    }

    /**
     * The functions of the program that a call leads to, also by way of the C library, of members
     * that may point at several, and of the HAL, which reaches its hooks through pointers and from
     * sources that nobody may have read.
     */
    private List<Function> targets(Instr.Call call) {
        List<Function> targets = new ArrayList<>();
        (LibraryCalls.printsThroughWrite(call.name())
                        ? program.function("_write")
                        : program.function(call.callee(), call.range().file()))
                .ifPresentOrElse(
                        targets::add, () -> targets.addAll(program.targets(call.callee())));
        LibraryCalls.halHandler(call.name())
                .ifPresent(driver -> targets.addAll(hooks.getOrDefault(driver, List.of())));
        return targets;
    }

    public Set<Function> callees(Function function) {
        return callees.getOrDefault(function, Set.of());
    }

    public List<Site> callers(Function function) {
        return callers.getOrDefault(function, List.of());
    }

    /** Functions that an RTOS runs as threads or timers. */
    public Collection<Task> tasks() {
        return tasks.values();
    }

    /** Functions whose names stand in the vector table, by name. */
    public Map<String, Function> interruptHandlers() {
        Map<String, Function> handlers = new LinkedHashMap<>();
        for (Function function : program.functions()) {
            if (vectors.isVector(function.name())) {
                handlers.putIfAbsent(function.name(), function);
            }
        }
        return handlers;
    }

    /** A function and all that it may call. */
    public Set<Function> reachable(Function from) {
        Set<Function> reached = new LinkedHashSet<>();
        Deque<Function> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Function next = open.pop();
            if (reached.add(next)) {
                open.addAll(callees(next));
            }
        }
        return reached;
    }

    /**
     * True for a function of a whole program that nothing leads to any more: the project declares
     * it for its own use, and no code that runs calls it or takes its address.
     */
    public boolean isAbandoned(Function function) {
        if (live == null) {
            live = findLive();
        }
        return !live.contains(function);
    }

    private Set<Function> findLive() {
        Set<Function> found = new LinkedHashSet<>();
        Set<String> named = program.isWhole() ? addressesTaken() : Set.of();
        for (Function function : program.functions()) {
            // In C++ calls may be made that nobody writes, or be those of templates.
            boolean begins =
                    !program.isWhole()
                            || !function.cLinkage()
                            || function.weak()
                            || function.name().equals("main")
                            || vectors.isVector(function.name())
                            || named.contains(function.key())
                            || (!function.announced() && callers(function).isEmpty());
            if (begins) {
                found.addAll(reachable(function));
            }
        }
        return found;
    }

    /** Keys of the functions that are named other than to call them. */
    private Set<String> addressesTaken() {
        Stream<Expr> initializers =
                program.globals().stream().flatMap(g -> g.declaration().initializer().stream());
        Stream<Expr> inInstructions =
                program.functions().stream()
                        .flatMap(Function::instructions)
                        .flatMap(
                                i ->
                                        i instanceof Instr.Call call && !call.callee().isEmpty()
                                                ? call.arguments().stream()
                                                : i.expressions().stream());
        Stream<Expr> inExits =
                program.functions().stream()
                        .flatMap(f -> f.blocks().stream())
                        .flatMap(b -> b.exit().expressions().stream());
        return Stream.of(initializers, inInstructions, inExits)
                .flatMap(s -> s)
                .flatMap(Expr::walk)
                .filter(Expr.FunctionRef.class::isInstance)
                .map(e -> ((Expr.FunctionRef) e).key())
                .collect(Collectors.toSet());
    }

    /** True when two functions are one, or each may lead to the other. */
    public boolean inOneCircle(Function a, Function b) {
        if (circles.isEmpty()) {
            findCircles();
        }
        return circles.get(a).equals(circles.get(b));
    }

    /** Callers last, against the calls: what is met from one function calls it and is called. */
    private void findCircles() {
        List<Function> topDown = new ArrayList<>(bottomUp());
        Collections.reverse(topDown);
        for (Function first : topDown) {
            Deque<Function> open = new ArrayDeque<>(List.of(first));
            while (!open.isEmpty()) {
                Function next = open.pop();
                if (circles.putIfAbsent(next, first) == null) {
                    for (Site site : callers(next)) {
                        if (!circles.containsKey(site.caller())) {
                            open.push(site.caller());
                        }
                    }
                }
            }
        }
    }

    /** The calls that lead from one function to another, shortest way; empty when none does. */
    public List<Site> path(Function from, Function to) {
        Map<Function, Site> came = new HashMap<>();
        Deque<Function> open = new ArrayDeque<>(List.of(from));
        came.put(from, null);
        while (!open.isEmpty() && !came.containsKey(to)) {
            Function next = open.poll();
            next.calls()
                    .forEach(
                            call ->
                                    targets(call).stream()
                                            .filter(f -> !came.containsKey(f))
                                            .forEach(
                                                    f -> {
                                                        came.put(f, new Site(next, call));
                                                        open.add(f);
                                                    }));
        }
        List<Site> path = new ArrayList<>();
        for (Site site = came.get(to); site != null; site = came.get(site.caller())) {
            path.add(0, site);
        }
        return path;
    }

    /** Callees before callers; of a cycle in some order. */
    List<Function> bottomUp() {
        Set<Function> sorted = new LinkedHashSet<>();
        Set<Function> done = new LinkedHashSet<>();
        for (Function root : callees.keySet()) {
            Deque<Function> stack = new ArrayDeque<>(List.of(root));
            while (!stack.isEmpty()) {
                Function top = stack.peek();
                if (done.add(top)) {
                    for (Function callee : callees(top)) {
                        if (!done.contains(callee)) {
                            stack.push(callee);
                        }
                    }
                } else {
                    stack.pop();
                    sorted.add(top);
                }
            }
        }
        return List.copyOf(sorted);
    }
}
