package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.engine.Slot;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.catalog.EnumType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The flags that handlers set when a channel's connection breaks, and for no other event. The
 * contract promises that event for breaks alone: it comes neither after a program's own closing nor
 * after an answer.
 */
final class BreakFlags {
    private static final String KINDS = "MvEventType";
    private static final String LOST = "MV_EVENTTYPE_CHANNELNOTCONNECTED";
    private static final String NONE = "MV_EVENTTYPE_NOEVENT";

    private BreakFlags() {}

    static Set<Slot> of(Check check) {
        Set<Slot> breaks = new HashSet<>();
        Optional<EnumType> kinds = check.catalog().enumeration(KINDS);
        if (kinds.isEmpty()) {
            return breaks;
        }
        Set<Slot> others = new HashSet<>();
        for (Function handler : check.facts().graph().interruptHandlers().values()) {
            for (Function function : check.facts().graph().reachable(handler)) {
                for (EnumType.Constant kind : kinds.get().constants()) {
                    if (kind.name().equals(NONE)) {
                        continue;
                    }
                    Set<Slot> slots = kind.name().equals(LOST) ? breaks : others;
                    EventPaths.stores(function, kind.value()).stream()
                            .filter(BreakFlags::isSetting)
                            .forEach(s -> Slot.of(s.place()).ifPresent(slots::add));
                }
            }
        }
        breaks.removeAll(others);
        return breaks;
    }

    private static boolean isSetting(Instr.Store store) {
        return !(store.value().uncast() instanceof Expr.Num n && n.value() == 0);
    }
}
