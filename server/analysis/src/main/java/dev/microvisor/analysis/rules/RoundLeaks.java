package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.engine.Effects;
import dev.microvisor.analysis.engine.Facts;
import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.engine.Value;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.rounds.ChannelRounds;
import dev.microvisor.analysis.rounds.KeptChannel;
import dev.microvisor.analysis.rounds.LostChannel;
import dev.microvisor.catalog.Effect;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.SystemCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reports the channels that get lost, or stay open for good, over the rounds of a loop. */
final class RoundLeaks {
    /** Steps that are shown of a way. */
    private static final int SHOWN = 11;

    private RoundLeaks() {}

    /**
     * @param told variables whose channels were reported already
     */
    static void report(RuleInfo info, Set<Slot> told, Check check) {
        ChannelRounds rounds =
                new ChannelRounds(
                        check.catalog(), check.program(), check.facts(), BreakFlags.of(check));
        Set<Slot> known = new HashSet<>(told);
        for (LostChannel lost : rounds.lost()) {
            boolean reset = check.isReported(lost.by().range(), HandleZeroedWithoutClose.ID);
            if (!reset && lost.slot().filter(told::contains).isEmpty()) {
                reopened(info, lost, check);
                lost.slot().ifPresent(known::add);
            }
        }
        for (KeptChannel kept : rounds.kept()) {
            if (carriesOneRequest(kept.opening(), kept.held(), check) && known.add(kept.slot())) {
                kept(info, kept, check);
            }
        }
    }

    /**
     * @param held true for channels that are to be closed once they have been answered, so that
     *     only a broken connection would come too late
     */
    private static boolean carriesOneRequest(Instr.Call opening, boolean held, Check check) {
        List<Facts.SystemCallFact> facts =
                check.facts().systemCallsInContext().stream()
                        .filter(f -> f.call().equals(opening))
                        .toList();
        return !facts.isEmpty()
                && facts.stream()
                        .allMatch(f -> isOneShot(f, c -> !held || c.group() != Group.MQTT, check));
    }

    /** True when a call opens a channel that carries one request. */
    static boolean isOneShot(Facts.SystemCallFact open, Check check) {
        return isOneShot(open, c -> true, check);
    }

    private static boolean isOneShot(
            Facts.SystemCallFact open, Predicate<SystemCall> requests, Check check) {
        Optional<Long> kind =
                Effects.of(open.contract(), Effect.Acquires.class)
                        .findFirst()
                        .flatMap(a -> open.places().getOrDefault(a.kind(), Value.UNKNOWN).number());
        return check.catalog().calls().stream()
                .filter(Effects::isOneShot)
                .filter(requests)
                .flatMap(c -> Effects.of(c, Effect.Uses.class))
                .flatMap(u -> ContractValue.constant(u.kind(), check.catalog()).stream())
                .anyMatch(k -> kind.filter(k::equals).isPresent());
    }

    /** On some way nobody closes it any more. */
    private static void kept(RuleInfo info, KeptChannel kept, Check check) {
        Report report =
                Report.of(
                                info,
                                kept.opener().name(),
                                kept.opening().range(),
                                "the channel opened here can stay open for good")
                        .why(
                                "it carries one request, and on the way shown nothing closes it any"
                                        + " more while the connection holds; no other is opened"
                                        + " where this one is waited for")
                        .help("close it on that way as well");
        lastSteps(kept.trail(), kept.opening()).forEach(n -> report.note(n.range(), n.message()));
        check.report(report);
    }

    /** A round of a loop opens into a variable that still keeps the channel of an earlier one. */
    private static void reopened(RuleInfo info, LostChannel lost, Check check) {
        Instr.Call opening = lost.opening();
        boolean asks =
                lost.by() instanceof Instr.Call call
                        && check.catalog()
                                .call(call.callee())
                                .filter(Effects::requests)
                                .isPresent();
        Report report =
                Report.of(
                                info,
                                lost.opener().name(),
                                opening.range(),
                                "the channel opened here may still be open when "
                                        + (asks
                                                ? "another request comes"
                                                : "its handle is overwritten"))
                        .why(
                                "nobody can close it then; after four such channels no other can be"
                                        + " opened")
                        .help("close it on the way that leads from here to the next opening");
        lastSteps(lost.trail(), opening).forEach(n -> report.note(n.range(), n.message()));
        check.report(
                report.note(
                        lost.by().range(),
                        asks
                                ? "it has carried its request already"
                                : "its handle is overwritten here"));
    }

    /** The steps since the channel was opened for the last time, as many as can be shown. */
    private static List<Note> lastSteps(List<Note> trail, Instr.Call opening) {
        int from = 0;
        for (int i = 0; i < trail.size(); i++) {
            if (trail.get(i).range().equals(opening.nameRange())) {
                from = i;
            }
        }
        List<Note> steps = trail.subList(from, trail.size());
        return steps.subList(Math.max(0, steps.size() - SHOWN), steps.size());
    }
}
