package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTArrayDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTArrayModifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IVariable;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorInitializer;

/** Lowers the declarations of variables, with what initialises them. */
final class Declarations {
    private final Lowering lowering;
    private final Graph graph;
    private final Scopes scopes;

    Declarations(Lowering lowering, Graph graph, Scopes scopes) {
        this.scopes = scopes;
        this.lowering = lowering;
        this.graph = graph;
    }

    void lower(IASTDeclarator declarator) {
        IASTDeclarator inner = declarator;
        List<Expr> lengths = new ArrayList<>();
        while (inner.getNestedDeclarator() != null) {
            inner = inner.getNestedDeclarator();
        }
        if (!(inner.getName().resolveBinding() instanceof IVariable binding)) {
            return;
        }
        Variable variable = lowering.symbols().variable(binding);
        if (variable.isStatic()) {
            lowering.symbols()
                    .redefine(binding, withInitializer(lowering, binding, variable, declarator));
            return;
        }
        if (declarator instanceof IASTArrayDeclarator array && isVariable(variable.type())) {
            for (IASTArrayModifier modifier : array.getArrayModifiers()) {
                lengths.add(lowering.expression(modifier.getConstantExpression()));
            }
        }
        graph.variables().add(variable);
        SourceRange range = lowering.places().range(declarator);
        IASTInitializer initializer = declarator.getInitializer();
        if (lowering.objects().isDestroyed(binding.getType())) {
            scopes.add(binding.getType(), new Expr.Var(range, variable));
        }
        if (CppObjects.isConstructed(binding.getType())) {
            Expr place = new Expr.Var(lowering.places().range(inner.getName()), variable);
            lowering.objects().construct(declarator, initializer, binding.getType(), place, true);
            return;
        }
        Optional<Expr> value =
                initializer == null
                        ? Optional.empty()
                        : initializer(lowering, initializer, variable.type());
        if (value.isPresent()) {
            Expr place =
                    new Expr.Var(
                            lowering.places().range(inner.getName()),
                            sized(binding, variable, value.get()));
            graph.emit(new Instr.Store(range, place, value.get(), true, ""));
        } else {
            graph.emit(new Instr.Declare(range, variable, lengths));
            MemberDefaults.object(lowering, variable.type(), range, false)
                    .ifPresent(
                            made ->
                                    graph.emit(
                                            new Instr.Store(
                                                    range,
                                                    new Expr.Var(range, variable),
                                                    made,
                                                    true,
                                                    "")));
        }
    }

    /** {@code char a[] = "x"} gets its length from its initialiser. */
    private Variable sized(IVariable binding, Variable variable, Expr value) {
        boolean open =
                variable.type().plain() instanceof CType.Array array
                        && array.count() < 0
                        && !array.variable();
        if (!open || !value.type().isArray()) {
            return variable;
        }
        Variable sized = retyped(variable, value);
        lowering.symbols().redefine(binding, sized);
        graph.variables().remove(variable);
        graph.variables().add(sized);
        return sized;
    }

    private static Variable retyped(Variable variable, Expr value) {
        CType.Array open = (CType.Array) variable.type().plain();
        long count = ((CType.Array) value.type().plain()).count();
        CType type = new CType.Array(open.element(), count, false);
        return new Variable(
                variable.key(), variable.name(), type, variable.storage(), variable.declaration());
    }

    static Optional<Expr> initializer(Lowering lowering, IASTInitializer initializer, CType type) {
        if (initializer instanceof IASTEqualsInitializer equals) {
            IASTInitializerClause clause = equals.getInitializerClause();
            if (clause instanceof IASTInitializerList list) {
                return Optional.of(Initializers.flatten(lowering, list, type));
            }
            return clause instanceof IASTExpression e
                    ? Optional.of(bind(lowering.expression(e), type))
                    : Optional.empty();
        }
        if (initializer instanceof IASTInitializerList list) {
            return Optional.of(Initializers.flatten(lowering, list, type));
        }
        if (initializer instanceof ICPPASTConstructorInitializer constructor
                && constructor.getArguments().length == 1
                && constructor.getArguments()[0] instanceof IASTInitializerList list) {
            return Optional.of(Initializers.flatten(lowering, list, type));
        }
        if (initializer instanceof ICPPASTConstructorInitializer constructor
                && constructor.getArguments().length == 1
                && constructor.getArguments()[0] instanceof IASTExpression e) {
            return Optional.of(bind(lowering.expression(e), type));
        }
        return Optional.empty();
    }

    /** A reference is initialised with the address of its referent. */
    static Expr bind(Expr value, CType type) {
        boolean reference = type.plain() instanceof CType.Pointer p && p.reference();
        if (!reference) {
            return value;
        }
        return value instanceof Expr.Deref deref
                ? deref.pointer()
                : new Expr.AddressOf(value.range(), type, value);
    }

    static Variable withInitializer(
            Lowering lowering, IVariable binding, Variable variable, IASTDeclarator declarator) {
        Optional<Expr> value;
        if (variable.declaration().definition() && CppObjects.isConstructed(binding.getType())) {
            value = new ConstantObjects(lowering).of(declarator, binding.getType());
        } else if (declarator.getInitializer() != null) {
            value = initializer(lowering, declarator.getInitializer(), variable.type());
        } else {
            SourceRange range = variable.declaration().name();
            value =
                    variable.declaration().definition()
                            ? MemberDefaults.object(lowering, variable.type(), range, true)
                            : Optional.empty();
            if (value.isEmpty()) {
                return variable;
            }
        }
        Variable.Declaration d = variable.declaration();
        Variable.Declaration where =
                new Variable.Declaration(
                        d.name(),
                        d.attributePlace(),
                        d.statement(),
                        d.declaredAlign(),
                        true,
                        d.ownCode(),
                        true,
                        d.redeclarations(),
                        value);
        boolean open =
                variable.type().plain() instanceof CType.Array a && a.count() < 0 && !a.variable();
        CType type = variable.type();
        if (open && value.isPresent() && value.get().type().plain() instanceof CType.Array made) {
            type = new CType.Array(((CType.Array) type.plain()).element(), made.count(), false);
        }
        return new Variable(variable.key(), variable.name(), type, variable.storage(), where);
    }

    private static boolean isVariable(CType type) {
        return type.plain() instanceof CType.Array array
                && (array.variable() || isVariable(array.element()));
    }
}
