package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IType;

/** The C++ objects of one function that end with the braces around them, last made first. */
final class Scopes {
    private final Lowering lowering;
    private final List<List<Living>> open = new ArrayList<>();
    private final Deque<Integer> breaks = new ArrayDeque<>();
    private final Deque<Integer> continues = new ArrayDeque<>();

    /** An object that its class destroys. */
    private record Living(IType type, Expr place) {}

    Scopes(Lowering lowering) {
        this.lowering = lowering;
    }

    void enter() {
        open.add(new ArrayList<>());
    }

    /** An object comes to life in the innermost braces. */
    void add(IType type, Expr place) {
        if (!open.isEmpty()) {
            open.get(open.size() - 1).add(new Living(type, place));
        }
    }

    /**
     * The innermost braces end.
     *
     * @param reached false when the last statement goes elsewhere
     */
    void leave(SourceRange end, boolean reached) {
        if (reached) {
            destroy(open.size() - 1, end, null);
        }
        open.remove(open.size() - 1);
    }

    void pushLoop() {
        breaks.push(open.size());
        continues.push(open.size());
    }

    void popLoop() {
        breaks.pop();
        continues.pop();
    }

    void pushSwitch() {
        breaks.push(open.size());
    }

    void popSwitch() {
        breaks.pop();
    }

    void onBreak(SourceRange where) {
        destroy(breaks.isEmpty() ? open.size() : breaks.peek(), where, null);
    }

    void onContinue(SourceRange where) {
        destroy(continues.isEmpty() ? open.size() : continues.peek(), where, null);
    }

    /** Which objects a jump leaves is not followed: all of them may have been destroyed. */
    void onGoto(SourceRange where) {
        for (List<Living> scope : open) {
            for (Living object : scope) {
                Expr lost = Calls.address(where, object.place());
                lowering.graph()
                        .emit(
                                new Instr.Eval(
                                        where, new Expr.Opaque(where, CType.VOID, List.of(lost))));
            }
        }
    }

    /**
     * The function returns.
     *
     * @param returned the variable that it returns as a whole, which lives on in the caller; or
     *     null
     */
    void onReturn(SourceRange where, Variable returned) {
        destroy(0, where, returned);
    }

    /** True when a return ends any object. */
    boolean isEmpty() {
        return open.stream().allMatch(List::isEmpty);
    }

    private void destroy(int from, SourceRange where, Variable spared) {
        for (int i = open.size() - 1; i >= from; i--) {
            List<Living> scope = open.get(i);
            for (int j = scope.size() - 1; j >= 0; j--) {
                Living object = scope.get(j);
                boolean stays = object.place() instanceof Expr.Var v && v.variable().equals(spared);
                if (!stays) {
                    lowering.objects().destroy(where, object.type(), object.place());
                }
            }
        }
    }
}
