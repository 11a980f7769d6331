package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTImplicitName;
import org.eclipse.cdt.core.dom.ast.IASTImplicitNameOwner;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IField;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorChainInitializer;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorInitializer;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPClassType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPConstructor;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.internal.core.dom.parser.cpp.ICPPDeferredClassInstance;
import org.eclipse.cdt.internal.core.dom.parser.cpp.semantics.SemanticUtil;

/**
 * Construction of C++ objects. Their members are private matters of the class: the analysis follows
 * the constructor as a call, and takes what it was given for kept by the object.
 */
final class CppObjects {
    private final Lowering lowering;

    CppObjects(Lowering lowering) {
        this.lowering = lowering;
    }

    /** True for classes whose objects their constructors make: all but plain structures. */
    static boolean isConstructed(IType type) {
        IType plain = SemanticUtil.getNestedType(type, SemanticUtil.TDEF | SemanticUtil.ALLCVQ);
        if (plain instanceof ICPPDeferredClassInstance) {
            return true;
        }
        if (!(plain instanceof ICPPClassType made)) {
            return false;
        }
        for (ICPPConstructor constructor : made.getConstructors()) {
            if (!constructor.isImplicit()) {
                return true;
            }
        }
        for (ICPPMethod method : made.getDeclaredMethods()) {
            if (method.isDestructor()) {
                return true;
            }
        }
        return Types.hasHiddenParts(made);
    }

    /** The value of an object that a declarator or an expression constructs. */
    Expr construct(IASTNode owner, IASTInitializer initializer, CType type) {
        SourceRange range = lowering.places().range(owner);
        ICPPConstructor constructor = constructor(owner);
        List<Expr> arguments = new ArrayList<>();
        IASTInitializerClause[] clauses = clauses(initializer);
        for (int i = 0; i < clauses.length; i++) {
            arguments.add(lowering.calls().argument(clauses[i], Calls.isReference(constructor, i)));
        }
        if (constructor != null && !constructor.isImplicit()) {
            lowering.symbols().need(constructor);
            lowering.graph().emit(call(range, constructor, arguments));
        }
        return new Expr.Opaque(range, type, arguments);
    }

    private Instr.Call call(SourceRange range, ICPPConstructor constructor, List<Expr> arguments) {
        String key = lowering.symbols().key(constructor);
        return new Instr.Call(
                range,
                lowering.graph().nextCall(),
                key,
                constructor.getName(),
                new Expr.FunctionRef(range, new CType.Callable(CType.VOID), key),
                arguments,
                lowering.graph().newTemp(range, CType.VOID),
                Instr.ResultUse.USED,
                Instr.Origin.WRITTEN,
                range,
                false,
                Optional.empty());
    }

    private static ICPPConstructor constructor(IASTNode owner) {
        if (owner instanceof IASTImplicitNameOwner named) {
            for (IASTImplicitName name : named.getImplicitNames()) {
                if (name.resolveBinding() instanceof ICPPConstructor constructor) {
                    return constructor;
                }
            }
        }
        return null;
    }

    private static IASTInitializerClause[] clauses(IASTInitializer initializer) {
        if (initializer instanceof ICPPASTConstructorInitializer constructor) {
            return constructor.getArguments();
        }
        if (initializer instanceof IASTInitializerList list) {
            return list.getClauses();
        }
        if (initializer instanceof org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer equals) {
            IASTInitializerClause clause = equals.getInitializerClause();
            return clause instanceof IASTInitializerList list
                    ? list.getClauses()
                    : new IASTInitializerClause[] {clause};
        }
        return new IASTInitializerClause[0];
    }

    /** {@code : member(value), base(value)} of a constructor. */
    void memberInitializers(ICPPASTFunctionDefinition constructor) {
        for (ICPPASTConstructorChainInitializer node : constructor.getMemberInitializers()) {
            if (node.getMemberInitializerId().resolveBinding() instanceof IField field) {
                member(node, field);
            } else {
                CType unknown = CType.UNKNOWN;
                SourceRange range = lowering.places().range(node);
                Expr base = construct(node, node.getInitializer(), unknown);
                lowering.graph().emit(new Instr.Eval(range, base));
            }
        }
    }

    private void member(ICPPASTConstructorChainInitializer node, IField field) {
        SourceRange range = lowering.places().range(node);
        Optional<Expr> place = lowering.ownField(range, field);
        if (place.isEmpty()) {
            return;
        }
        CType type = lowering.types().of(field.getType());
        Optional<Expr> value =
                isConstructed(field.getType())
                        ? Optional.of(construct(node, node.getInitializer(), type))
                        : Declarations.initializer(lowering, node.getInitializer(), type);
        Expr stored = value.orElse(new Expr.Opaque(range, type, List.of()));
        lowering.graph().emit(new Instr.Store(range, place.get(), stored, false, ""));
    }

    /** Every expression inside something that has no meaning of its own here. */
    void collect(IASTNode node, List<Expr> parts) {
        for (IASTNode child : node.getChildren()) {
            if (child instanceof IASTExpression part) {
                parts.add(lowering.expression(part));
            } else if (child instanceof IASTInitializer || child instanceof IASTInitializerClause) {
                collect(child, parts);
            }
        }
    }
}
