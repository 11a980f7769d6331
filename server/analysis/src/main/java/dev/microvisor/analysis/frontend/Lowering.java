package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
    private static final int MAX_DEPTH = 400;

    private final Places places;
    private final Types types;
    private final Symbols symbols;
    private final boolean cpp;
    private final Map<String, Long> device;
    private final Calls calls;
    private final CppObjects objects;
    private final Lambdas lambdas = new Lambdas(this);
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

    /** A constant expression's value, or null; without any trace in the graph. */
    Long constant(IASTExpression expression) {
        Graph outer = graph;
        graph = new Graph();
        try {
            return expression(expression) instanceof Expr.Num num ? num.value() : null;
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
            return literal(literal);
        }
        if (e instanceof IASTIdExpression id) {
            return name(id);
        }
        if (e instanceof IASTUnaryExpression unary) {
            return unary(unary, want);
        }
        if (e instanceof IASTBinaryExpression binary) {
            return binary(binary);
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
            return conditional(conditional, want);
        }
        if (e instanceof IASTExpressionList list) {
            return comma(list, want);
        }
        if (e instanceof IASTTypeIdExpression typeId) {
            return sizeOfType(typeId);
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

    private Expr opaque(IASTNode e) {
        if (e instanceof IASTProblemExpression) {
            graph.emit(new Instr.Unread(places.range(e)));
        }
        List<Expr> parts = new ArrayList<>();
        objects.collect(e, parts);
        return new Expr.Opaque(places.range(e), CType.UNKNOWN, parts);
    }

    private Expr literal(IASTLiteralExpression e) {
        SourceRange range = places.range(e);
        String text = new String(e.getValue());
        switch (e.getKind()) {
            case IASTLiteralExpression.lk_integer_constant -> {
                Long value = Folding.integer(text);
                if (value != null) {
                    boolean unsigned = text.indexOf('u') >= 0 || text.indexOf('U') >= 0;
                    CType type = unsigned ? new CType.Int("unsigned 32 bit", 4, false) : CType.INT;
                    return new Expr.Num(range, type, value);
                }
            }
            case IASTLiteralExpression.lk_char_constant -> {
                return new Expr.Num(
                        range, new CType.Int("char", 1, false), Folding.character(text));
            }
            case IASTLiteralExpression.lk_string_literal -> {
                return text(range, text);
            }
            case IASTLiteralExpression.lk_true -> {
                return new Expr.Num(range, CType.BOOL, 1);
            }
            case IASTLiteralExpression.lk_false -> {
                return new Expr.Num(range, CType.BOOL, 0);
            }
            case IASTLiteralExpression.lk_nullptr -> {
                return new Expr.Num(range, new CType.Pointer(CType.VOID, false), 0);
            }
            case IASTLiteralExpression.lk_this -> {
                if (self != null) {
                    return new Expr.Var(range, self);
                }
            }
            default -> {
                return new Expr.Opaque(range, new CType.Floating(8), List.of());
            }
        }
        return new Expr.Opaque(range, CType.UNKNOWN, List.of());
    }

    private static Expr text(SourceRange range, String raw) {
        int open = raw.indexOf('"');
        int close = raw.lastIndexOf('"');
        String body = open >= 0 && close > open ? raw.substring(open + 1, close) : "";
        String value = Folding.unescape(body);
        CType element = new CType.Int("char", 1, false);
        return new Expr.Text(
                range,
                new CType.Array(
                        new CType.Qualified(element, true, false), value.length() + 1, false),
                value);
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
        return Optional.ofNullable(self)
                .map(s -> new Expr.Var(range, s))
                .map(s -> new Expr.Deref(range, s.type().target().orElse(CType.UNKNOWN), s))
                .map(
                        object ->
                                reference(
                                        new Expr.Field(
                                                range,
                                                types.of(field.getType()),
                                                object,
                                                field.getName())));
    }

    private Expr variable(SourceRange range, IVariable binding) {
        Variable variable = symbols.variable(binding);
        if (cpp && variable.type().isConst() && !variable.type().isVolatile()) {
            Long value = Constants.number(binding.getInitialValue());
            if (value != null) {
                return new Expr.Num(range, variable.type(), value);
            }
        }
        return reference(new Expr.Var(range, variable));
    }

    /** A C++ reference stands for what it refers to. */
    private static Expr reference(Expr e) {
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
        if (operand instanceof Expr.Num num && type.plain() instanceof CType.Int to) {
            return new Expr.Num(places.range(e), type, truncate(num.value(), to));
        }
        return new Expr.Cast(places.range(e), type, operand);
    }

    private static long truncate(long value, CType.Int type) {
        if (type.size() >= 8 || type.name().equals("bool")) {
            return type.name().equals("bool") ? (value == 0 ? 0 : 1) : value;
        }
        int bits = (int) (64 - 8 * type.size());
        return type.signed() ? value << bits >> bits : value << bits >>> bits;
    }

    CType typeOf(IASTTypeId id) {
        IType type =
                cpp ? CPPVisitor.createType(id) : CVisitor.createType(id.getAbstractDeclarator());
        return types.of(type);
    }

    private Expr unary(IASTUnaryExpression e, Want want) {
        SourceRange range = places.range(e);
        int op = e.getOperator();
        switch (op) {
            case IASTUnaryExpression.op_bracketedPrimary -> {
                return expression(e.getOperand(), want);
            }
            case IASTUnaryExpression.op_plus -> {
                return expression(e.getOperand());
            }
            case IASTUnaryExpression.op_star -> {
                return deref(range, expression(e.getOperand()));
            }
            case IASTUnaryExpression.op_amper -> {
                Expr place = expression(e.getOperand());
                if (place instanceof Expr.Deref deref) {
                    return deref.pointer();
                }
                if (place instanceof Expr.FunctionRef) {
                    return place;
                }
                return new Expr.AddressOf(range, new CType.Pointer(place.type(), false), place);
            }
            case IASTUnaryExpression.op_sizeof, IASTUnaryExpression.op_alignOf -> {
                return sizeOf(e, op == IASTUnaryExpression.op_alignOf);
            }
            case IASTUnaryExpression.op_prefixIncr,
                    IASTUnaryExpression.op_prefixDecr,
                    IASTUnaryExpression.op_postFixIncr,
                    IASTUnaryExpression.op_postFixDecr -> {
                return increment(e, op, want);
            }
            case IASTUnaryExpression.op_minus -> {
                return fold(range, "-", expression(e.getOperand()));
            }
            case IASTUnaryExpression.op_tilde -> {
                return fold(range, "~", expression(e.getOperand()));
            }
            case IASTUnaryExpression.op_not -> {
                return fold(range, "!", expression(e.getOperand()));
            }
            default -> {
                return opaque(e);
            }
        }
    }

    private static Expr fold(SourceRange range, String op, Expr operand) {
        CType type = op.equals("!") ? CType.INT : operand.type();
        if (operand instanceof Expr.Num num) {
            long value = num.value();
            return new Expr.Num(
                    range,
                    type,
                    op.equals("-") ? -value : op.equals("~") ? ~value : value == 0 ? 1 : 0);
        }
        return new Expr.Unary(range, type, op, operand);
    }

    private Expr sizeOf(IASTUnaryExpression e, boolean align) {
        Graph outer = graph;
        graph = new Graph();
        CType type;
        try {
            type = expression(e.getOperand()).type();
        } finally {
            graph = outer;
        }
        long size = align ? type.align() : type.size();
        CType sizeType = new CType.Int("unsigned 32 bit", 4, false);
        return size < 0
                ? new Expr.Opaque(places.range(e), sizeType, List.of())
                : new Expr.Num(places.range(e), sizeType, size);
    }

    private Expr sizeOfType(IASTTypeIdExpression e) {
        CType type = typeOf(e.getTypeId());
        boolean align = e.getOperator() == IASTTypeIdExpression.op_alignof;
        boolean size = e.getOperator() == IASTTypeIdExpression.op_sizeof;
        long value = align ? type.align() : size ? type.size() : -1;
        CType sizeType = new CType.Int("unsigned 32 bit", 4, false);
        return value < 0
                ? new Expr.Opaque(places.range(e), sizeType, List.of())
                : new Expr.Num(places.range(e), sizeType, value);
    }

    private Expr increment(IASTUnaryExpression e, int op, Want want) {
        SourceRange range = places.range(e);
        Expr place = expression(e.getOperand());
        boolean post =
                op == IASTUnaryExpression.op_postFixIncr
                        || op == IASTUnaryExpression.op_postFixDecr;
        boolean up =
                op == IASTUnaryExpression.op_postFixIncr || op == IASTUnaryExpression.op_prefixIncr;
        Expr result = place;
        if (post && want == Want.VALUE) {
            Expr.Temp old = graph.newTemp(range, place.type());
            graph.emit(new Instr.Store(range, old, place, false, ""));
            result = old;
        }
        Expr one = new Expr.Num(range, CType.INT, 1);
        Expr next = new Expr.Binary(range, place.type(), up ? "+" : "-", place, one);
        graph.emit(new Instr.Store(range, place, next, false, up ? "+" : "-"));
        return result;
    }

    private Expr binary(IASTBinaryExpression e) {
        int op = e.getOperator();
        SourceRange range = places.range(e);
        if (op == IASTBinaryExpression.op_logicalAnd || op == IASTBinaryExpression.op_logicalOr) {
            return logical(e, range);
        }
        if (op == IASTBinaryExpression.op_assign) {
            Expr place = expression(e.getOperand1());
            Expr value =
                    e.getOperand2() == null && e.getInitOperand2() instanceof IASTInitializerList l
                            ? Initializers.flatten(this, l, place.type())
                            : Lists.value(this, e.getOperand2(), place.type());
            graph.emit(new Instr.Store(range, place, value, false, ""));
            return place;
        }
        String name = operator(op);
        if (name.isEmpty()) {
            return opaque(e);
        }
        Expr left = expression(e.getOperand1());
        Expr right = expression(e.getOperand2());
        if (name.endsWith("=") && name.length() > 1 && !isComparison(name)) {
            String arithmetic = name.substring(0, name.length() - 1);
            Expr value = new Expr.Binary(range, left.type(), arithmetic, left, right);
            graph.emit(new Instr.Store(range, left, value, false, arithmetic));
            return left;
        }
        return combine(range, name, left, right);
    }

    static Expr combine(SourceRange range, String op, Expr left, Expr right) {
        CType type = isComparison(op) ? CType.INT : arithmeticType(left.type(), right.type());
        if (left instanceof Expr.Num l && right instanceof Expr.Num r) {
            Long value = Folding.binary(op, l.value(), r.value());
            if (value != null) {
                return new Expr.Num(range, type, value);
            }
        }
        return new Expr.Binary(range, type, op, left, right);
    }

    private static CType arithmeticType(CType left, CType right) {
        if (left.isPointer() || left.isArray()) {
            return left.isArray()
                    ? new CType.Pointer(left.target().orElse(CType.UNKNOWN), false)
                    : left;
        }
        if (right.isPointer()) {
            return right;
        }
        return right.size() > left.size() ? right : left;
    }

    private static boolean isComparison(String op) {
        return switch (op) {
            case "==", "!=", "<=", ">=", "<", ">" -> true;
            default -> false;
        };
    }

    private static String operator(int op) {
        return switch (op) {
            case IASTBinaryExpression.op_multiply -> "*";
            case IASTBinaryExpression.op_divide -> "/";
            case IASTBinaryExpression.op_modulo -> "%";
            case IASTBinaryExpression.op_plus -> "+";
            case IASTBinaryExpression.op_minus -> "-";
            case IASTBinaryExpression.op_shiftLeft -> "<<";
            case IASTBinaryExpression.op_shiftRight -> ">>";
            case IASTBinaryExpression.op_lessThan -> "<";
            case IASTBinaryExpression.op_greaterThan -> ">";
            case IASTBinaryExpression.op_lessEqual -> "<=";
            case IASTBinaryExpression.op_greaterEqual -> ">=";
            case IASTBinaryExpression.op_binaryAnd -> "&";
            case IASTBinaryExpression.op_binaryXor -> "^";
            case IASTBinaryExpression.op_binaryOr -> "|";
            case IASTBinaryExpression.op_equals -> "==";
            case IASTBinaryExpression.op_notequals -> "!=";
            case IASTBinaryExpression.op_multiplyAssign -> "*=";
            case IASTBinaryExpression.op_divideAssign -> "/=";
            case IASTBinaryExpression.op_moduloAssign -> "%=";
            case IASTBinaryExpression.op_plusAssign -> "+=";
            case IASTBinaryExpression.op_minusAssign -> "-=";
            case IASTBinaryExpression.op_shiftLeftAssign -> "<<=";
            case IASTBinaryExpression.op_shiftRightAssign -> ">>=";
            case IASTBinaryExpression.op_binaryAndAssign -> "&=";
            case IASTBinaryExpression.op_binaryXorAssign -> "^=";
            case IASTBinaryExpression.op_binaryOrAssign -> "|=";
            default -> "";
        };
    }

    private Expr logical(IASTBinaryExpression e, SourceRange range) {
        Long left = constant(e.getOperand1());
        Long right = left == null ? null : constant(e.getOperand2());
        if (right != null) {
            boolean and = e.getOperator() == IASTBinaryExpression.op_logicalAnd;
            Long value = Folding.binary(and ? "&&" : "||", left, right);
            return new Expr.Num(range, CType.INT, value);
        }
        return choose(
                range,
                CType.INT,
                (yes, no) -> condition(e, yes, no),
                () -> new Expr.Num(range, CType.INT, 1),
                () -> new Expr.Num(range, CType.INT, 0));
    }

    /** Branches on a test. */
    private interface Test {
        void branch(Block yes, Block no);
    }

    /** Lowers one arm. */
    private interface Arm {
        Expr lower();
    }

    private Expr choose(SourceRange range, CType type, Test test, Arm ifYes, Arm ifNo) {
        Block yes = graph.newBlock();
        Block no = graph.newBlock();
        Block join = graph.newBlock();
        test.branch(yes, no);
        Expr.Temp[] result = new Expr.Temp[1];
        graph.enter(yes);
        Expr first = ifYes.lower();
        result[0] = graph.newTemp(range, type == null ? first.type() : type);
        graph.emit(new Instr.Store(range, result[0], first, false, ""));
        graph.fallInto(join);
        graph.enter(no);
        Expr second = ifNo.lower();
        graph.emit(new Instr.Store(range, result[0], second, false, ""));
        graph.fallInto(join);
        return result[0];
    }

    private Expr conditional(IASTConditionalExpression e, Want want) {
        IASTExpression positive = e.getPositiveResultExpression();
        if (positive == null) {
            Expr value = expression(e.getLogicalConditionExpression());
            return choose(
                    places.range(e),
                    null,
                    (yes, no) -> graph.current().exit(new Block.Exit.Branch(value, yes, no)),
                    () -> value,
                    () -> expression(e.getNegativeResultExpression(), want));
        }
        Long known = constant(e.getLogicalConditionExpression());
        if (known != null) {
            return expression(known != 0 ? positive : e.getNegativeResultExpression(), want);
        }
        return choose(
                places.range(e),
                null,
                (yes, no) -> condition(e.getLogicalConditionExpression(), yes, no),
                () -> expression(positive, want),
                () -> expression(e.getNegativeResultExpression(), want));
    }

    /** Ends the current block with branches on a condition, short-circuits included. */
    void condition(IASTExpression e, Block yes, Block no) {
        if (e instanceof IASTUnaryExpression unary) {
            if (unary.getOperator() == IASTUnaryExpression.op_bracketedPrimary) {
                condition(unary.getOperand(), yes, no);
                return;
            }
            if (unary.getOperator() == IASTUnaryExpression.op_not) {
                condition(unary.getOperand(), no, yes);
                return;
            }
        }
        if (e instanceof IASTBinaryExpression binary && ++depth < MAX_DEPTH) {
            try {
                if (binary.getOperator() == IASTBinaryExpression.op_logicalAnd) {
                    Block next = graph.newBlock();
                    condition(binary.getOperand1(), next, no);
                    graph.enter(next);
                    condition(binary.getOperand2(), yes, no);
                    return;
                }
                if (binary.getOperator() == IASTBinaryExpression.op_logicalOr) {
                    Block next = graph.newBlock();
                    condition(binary.getOperand1(), yes, next);
                    graph.enter(next);
                    condition(binary.getOperand2(), yes, no);
                    return;
                }
            } finally {
                depth--;
            }
        }
        Expr value = expression(e);
        if (value instanceof Expr.Num num) {
            graph.current().exit(new Block.Exit.Goto(num.value() != 0 ? yes : no));
        } else {
            graph.current().exit(new Block.Exit.Branch(value, yes, no));
        }
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
