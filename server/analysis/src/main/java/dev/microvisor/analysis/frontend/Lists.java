package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IFunction;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTLambdaExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTSimpleTypeConstructorExpression;

/** Structures that C++ makes of braces in the middle of expressions. */
final class Lists {
    private Lists() {}

    /** {@code T{…}} and what {@link DesignatedBraces} makes of it; empty for anything else. */
    static Optional<Expr> made(Lowering lowering, IASTExpression e) {
        if (e instanceof ICPPASTSimpleTypeConstructorExpression made
                && made.getInitializer() instanceof IASTInitializerList list) {
            return structure(lowering, list, made.getExpressionType());
        }
        if (e instanceof IASTFunctionCallExpression call
                && call.getFunctionNameExpression() instanceof IASTIdExpression id
                && call.getArguments().length == 1
                && call.getArguments()[0] instanceof IASTInitializerList list) {
            IBinding binding = id.getName().resolveBinding();
            return binding instanceof IType type
                    ? structure(lowering, list, type)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Expr> structure(
            Lowering lowering, IASTInitializerList list, IType type) {
        CType made = lowering.types().of(type);
        return made.struct().isPresent() && !CppObjects.isConstructed(type)
                ? Optional.of(Initializers.flatten(lowering, list, made))
                : Optional.empty();
    }

    /** An expression that may be a list, where its surroundings tell the type. */
    static Expr value(Lowering lowering, IASTExpression e, CType type) {
        if (e instanceof IASTFunctionCallExpression call
                && call.getFunctionNameExpression() instanceof IASTIdExpression id
                && id.getName().toString().equals(DesignatedBraces.LIST)
                && call.getArguments().length == 1
                && call.getArguments()[0] instanceof IASTInitializerList list) {
            return Initializers.flatten(lowering, list, type);
        }
        return lowering.expression(e);
    }

    /** What the function around a statement returns; unknown in a lambda. */
    static CType returned(Lowering lowering, IASTNode statement) {
        for (IASTNode node = statement; node != null; node = node.getParent()) {
            if (node instanceof ICPPASTLambdaExpression) {
                return CType.UNKNOWN;
            }
            if (node instanceof IASTFunctionDefinition definition
                    && definition.getDeclarator().getName().resolveBinding()
                            instanceof IFunction function
                    && function.getType() != null) {
                return lowering.types().of(function.getType().getReturnType());
            }
        }
        return CType.UNKNOWN;
    }
}
