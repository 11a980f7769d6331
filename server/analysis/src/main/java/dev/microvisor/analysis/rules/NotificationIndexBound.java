package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.HashMap;
import java.util.Map;

/** Flags a ring index that wraps at another number than the ring has records. */
public final class NotificationIndexBound implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-index-bound",
                    Severity.ERROR,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        Map<Variable, Variable> rings = new HashMap<>();
        for (Function function : check.program().functions()) {
            function.instructions()
                    .flatMap(i -> i.expressions().stream())
                    .flatMap(Expr::walk)
                    .forEach(e -> ringByIndex(e, rings, check));
        }
        for (Function function : check.program().functions()) {
            function.instructions()
                    .filter(Instr.Store.class::isInstance)
                    .map(Instr.Store.class::cast)
                    .forEach(store -> checkStore(function, store, rings, check));
            for (Block block : function.blocks()) {
                checkBranch(function, block, rings, check);
            }
        }
    }

    private static void ringByIndex(Expr e, Map<Variable, Variable> rings, Check check) {
        if (e instanceof Expr.Index index
                && index.index().uncast() instanceof Expr.Var at
                && index.base() instanceof Expr.Var ring
                && ring.type().plain() instanceof CType.Array array
                && Centre.isRecord(array.element(), check.catalog())) {
            rings.put(at.variable(), check.program().definition(ring.variable()));
        }
    }

    private static void checkStore(
            Function function, Instr.Store store, Map<Variable, Variable> rings, Check check) {
        if (!(store.place() instanceof Expr.Var index)
                || !(store.value().uncast() instanceof Expr.Binary op)
                || !(op.right() instanceof Expr.Num number)) {
            return;
        }
        Variable ring = rings.get(index.variable());
        if (ring == null) {
            return;
        }
        if (op.op().equals("%")) {
            compare(function, store.range(), number.range(), number.value(), ring, true, check);
        } else if (op.op().equals("&") && number.value() > 0) {
            compare(
                    function,
                    store.range(),
                    number.range(),
                    number.value() + 1,
                    ring,
                    false,
                    check);
        }
    }

    /** {@code if (++index >= N) index = 0}. */
    private static void checkBranch(
            Function function, Block block, Map<Variable, Variable> rings, Check check) {
        if (block.exit() instanceof Block.Exit.Branch branch
                && branch.condition() instanceof Expr.Binary test
                && test.left().uncast() instanceof Expr.Var index
                && test.right() instanceof Expr.Num number
                && rings.containsKey(index.variable())
                && resets(branch.yes(), index.variable())) {
            long bound =
                    switch (test.op()) {
                        case ">=", "==" -> number.value();
                        case ">" -> number.value() + 1;
                        default -> -1;
                    };
            if (bound >= 0) {
                compare(
                        function,
                        test.range(),
                        number.range(),
                        bound,
                        rings.get(index.variable()),
                        !test.op().equals(">"),
                        check);
            }
        }
    }

    private static boolean resets(Block block, Variable index) {
        return block.instructions().stream()
                .anyMatch(
                        i ->
                                i instanceof Instr.Store s
                                        && s.place() instanceof Expr.Var v
                                        && v.variable().equals(index)
                                        && s.value() instanceof Expr.Num n
                                        && n.value() == 0);
    }

    private static void compare(
            Function function,
            SourceRange where,
            SourceRange number,
            long bound,
            Variable ring,
            boolean fixable,
            Check check) {
        long records = ((CType.Array) ring.type().plain()).count();
        if (records < 0 || bound == records) {
            return;
        }
        String name = ring.name();
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                where,
                                "the index wraps at "
                                        + bound
                                        + ", but '"
                                        + name
                                        + "' has "
                                        + records
                                        + " records")
                        .why(
                                bound > records
                                        ? "the handler reads behind the ring and takes what lies there"
                                                + " for a notification"
                                        : "Microvisor goes on to the records behind it, and the handler"
                                                + " never sees those")
                        .help("wrap at the number of records of '" + name + "'")
                        .note(ring.declaration().name(), "the ring is declared here");
        boolean visible = ring.isFileScope() && sameFile(ring, where);
        if (fixable && visible) {
            report.safeFix(
                    "Wrap at the number of records",
                    number,
                    "(sizeof(" + name + ") / sizeof(" + name + "[0]))");
        }
        check.report(report);
    }

    private static boolean sameFile(Variable ring, SourceRange where) {
        return ring.declaration().name() != null
                && ring.declaration().name().file().equals(where.file());
    }
}
