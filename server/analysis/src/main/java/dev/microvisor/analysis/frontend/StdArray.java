package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;

/** Member functions of {@code std::array}: an array with another spelling. */
final class StdArray {
    private StdArray() {}

    /** What a call means for the array inside; empty when it is another call. */
    static Optional<Expr> call(IASTFunctionCallExpression e, IBinding binding, Lowering lowering) {
        if (!(binding instanceof ICPPMethod method)
                || !(e.getFunctionNameExpression() instanceof IASTFieldReference field)
                || e.getArguments().length > 0
                || !isArray(method.getOwner())) {
            return Optional.empty();
        }
        Expr owner = lowering.expression(field.getFieldOwner());
        Expr object = field.isPointerDereference() ? Lowering.deref(owner.range(), owner) : owner;
        SourceRange range = lowering.places().range(e);
        return object.type().plain() instanceof CType.Array array
                ? value(method.getName(), object, array, range)
                : Optional.empty();
    }

    /** The type of the array inside, which is all that there is to a {@code std::array}. */
    static CType plain(IBinding composite, CType.Struct struct) {
        return isArray(composite)
                        && struct.members().size() == 1
                        && struct.members().get(0).type().plain() instanceof CType.Array array
                ? array
                : struct;
    }

    static boolean isArray(IBinding owner) {
        return owner != null
                && owner.getName().equals("array")
                && owner.getOwner() != null
                && owner.getOwner().getName().equals("std");
    }

    private static Optional<Expr> value(
            String method, Expr object, CType.Array array, SourceRange range) {
        return switch (method) {
            case "data", "begin", "cbegin" ->
                    Optional.of(
                            new Expr.Cast(
                                    range, new CType.Pointer(array.element(), false), object));
            case "size", "max_size" ->
                    array.count() < 0
                            ? Optional.empty()
                            : Optional.of(new Expr.Num(range, CType.INT, array.count()));
            default -> Optional.empty();
        };
    }
}
