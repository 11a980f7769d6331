package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.Tag;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.location.Expression;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.scope.Function;
import dev.microvisor.symbols.scope.FunctionIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What callers know about the arguments they passed and the functions they called. */
final class CallSites {
    private static final int MAX_TAIL_CALLS = 16;

    private final FunctionIndex functions;
    private final SymbolTable symbols;

    CallSites(FunctionIndex functions, SymbolTable symbols) {
        this.functions = functions;
        this.symbols = symbols;
    }

    private static boolean isCallSite(Die die) {
        return die.tag() == Tag.CALL_SITE || die.tag() == Tag.GNU_CALL_SITE;
    }

    private static boolean isTailCall(Die site) {
        return site.flag(At.CALL_TAIL_CALL) || site.flag(At.GNU_TAIL_CALL);
    }

    /** The call sites in a function, those in its blocks and inlined calls included. */
    private static List<Die> sitesIn(Die parent) {
        List<Die> result = new ArrayList<>();
        for (Die child : parent.children()) {
            if (isCallSite(child)) {
                result.add(child);
            } else if (child.tag() == Tag.LEXICAL_BLOCK || child.tag() == Tag.INLINED_SUBROUTINE) {
                result.addAll(sitesIn(child));
            }
        }
        return result;
    }

    /** The call that returns to an address. */
    private static Optional<Die> siteReturningTo(Function caller, long address) {
        for (Die site : sitesIn(caller.die())) {
            // DWARF 4 with GNU extensions has the return address in DW_AT_low_pc.
            OptionalLong back =
                    site.has(At.CALL_RETURN_PC)
                            ? site.address(At.CALL_RETURN_PC)
                            : site.address(At.LOW_PC);
            if (back.isPresent() && (back.getAsLong() & ~1L) == address) {
                return Optional.of(site);
            }
        }
        return Optional.empty();
    }

    private static Optional<Die> originOf(Die site) {
        return site.has(At.CALL_ORIGIN)
                ? site.reference(At.CALL_ORIGIN)
                : site.reference(At.ABSTRACT_ORIGIN);
    }

    /** The function that a call site calls, when it is known and has code in this program. */
    private Optional<Function> targetOf(Die site) {
        Optional<Die> origin = originOf(site);
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        Die wanted = origin.get();
        String name =
                wanted.having(At.LINKAGE_NAME).isPresent()
                        ? wanted.having(At.LINKAGE_NAME).get().string(At.LINKAGE_NAME).orElse("")
                        : wanted.name().orElse("");
        for (Function function : functions.functionsOf(wanted.unit())) {
            if (function.die() == wanted || function.die().origins().contains(wanted)) {
                return Optional.of(function);
            }
        }
        return functions.named(name).stream()
                .findFirst()
                .or(
                        () ->
                                // The compiler's own functions have more names than debug
                                // information tells.
                                symbols.named(name)
                                        .flatMap(one -> functions.functionAt(one.address())));
    }

    long entryValue(PhysicalFrame callee, Slice expression) {
        byte[] wanted = expression.toBytes();
        return argument(
                callee,
                parameter ->
                        parameter
                                .block(At.LOCATION)
                                .filter(location -> Arrays.equals(location.toBytes(), wanted))
                                .isPresent());
    }

    long parameterValue(PhysicalFrame callee, Die wanted) {
        return argument(
                callee,
                parameter ->
                        parameter
                                .reference(At.ABSTRACT_ORIGIN)
                                .filter(origin -> origin == wanted)
                                .isPresent());
    }

    private long argument(PhysicalFrame callee, java.util.function.Predicate<Die> isWanted) {
        Unwinder.Step step = callee.outward();
        if (step.frame() == null || step.exception()) {
            throw new UnavailableException("the value at entry is not known: no caller");
        }
        PhysicalFrame caller = step.frame();
        Function function =
                caller.function()
                        .orElseThrow(
                                () ->
                                        new UnavailableException(
                                                "the value at entry is not known: the caller has no"
                                                        + " debug information"));
        Die site =
                siteReturningTo(function, caller.pc())
                        .orElseThrow(
                                () ->
                                        new UnavailableException(
                                                "the value at entry is not known to the caller"));
        checkTarget(site, callee, caller);
        for (Die parameter : site.children()) {
            boolean isParameter =
                    parameter.tag() == Tag.CALL_SITE_PARAMETER
                            || parameter.tag() == Tag.GNU_CALL_SITE_PARAMETER;
            if (isParameter && isWanted.test(parameter)) {
                Optional<Slice> value =
                        parameter
                                .block(At.CALL_VALUE)
                                .or(() -> parameter.block(At.GNU_CALL_SITE_VALUE));
                if (value.isPresent()) {
                    return Expression.number(
                            value.get(), site.unit(), caller.expressions(), OptionalLong.empty());
                }
            }
        }
        throw new UnavailableException("the value at entry is not known to the caller");
    }

    /**
     * Through a tail call the caller's arguments are those of another function. A call through a
     * pointer that cannot be followed could be one, too.
     */
    private void checkTarget(Die site, PhysicalFrame callee, PhysicalFrame caller) {
        if (callee.function().isEmpty()) {
            return;
        }
        long wanted = callee.function().get().entry();
        long entry;
        if (originOf(site).isPresent()) {
            entry = targetOf(site).map(Function::entry).orElse(wanted);
        } else {
            Slice target =
                    site.block(At.CALL_TARGET)
                            .or(() -> site.block(At.GNU_CALL_SITE_TARGET))
                            .orElseThrow(
                                    () ->
                                            new UnavailableException(
                                                    "the value at entry is not known: called"
                                                            + " through a pointer"));
            entry =
                    Expression.number(
                                    target, site.unit(), caller.expressions(), OptionalLong.empty())
                            & ~1L;
        }
        if (entry != wanted) {
            throw new UnavailableException(
                    "the value at entry is not known: reached by a tail call");
        }
    }

    /**
     * The functions between a caller and the frame it seems to have called, outermost first, which
     * ended in tail calls. Empty when there are none or when more than one way leads there.
     */
    List<Function> tailCalls(PhysicalFrame callee, PhysicalFrame caller) {
        if (callee.function().isEmpty() || caller.function().isEmpty()) {
            return List.of();
        }
        try {
            Optional<Die> site = siteReturningTo(caller.function().get(), caller.pc());
            Optional<Function> first = site.flatMap(this::targetOf);
            if (first.isEmpty() || first.get().entry() == callee.function().get().entry()) {
                return List.of();
            }
            List<List<Function>> ways = new ArrayList<>();
            List<Function> way = new ArrayList<>();
            way.add(first.get());
            search(way, callee.function().get(), ways);
            return ways.size() == 1 ? ways.get(0) : List.of();
        } catch (MalformedException e) {
            return List.of();
        }
    }

    private void search(List<Function> way, Function goal, List<List<Function>> found) {
        if (found.size() > 1 || way.size() > MAX_TAIL_CALLS) {
            return;
        }
        Function at = way.get(way.size() - 1);
        List<Long> seen = new ArrayList<>();
        for (Die site : sitesIn(at.die())) {
            if (!isTailCall(site)) {
                continue;
            }
            Optional<Function> next = targetOf(site);
            if (next.isEmpty() || seen.contains(next.get().entry())) {
                continue;
            }
            seen.add(next.get().entry());
            if (next.get().entry() == goal.entry()) {
                found.add(List.copyOf(way));
            } else if (way.stream().noneMatch(one -> one.entry() == next.get().entry())) {
                way.add(next.get());
                search(way, goal, found);
                way.remove(way.size() - 1);
            }
        }
    }
}
