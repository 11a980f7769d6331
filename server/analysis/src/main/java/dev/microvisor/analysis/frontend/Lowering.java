package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Integers;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.cdt.core.dom.ast.IASTArraySubscriptExpression;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTCastExpression;
import org.eclipse.cdt.core.dom.ast.IASTConditionalExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionList;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTLiteralExpression;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTProblemExpression;
import org.eclipse.cdt.core.dom.ast.IASTTypeId;
import org.eclipse.cdt.core.dom.ast.IASTTypeIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTTypeIdInitializerExpression;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IEnumerator;
import org.eclipse.cdt.core.dom.ast.IField;
import org.eclipse.cdt.core.dom.ast.IFunction;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.IVariable;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTLambdaExpression;
import org.eclipse.cdt.core.dom.ast.gnu.IGNUASTCompoundStatementExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CVisitor;
import org.eclipse.cdt.internal.core.dom.parser.cpp.semantics.CPPVisitor;

/**
 * Lowers the expressions of one unit. Side effects go to the graph in evaluation order; what comes
 * back only reads.
 */
final class Lowering {
    /** Nesting of expressions; deeper ones are left unread. */
    static final int MAX_DEPTH = 400;

    private final Places places;
    private final Types types;
    private final Symbols symbols;
    private final boolean cpp;
    private final Map<String, Long> device;
    private final Literals literals = new Literals(this);
    private final Conditions conditions = new Conditions(this);
    private final Operators operators = new Operators(this, conditions);
    private final Calls calls;
    private final CppObjects objects;
    private final Lambdas lambdas = new Lambdas(this);
    private final Map<IASTExpression, Optional<Long>> constants = new IdentityHashMap<>();
    private Graph graph;
    private Statements statements;
    private Variable self;
    private int depth;

    /**
     * @param device numbers that the device's header names, for units that do without it
     */
    Lowering(Places places, Types types, Symbols symbols, boolean cpp, Map<String, Long> device) {
        this.device = device;
        this.places = places;
        this.types = types;
        this.symbols = symbols;
        this.cpp = cpp;
        this.calls = new Calls(this);
        this.objects = new CppObjects(this);
    }

    /** What the context does with a value. */
    enum Want {
        VALUE,
        NOTHING,
        VOID
    }

    /** Starts a function, or file scope with a graph that nobody looks at. */
    void start(Graph newGraph, Statements newStatements, Variable thisVariable) {
        graph = newGraph;
        statements = newStatements;
        self = thisVariable;
    }

    /** Lowers something in a function of its own, in the middle of another. */
    void inside(Graph inner, Variable thisVariable, Consumer<Statements> work) {
        Graph outerGraph = graph;
        Statements outerStatements = statements;
        Variable outerSelf = self;
        Statements innerStatements = new Statements(this, inner);
        start(inner, innerStatements, thisVariable);
        try {
            work.accept(innerStatements);
        } finally {
            start(outerGraph, outerStatements, outerSelf);
        }
    }

    Places places() {
        return places;
    }

    Types types() {
        return types;
    }

    Symbols symbols() {
        return symbols;
    }

    Calls calls() {
        return calls;
    }

    Lambdas lambdas() {
        return lambdas;
    }

    CppObjects objects() {
        return objects;
    }

    Graph graph() {
        return graph;
    }

    Conditions conditions() {
        return conditions;
    }

    /** The object that the method belongs to; null outside of methods. */
    Variable self() {
        return self;
    }

    /** A constant expression's value, or null; without any trace in the graph. */
    Long constant(IASTExpression expression) {
        // Asked for at every level of a nest: without memory the work would double with each.
        Optional<Long> known = constants.get(expression);
        if (known == null) {
            Expr value = traceless(() -> expression(expression));
            known =
                    Optional.of(value)
                            .filter(Expr.Num.class::isInstance)
                            .map(v -> ((Expr.Num) v).value());
            constants.put(expression, known);
        }
        return known.orElse(null);
    }

    /** Lowers what is not evaluated: nothing of it comes into the graph. */
    Expr traceless(Supplier<Expr> work) {
        Graph outer = graph;
        graph = new Graph();
        try {
            return work.get();
        } finally {
            graph = outer;
        }
    }

    Expr expression(IASTExpression e) {
        return expression(e, Want.VALUE);
    }

    Expr expression(IASTExpression e, Want want) {
        if (e == null || depth >= MAX_DEPTH) {
            return new Expr.Opaque(e == null ? null : places.range(e), CType.UNKNOWN, List.of());
        }
        depth++;
        try {
            return lower(e, want);
        } finally {
            depth--;
        }
    }

    private Expr lower(IASTExpression e, Want want) {
        if (e instanceof IASTLiteralExpression literal) {
            return literals.lower(literal);
        }
        if (e instanceof IASTIdExpression id) {
            return name(id);
        }
        if (e instanceof IASTUnaryExpression unary) {
            return operators.unary(unary, want);
        }
        if (e instanceof IASTBinaryExpression binary) {
            return operators.binary(binary);
        }
        Optional<Expr> made = cpp ? Lists.made(this, e) : Optional.empty();
        if (made.isPresent()) {
            return made.get();
        }
        if (e instanceof IASTFunctionCallExpression call) {
            return calls.lower(call, want);
        }
        if (e instanceof IASTFieldReference field) {
            return field(field);
        }
        if (e instanceof IASTArraySubscriptExpression subscript) {
            return subscript(subscript);
        }
        if (e instanceof IASTCastExpression cast) {
            return cast(cast);
        }
        if (e instanceof IASTConditionalExpression conditional) {
            return conditions.conditional(conditional, want);
        }
        if (e instanceof IASTExpressionList list) {
            return comma(list, want);
        }
        if (e instanceof IASTTypeIdExpression typeId) {
            return operators.sizeOfType(typeId);
        }
        if (e instanceof IASTTypeIdInitializerExpression literal) {
            return compoundLiteral(literal);
        }
        if (e instanceof IGNUASTCompoundStatementExpression block && statements != null) {
            return statements.valueOf(block.getCompoundStatement());
        }
        if (e instanceof ICPPASTLambdaExpression lambda && statements != null) {
            return lambdas.lower(lambda, self);
        }
        return opaque(e);
    }

    Expr opaque(IASTNode e) {
        if (e instanceof IASTProblemExpression) {
            graph.emit(new Instr.Unread(places.range(e)));
        }
        List<Expr> parts = new ArrayList<>();
        objects.collect(e, parts);
        return new Expr.Opaque(places.range(e), CType.UNKNOWN, parts);
    }

    private Expr name(IASTIdExpression e) {
        SourceRange range = places.range(e);
        IBinding binding = e.getName().resolveBinding();
        if (binding instanceof IEnumerator enumerator) {
            Long value = Constants.number(enumerator.getValue());
            return value == null
                    ? new Expr.Opaque(range, types.of(enumerator.getType()), List.of())
                    : new Expr.Num(range, types.of(enumerator.getType()), value);
        }
        if (binding instanceof IField field && !field.isStatic() && self != null) {
            return ownField(range, field).orElseThrow();
        }
        if (binding instanceof IVariable variable) {
            return variable(range, variable);
        }
        if (binding instanceof IFunction function) {
            CType result =
                    function.getType() == null
                            ? CType.UNKNOWN
                            : types.of(function.getType().getReturnType());
            return new Expr.FunctionRef(range, new CType.Callable(result), symbols.key(function));
        }
        return deviceNumber(e.getName())
                .orElseGet(() -> new Expr.Opaque(range, CType.UNKNOWN, List.of()));
    }

    /** The interrupt that a name stands for in the vendor's header. */
    Optional<Expr> deviceNumber(IASTName name) {
        return Optional.ofNullable(device.get(name.toString()))
                .map(n -> new Expr.Num(places.range(name), CType.INT, n));
    }

    /** A member of the object that the method belongs to; empty outside of methods. */
    Optional<Expr> ownField(SourceRange range, IField field) {
        return ownPlace(range, field).map(Lowering::reference);
    }

    /** The same, of a reference where it is kept. */
    Optional<Expr> ownPlace(SourceRange range, IField field) {
        return Optional.ofNullable(self)
                .map(s -> new Expr.Var(range, s))
                .map(s -> new Expr.Deref(range, s.type().target().orElse(CType.UNKNOWN), s))
                .map(
                        object ->
                                new Expr.Field(
                                        range, types.of(field.getType()), object, field.getName()));
    }

    private Expr variable(SourceRange range, IVariable binding) {
        Variable variable = symbols.variable(binding);
        if (cpp && variable.type().isConst() && !variable.type().isVolatile()) {
            Long value = Constants.number(binding.getInitialValue());
            if (value != null) {
                CType type = variable.type();
                return new Expr.Num(range, type, Integers.convert(type, value));
            }
        }
        return reference(new Expr.Var(range, variable));
    }

    /** A C++ reference stands for what it refers to. */
    static Expr reference(Expr e) {
        if (e.type().plain() instanceof CType.Pointer pointer && pointer.reference()) {
            return new Expr.Deref(e.range(), pointer.to(), e);
        }
        return e;
    }

    private Expr field(IASTFieldReference e) {
        Expr owner = expression(e.getFieldOwner());
        Expr base = e.isPointerDereference() ? deref(owner.range(), owner) : owner;
        String name = e.getFieldName().toString();
        CType type =
                base.type()
                        .struct()
                        .flatMap(s -> s.member(name))
                        .map(CType.Member::type)
                        .orElse(null);
        if (type == null) {
            IBinding binding = e.getFieldName().resolveBinding();
            type = binding instanceof IVariable v ? types.of(v.getType()) : CType.UNKNOWN;
            if (binding instanceof IEnumerator) {
                return new Expr.Opaque(places.range(e), CType.UNKNOWN, List.of(base));
            }
        }
        return reference(new Expr.Field(places.range(e), type, base, name));
    }

    static Expr deref(SourceRange range, Expr pointer) {
        if (pointer instanceof Expr.AddressOf address) {
            return address.place();
        }
        return new Expr.Deref(range, pointer.type().target().orElse(CType.UNKNOWN), pointer);
    }

    private Expr subscript(IASTArraySubscriptExpression e) {
        Expr base = expression(e.getArrayExpression());
        IASTInitializerClause argument = e.getArgument();
        Expr index =
                argument instanceof IASTExpression expression
                        ? expression(expression)
                        : new Expr.Opaque(places.range(e), CType.UNKNOWN, List.of());
        return new Expr.Index(
                places.range(e), base.type().target().orElse(CType.UNKNOWN), base, index);
    }

    private Expr cast(IASTCastExpression e) {
        CType type = typeOf(e.getTypeId());
        boolean toVoid = type.equals(CType.VOID);
        Expr operand =
                toVoid
                        ? expression(e.getOperand(), Want.VOID)
                        : Lists.value(this, e.getOperand(), type);
        if (operand instanceof Expr.Aggregate) {
            return operand;
        }
        if (operand instanceof Expr.Num num && type.plain() instanceof CType.Int) {
            return new Expr.Num(places.range(e), type, Integers.convert(type, num.value()));
        }
        return new Expr.Cast(places.range(e), type, operand);
    }

    CType typeOf(IASTTypeId id) {
        IType type =
                cpp ? CPPVisitor.createType(id) : CVisitor.createType(id.getAbstractDeclarator());
        return types.of(type);
    }

    private Expr comma(IASTExpressionList list, Want want) {
        IASTExpression[] parts = list.getExpressions();
        Expr last = new Expr.Opaque(places.range(list), CType.UNKNOWN, List.of());
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            last = expression(parts[i], isLast ? want : Want.NOTHING);
        }
        return last;
    }

    private Expr compoundLiteral(IASTTypeIdInitializerExpression e) {
        CType type = typeOf(e.getTypeId());
        if (e.getInitializer() instanceof IASTInitializerList list) {
            return Initializers.flatten(this, list, type);
        }
        return opaque(e);
    }
}
