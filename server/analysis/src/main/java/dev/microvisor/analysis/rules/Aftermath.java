package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.engine.State;
import dev.microvisor.analysis.engine.StoreSite;
import dev.microvisor.analysis.engine.Sym;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.engine.ValueSet;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What a function does on the paths where one of its system calls has failed in a certain way. A
 * rule's memory: filled path by path, asked at the end.
 */
final class Aftermath {
    private final BiPredicate<Sym, ValueSet> failed;
    private final Map<Instr.Call, Course> courses = new LinkedHashMap<>();

    /** What happens after one call has failed. */
    static final class Course {
        private final Function function;
        private final Instr.Call failing;
        private final Set<Instr.Call> calls = new LinkedHashSet<>();
        private final List<Value> results = new ArrayList<>();
        private boolean tells;
        private boolean stores;

        private Course(Function function, Instr.Call failing) {
            this.function = function;
            this.failing = failing;
        }

        Function function() {
            return function;
        }

        Instr.Call failing() {
            return failing;
        }

        /** The calls made on these paths. */
        Collection<Instr.Call> calls() {
            return calls;
        }

        /** True when a path stores where other functions can see it. */
        boolean stores() {
            return stores;
        }

        /** True when the function's result is made of the status. */
        boolean tells() {
            return tells;
        }

        /** True when these paths lead out of the function. */
        boolean ends() {
            return !results.isEmpty();
        }

        /** The results on these paths. */
        List<Value> results() {
            return results;
        }
    }

    /**
     * @param failed whether a status that is in a set has failed in the way that is meant
     */
    Aftermath(BiPredicate<Sym, ValueSet> failed) {
        this.failed = failed;
    }

    Collection<Course> courses() {
        return courses.values();
    }

    void call(CallSite site) {
        for (Course course : courses(site.function(), site.state())) {
            if (!course.failing.equals(site.call())) {
                course.calls.add(site.call());
            }
        }
    }

    void store(StoreSite site) {
        boolean visible =
                site.place().variable().map(Variable::isStatic).orElse(true) && !isTemporary(site);
        if (visible) {
            courses(site.function(), site.state()).forEach(c -> c.stores = true);
        }
    }

    private static boolean isTemporary(StoreSite site) {
        return site.place().root() instanceof Place.Nameless;
    }

    void end(Function function, State state, Value result) {
        for (Course course : courses(function, state)) {
            course.results.add(result);
            course.tells |=
                    state.symbols().stream()
                            .filter(s -> isOf(s, course.failing))
                            .anyMatch(result::mentions);
        }
    }

    private static boolean isOf(Sym sym, Instr.Call call) {
        return sym.kind() == Sym.Kind.STATUS && call.range().equals(sym.origin());
    }

    private List<Course> courses(Function function, State state) {
        List<Course> found = new ArrayList<>();
        for (Sym sym : state.symbols()) {
            if (sym.kind() == Sym.Kind.STATUS && failed.test(sym, state.set(sym))) {
                Optional<Instr.Call> call =
                        sym.origin() == null
                                ? Optional.empty()
                                : Inevitable.callAt(function, sym.origin());
                call.filter(c -> c.name().equals(sym.call()))
                        .ifPresent(
                                c ->
                                        found.add(
                                                courses.computeIfAbsent(
                                                        c, k -> new Course(function, k))));
            }
        }
        return found;
    }
}
