package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flags a ring index that only some kinds of events move on. */
public final class NotificationIndexStuck implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "notification-index-stuck",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.NOTIFICATIONS);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (Centre centre : Centre.all(check)) {
            if (centre.ring().isPresent() && centre.events().size() > 1) {
                check(centre, centre.ring().get(), check);
            }
        }
    }

    private static void check(Centre centre, Ring ring, Check check) {
        Set<Function> code = centre.handlerCode(check);
        Set<Slot> positions = new RingUse(ring, check).positions(code);
        Set<Function> movers = new HashSet<>();
        for (Function function : code) {
            if (check.facts().graph().reachable(function).stream()
                    .flatMap(Function::instructions)
                    .anyMatch(i -> moves(i, positions))) {
                movers.add(function);
            }
        }
        for (Function function : movers) {
            List<Instr> advances =
                    function.instructions().filter(i -> advances(i, positions, movers)).toList();
            if (EventPaths.leavesWithout(function, i -> advances(i, positions, movers))) {
                report(centre, function, positions, advances, check);
            }
        }
    }

    private static void report(
            Centre centre,
            Function function,
            Set<Slot> positions,
            List<Instr> advances,
            Check check) {
        Instr first = advances.get(0);
        String name =
                first instanceof Instr.Store store
                        ? check.text(store.place().range())
                        : check.text(first.range());
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                first.range(),
                                first instanceof Instr.Store
                                        ? "'" + name + "' moves on only for some events"
                                        : "the index moves on only for some events")
                        .why(
                                "after any other event the handler looks at the same record again and"
                                        + " again, until the ring has wrapped onto it; this centre can get "
                                        + String.join(", ", centre.events()))
                        .help("move the index on for every record that has an event");
        if (advances.stream().allMatch(i -> moves(i, positions))) {
            always(function, advances, check).ifPresent(report::fix);
        }
        check.report(report);
    }

    /** Moves the one advance to the end of a handler that is left nowhere else. */
    private static Optional<Fix> always(Function handler, List<Instr> advances, Check check) {
        String advance = check.text(advances.get(0).range());
        boolean simple =
                handler.loops().isEmpty()
                        && handler.result().equals(CType.VOID)
                        && handler.blocks().stream()
                                .filter(b -> b.exit() instanceof Block.Exit.Return)
                                .filter(b -> check.text(returned(b)).startsWith("return"))
                                .findAny()
                                .isEmpty()
                        && advances.stream().allMatch(a -> check.text(a.range()).equals(advance));
        Optional<Edits> edits = Edits.in(handler.range(), check);
        if (!simple || edits.isEmpty()) {
            return Optional.empty();
        }
        List<TextEdit> all = new ArrayList<>();
        for (Instr old : advances) {
            edits.get().remove(old.range()).ifPresent(all::add);
        }
        SourceRange end = handler.range();
        SourceRange brace =
                new SourceRange(
                        end.file(),
                        end.endLine(),
                        end.endColumn() - 1,
                        end.endLine(),
                        end.endColumn());
        all.add(edits.get().beforeBrace(brace, List.of(advance + ";")));
        return Optional.of(new Fix("Move the index on for every event", false, all));
    }

    private static SourceRange returned(Block block) {
        return ((Block.Exit.Return) block.exit()).range();
    }

    /** An instruction that moves on, or a call of a function that does. */
    private static boolean advances(Instr instr, Set<Slot> positions, Set<Function> movers) {
        return moves(instr, positions)
                || (instr instanceof Instr.Call call
                        && movers.stream().anyMatch(f -> f.key().equals(call.callee())));
    }

    private static boolean moves(Instr instr, Set<Slot> positions) {
        return positions.stream().anyMatch(p -> RingUse.moves(instr, p));
    }
}
