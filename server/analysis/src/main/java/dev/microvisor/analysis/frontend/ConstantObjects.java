package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IField;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorChainInitializer;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPBase;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPClassType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPConstructor;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPParameter;

/**
 * What the members of a static C++ object hold when the program starts, read off the initialiser
 * list of its constructor. Only constants are; the body of the constructor is code like any other.
 */
final class ConstantObjects {
    /** Members of members, and constructors that call each other. */
    private static final int MAX_NESTING = 8;

    private final Lowering lowering;
    private final List<Expr.Entry> entries = new ArrayList<>();

    ConstantObjects(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The object as an aggregate; empty when its constructor is not in sight. */
    Optional<Expr> of(IASTDeclarator declarator, IType type) {
        SourceRange range = lowering.places().range(declarator);
        Optional<ICPPClassType> made = CppObjects.classOf(type);
        boolean seen =
                made.isPresent()
                        && collect(
                                declarator,
                                declarator.getInitializer(),
                                made.get(),
                                "",
                                Map.of(),
                                0);
        return seen
                ? Optional.of(new Expr.Aggregate(range, lowering.types().of(type), entries))
                : Optional.empty();
    }

    private boolean collect(
            IASTNode owner,
            IASTInitializer initializer,
            ICPPClassType type,
            String path,
            Map<String, Expr> outer,
            int nesting) {
        ICPPConstructor constructor = CppObjects.constructor(owner);
        IASTInitializerClause[] clauses = CppObjects.clauses(initializer);
        if (constructor == null) {
            return clauses.length == 0 && implicit(type, path, nesting);
        }
        List<Expr> arguments = Arrays.stream(clauses).map(c -> value(c, outer)).toList();
        return collect(constructor, arguments, path, nesting);
    }

    private boolean collect(
            ICPPConstructor constructor, List<Expr> arguments, String path, int nesting) {
        if (nesting > MAX_NESTING
                || !lowering.symbols().isOwn(constructor.getClassOwner())
                || CppObjects.isCopying(constructor)) {
            return false;
        }
        if (!CppObjects.isWritten(constructor)) {
            return arguments.isEmpty()
                    && parts(constructor.getClassOwner(), List.of(), path, Map.of(), nesting);
        }
        Optional<ICPPASTFunctionDefinition> body = definition(constructor);
        if (body.isEmpty()) {
            return false;
        }
        Map<String, Expr> known = new HashMap<>();
        ICPPParameter[] parameters = constructor.getParameters();
        for (int i = 0; i < parameters.length && i < arguments.size(); i++) {
            known.put(parameters[i].getName(), arguments.get(i));
        }
        return parts(
                constructor.getClassOwner(),
                Arrays.asList(body.get().getMemberInitializers()),
                path,
                known,
                nesting);
    }

    private boolean implicit(ICPPClassType type, String path, int nesting) {
        return nesting <= MAX_NESTING
                && lowering.symbols().isOwn(type)
                && parts(type, List.of(), path, Map.of(), nesting);
    }

    private static Optional<ICPPASTFunctionDefinition> definition(ICPPConstructor constructor) {
        for (IASTNode node : Alignments.declarations(constructor)) {
            for (IASTNode n = node; n != null; n = n.getParent()) {
                if (n instanceof ICPPASTFunctionDefinition definition) {
                    return Optional.of(definition);
                }
            }
        }
        return Optional.empty();
    }

    private boolean parts(
            ICPPClassType type,
            List<ICPPASTConstructorChainInitializer> list,
            String path,
            Map<String, Expr> known,
            int nesting) {
        boolean seen = true;
        for (ICPPBase base : type.getBases()) {
            if (base.getBaseClass() instanceof ICPPClassType of) {
                Optional<ICPPASTConstructorChainInitializer> node =
                        list.stream()
                                .filter(
                                        n ->
                                                CppObjects.classOf(n)
                                                        .filter(of::isSameType)
                                                        .isPresent())
                                .findFirst();
                seen &=
                        node.isPresent()
                                ? collect(
                                        node.get(),
                                        node.get().getInitializer(),
                                        of,
                                        path,
                                        known,
                                        nesting + 1)
                                : byDefault(of, path, nesting + 1);
            } else {
                seen = false;
            }
        }
        for (IField field : type.getDeclaredFields()) {
            if (!field.isStatic()) {
                member(field, list, path + "." + field.getName(), known, nesting);
            }
        }
        return seen;
    }

    private boolean byDefault(ICPPClassType type, String path, int nesting) {
        for (ICPPConstructor constructor : type.getConstructors()) {
            if (constructor.getRequiredArgumentCount() == 0 && !CppObjects.isCopying(constructor)) {
                return collect(constructor, List.of(), path, nesting);
            }
        }
        return false;
    }

    private void member(
            IField field,
            List<ICPPASTConstructorChainInitializer> list,
            String path,
            Map<String, Expr> known,
            int nesting) {
        IASTNode owner = null;
        IASTInitializer initializer = CppObjects.initialValue(field);
        if (initializer != null) {
            owner = initializer.getParent();
        }
        for (ICPPASTConstructorChainInitializer node : list) {
            if (node.getMemberInitializerId().resolveBinding() instanceof IField named
                    && named.getName().equals(field.getName())) {
                owner = node;
                initializer = node.getInitializer();
            }
        }
        CType type = lowering.types().of(field.getType());
        if (CppObjects.isConstructed(field.getType())) {
            Optional<ICPPClassType> made = CppObjects.classOf(field.getType());
            boolean seen =
                    made.isPresent()
                            && (owner == null
                                    ? byDefault(made.get(), path, nesting + 1)
                                    : collect(
                                            owner,
                                            initializer,
                                            made.get(),
                                            path,
                                            known,
                                            nesting + 1));
            if (!seen) {
                unknown(path, type);
            }
            return;
        }
        if (owner == null) {
            // Static memory is 0 before any constructor runs.
            return;
        }
        IASTInitializerClause[] clauses = CppObjects.clauses(initializer);
        boolean scalar = type.struct().isEmpty() && !type.isArray();
        if (clauses.length == 1 && scalar) {
            entries.add(new Expr.Entry(path, value(clauses[0], known)));
        } else if (clauses.length > 0 || initializer instanceof IASTEqualsInitializer) {
            unknown(path, type);
        }
    }

    private void unknown(String path, CType type) {
        entries.removeIf(e -> e.path().startsWith(path + ".") || e.path().startsWith(path + "["));
        SourceRange nowhere = new SourceRange(lowering.places().main(), 0, 0, 0, 0);
        entries.add(new Expr.Entry(path, new Expr.Opaque(nowhere, type, List.of())));
    }

    /** A constant, or an argument of the constructor that is one. */
    private Expr value(IASTInitializerClause clause, Map<String, Expr> known) {
        SourceRange range = lowering.places().range(clause);
        Expr unknown = new Expr.Opaque(range, CType.UNKNOWN, List.of());
        if (!(clause instanceof IASTExpression e)) {
            return unknown;
        }
        if (e instanceof IASTIdExpression id) {
            IBinding named = id.getName().resolveBinding();
            if (named instanceof ICPPParameter) {
                return known.getOrDefault(named.getName(), unknown);
            }
        }
        Expr value = lowering.traceless(() -> lowering.expression(e));
        return isConstant(value) ? value : unknown;
    }

    private static boolean isConstant(Expr value) {
        if (value instanceof Expr.Num
                || value instanceof Expr.Text
                || value instanceof Expr.FunctionRef) {
            return true;
        }
        if (value instanceof Expr.AddressOf address) {
            return isStatic(address.place());
        }
        if (value instanceof Expr.Cast cast) {
            return isConstant(cast.operand());
        }
        return value.type().isArray() && isStatic(value);
    }

    private static boolean isStatic(Expr place) {
        if (place instanceof Expr.Field field) {
            return isStatic(field.base());
        }
        if (place instanceof Expr.Index index) {
            return index.index() instanceof Expr.Num
                    && index.base().type().isArray()
                    && isStatic(index.base());
        }
        return place instanceof Expr.Var v && v.variable().isStatic();
    }
}
