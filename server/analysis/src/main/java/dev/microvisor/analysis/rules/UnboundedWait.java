package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.Doers;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flags a loop that polls Microvisor and ends only when it gives the wanted answer. */
public final class UnboundedWait implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo("unbounded-wait", Severity.NOTE, RuleInfo.Tag.CONTROL_FLOW);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkFunction(Function function, Check check) {
        for (Function.Loop loop : function.loops()) {
            List<Expr> conditions = exits(function, loop);
            Optional<Instr.Call> poll = poll(function, loop, check);
            if (poll.isPresent()
                    && !conditions.isEmpty()
                    && conditions.stream().allMatch(c -> onlyPolls(c, function, loop, check))
                    && !endsByFailure(function, loop, check)
                    && !consumes(function, loop, poll.get(), check)
                    && !goesThrough(function, loop, poll.get())
                    && !changesObject(function, loop, poll.get(), check)) {
                check.report(report(function, loop, poll.get()));
            }
        }
    }

    @Override
    public void checkProgram(Check check) {
        for (FlagWaits.Found found : FlagWaits.all(check)) {
            check.report(
                    Report.of(
                                    INFO,
                                    found.function().name(),
                                    head(found.loop()),
                                    "this loop waits for an answer without a limit")
                            .why(
                                    found.handler().name()
                                            + " overlooks that the connection was lost; then nothing"
                                            + " ends the loop")
                            .help("give up after a time, and end the loop when the channel is lost")
                            .note(found.handler().nameRange(), "the handler that has to end it"));
        }
    }

    /** True when each round asks for the next one of many: {@code read(i)} until there is none. */
    static boolean goesThrough(Function function, Function.Loop loop, Instr.Call poll) {
        return instructions(function, loop).stream()
                .filter(i -> i instanceof Instr.Store s && !s.op().isEmpty())
                .map(i -> ((Instr.Store) i).place())
                .filter(Expr.Var.class::isInstance)
                .anyMatch(
                        counted ->
                                poll.arguments().stream()
                                        .flatMap(Expr::walk)
                                        .anyMatch(
                                                e ->
                                                        e instanceof Expr.Var v
                                                                && ((Expr.Var) counted)
                                                                        .variable()
                                                                        .equals(v.variable())));
    }

    /** A call in the loop that reads something and opens nothing. */
    private static Optional<Instr.Call> poll(Function function, Function.Loop loop, Check check) {
        return instructions(function, loop).stream()
                .filter(Instr.Call.class::isInstance)
                .map(Instr.Call.class::cast)
                .filter(c -> writes(c, check) || isPoll(c, check))
                .findFirst();
    }

    /** A function of the program that asks system calls for its result, and nothing else. */
    private static boolean isPoll(Instr.Call call, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isEmpty() || !callee.get().loops().isEmpty()) {
            return false;
        }
        Function asked = callee.get();
        boolean only =
                asked.calls().allMatch(c -> check.catalog().call(c.callee()).isPresent())
                        && asked.calls().anyMatch(c -> writes(c, check));
        return only
                && asked.instructions().allMatch(i -> isOwn(i))
                && asked.instructions()
                        .flatMap(i -> i.expressions().stream())
                        .noneMatch(UnboundedWait::looksElsewhere)
                && asked.blocks().stream()
                        .map(Block::exit)
                        .noneMatch(
                                e ->
                                        e instanceof Block.Exit.Branch b
                                                && looksElsewhere(b.condition()));
    }

    /** Stores only into variables of the function. */
    private static boolean isOwn(Instr instr) {
        return !(instr instanceof Instr.Store s)
                || s.place() instanceof Expr.Temp
                || (s.place() instanceof Expr.Var v && v.variable().isAutomatic());
    }

    /** What interrupts or the hardware may change. */
    private static boolean looksElsewhere(Expr e) {
        return e.walk()
                .anyMatch(
                        x ->
                                x instanceof Expr.Opaque
                                        || (x instanceof Expr.Deref d && !isThis(d.pointer()))
                                        || x.type().isVolatile());
    }

    private static boolean isThis(Expr pointer) {
        return pointer.uncast() instanceof Expr.Var v && v.variable().name().equals("this");
    }

    private static boolean writes(Instr.Call call, Check check) {
        return check.catalog()
                .call(call.callee())
                .filter(s -> s.effects().stream().anyMatch(Effect.Writes.class::isInstance))
                .isPresent();
    }

    /** True when a method is asked, and the loop calls others that may change what it tells. */
    private static boolean changesObject(
            Function function, Function.Loop loop, Instr.Call poll, Check check) {
        boolean method =
                check.program().function(poll.callee()).filter(Function::isMethod).isPresent();
        return method
                && instructions(function, loop).stream()
                        .filter(Instr.Call.class::isInstance)
                        .map(Instr.Call.class::cast)
                        .filter(c -> !c.callee().equals(poll.callee()))
                        .anyMatch(c -> check.program().function(c.callee()).isPresent());
    }

    /** True when the loop works off what the poll announces: it ends when nothing is left. */
    private static boolean consumes(
            Function function, Function.Loop loop, Instr.Call poll, Check check) {
        String polled = poll.name();
        Doers users =
                check.doers(
                        c ->
                                !c.name().equals(polled)
                                        && Effects.of(c, Effect.Uses.class)
                                                .anyMatch(
                                                        u -> u.resource().equals(Effects.CHANNEL)));
        return instructions(function, loop).stream()
                .filter(Instr.Call.class::isInstance)
                .map(Instr.Call.class::cast)
                .anyMatch(users::may);
    }

    static List<Instr> instructions(Function function, Function.Loop loop) {
        List<Instr> all = new ArrayList<>();
        for (int id : loop.blocks()) {
            all.addAll(function.blocks().get(id).instructions());
        }
        return all;
    }

    /** Conditions that decide whether the loop is left; a return or stop inside counts too. */
    static List<Expr> exits(Function function, Function.Loop loop) {
        Set<Integer> inside = new HashSet<>(loop.blocks());
        List<Expr> conditions = new ArrayList<>();
        for (int id : loop.blocks()) {
            Block block = function.blocks().get(id);
            if (block.exit() instanceof Block.Exit.Branch branch) {
                boolean leaves = leaves(branch.yes(), inside) || leaves(branch.no(), inside);
                if (leaves) {
                    conditions.add(branch.condition());
                }
            } else if (block.exit() instanceof Block.Exit.Switch choice
                    && block.exit().successors().stream().anyMatch(b -> leaves(b, inside))) {
                conditions.add(choice.value());
            }
        }
        return conditions;
    }

    /**
     * True when only a call that fails ends the loop: the main loop of a task, which asks for the
     * time and waits for nothing.
     */
    private static boolean endsByFailure(Function function, Function.Loop loop, Check check) {
        Set<Integer> inside = new HashSet<>(loop.blocks());
        for (int id : loop.blocks()) {
            Block.Exit exit = function.blocks().get(id).exit();
            if (exit instanceof Block.Exit.Branch branch) {
                Expr condition = branch.condition();
                if ((leaves(branch.yes(), inside)
                                && !isFailure(condition, true, function, loop, check))
                        || (leaves(branch.no(), inside)
                                && !isFailure(condition, false, function, loop, check))) {
                    return false;
                }
            } else if (exit instanceof Block.Exit.Switch
                    && exit.successors().stream().anyMatch(b -> leaves(b, inside))) {
                return false;
            }
        }
        return true;
    }

    /** True when a condition with this outcome says that a system call of the loop failed. */
    private static boolean isFailure(
            Expr condition, boolean outcome, Function function, Function.Loop loop, Check check) {
        Expr e = condition.uncast();
        if (e instanceof Expr.Unary not && not.op().equals("!")) {
            return isFailure(not.operand(), !outcome, function, loop, check);
        }
        if (e instanceof Expr.Binary test
                && (test.op().equals("==") || test.op().equals("!="))
                && test.right().uncast() instanceof Expr.Num n) {
            boolean equal = test.op().equals("==") == outcome;
            return equal == (n.value() != 0) && isStatus(test.left(), function, loop, check);
        }
        return outcome && isStatus(e, function, loop, check);
    }

    private static boolean isStatus(Expr e, Function function, Function.Loop loop, Check check) {
        if (e.uncast() instanceof Expr.Var v) {
            List<Expr> stored =
                    instructions(function, loop).stream()
                            .filter(i -> i instanceof Instr.Store s && s.isTo(v.variable()))
                            .map(i -> ((Instr.Store) i).value())
                            .toList();
            return !stored.isEmpty()
                    && stored.stream().allMatch(x -> isStatusTemp(x, function, check));
        }
        return isStatusTemp(e, function, check);
    }

    private static boolean isStatusTemp(Expr e, Function function, Check check) {
        return e.uncast() instanceof Expr.Temp t
                && function.calls()
                        .filter(c -> c.result().id() == t.id())
                        .anyMatch(c -> check.catalog().call(c.callee()).isPresent());
    }

    /** Outside, or a block that only jumps out, returns, or ends the program. */
    private static boolean leaves(Block block, Set<Integer> inside) {
        Block at = block;
        for (int i = 0; i < 8; i++) {
            if (!inside.contains(at.id())
                    || at.exit() instanceof Block.Exit.Return
                    || at.exit() instanceof Block.Exit.Stop) {
                return true;
            }
            if (at.exit() instanceof Block.Exit.Goto to) {
                at = to.target();
            } else {
                return false;
            }
        }
        return false;
    }

    /** True when nothing but system calls of the loop decides the condition. */
    static boolean onlyPolls(Expr condition, Function function, Function.Loop loop, Check check) {
        Set<Variable> variables = new HashSet<>();
        boolean[] other = new boolean[1];
        condition
                .walk()
                .forEach(
                        e -> {
                            if (e instanceof Expr.Var v) {
                                variables.add(v.variable());
                            } else if (e instanceof Expr.Temp t) {
                                other[0] |= !isSystemResult(t, function, check);
                            } else if (e instanceof Expr.Opaque) {
                                other[0] = true;
                            }
                        });
        if (other[0]) {
            return false;
        }
        for (Instr instr : instructions(function, loop)) {
            if (instr instanceof Instr.Store s
                    && s.place() instanceof Expr.Var v
                    && variables.contains(v.variable())
                    && !isSystemValue(s.value(), function, check)) {
                return false;
            }
        }
        return variables.stream().noneMatch(v -> v.type().isVolatile());
    }

    private static boolean isSystemValue(Expr value, Function function, Check check) {
        Expr made = value.uncast();
        if (made instanceof Expr.Unary not && not.op().equals("!")) {
            return isSystemValue(not.operand(), function, check);
        }
        if (made instanceof Expr.Binary b && b.isComparison()) {
            return b.right().uncast() instanceof Expr.Num
                    && isSystemValue(b.left(), function, check);
        }
        return made instanceof Expr.Temp t && isSystemResult(t, function, check);
    }

    private static boolean isSystemResult(Expr.Temp temp, Function function, Check check) {
        return function.calls()
                .filter(c -> c.result().id() == temp.id())
                .anyMatch(c -> system(c, check).isPresent() || isPoll(c, check));
    }

    /**
     * The system call that a call makes, or that a plain wrapper makes and tells the outcome of:
     * one that neither counts nor loops, and so cannot give up by itself.
     */
    static Optional<SystemCall> system(Instr.Call call, Check check) {
        Optional<Function> callee = check.program().function(call.callee());
        if (callee.isEmpty()) {
            return check.catalog().call(call.callee());
        }
        return callee.filter(f -> isPlain(f, check))
                .flatMap(f -> check.facts().statusResult(f))
                .flatMap(n -> check.catalog().call(n));
    }

    private static boolean isPlain(Function wrapper, Check check) {
        return wrapper.loops().isEmpty()
                && wrapper.instructions()
                        .noneMatch(i -> i instanceof Instr.Store s && !s.op().isEmpty())
                && wrapper.calls().anyMatch(c -> check.catalog().call(c.callee()).isPresent());
    }

    private static Report report(Function function, Function.Loop loop, Instr.Call poll) {
        return Report.of(
                        INFO,
                        function.name(),
                        head(loop),
                        "this loop waits for " + poll.name() + " without a limit")
                .why(
                        "with a dead handle or without coverage the answer never comes, and the"
                                + " application hangs here")
                .help("give up after a time, and look at the status the call returns")
                .note(poll.nameRange(), poll.name() + " is polled here");
    }

    /** Its keyword, more or less: a place to report at. */
    static SourceRange head(Function.Loop loop) {
        SourceRange whole = loop.range();
        return new SourceRange(
                whole.file(),
                whole.startLine(),
                whole.startColumn(),
                whole.startLine(),
                whole.startColumn() + 5);
    }
}
