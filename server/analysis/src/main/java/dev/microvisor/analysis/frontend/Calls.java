package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.project.ArmToolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionStatement;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNamedTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IFunction;
import org.eclipse.cdt.core.dom.ast.IFunctionType;
import org.eclipse.cdt.core.dom.ast.IParameter;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTQualifiedName;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPReferenceType;
import org.eclipse.cdt.internal.core.dom.parser.cpp.ClassTypeHelper;

/** Lowers calls. */
final class Calls {
    private final Lowering lowering;

    Calls(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr lower(IASTFunctionCallExpression e, Lowering.Want want) {
        IASTExpression target = unwrap(e.getFunctionNameExpression());
        IASTName name = nameOf(target);
        IBinding binding = name == null ? null : name.resolveBinding();
        if (name != null && name.toString().equals("__builtin_expect")) {
            return argument(e.getArguments()[0], false);
        }
        Optional<Expr> array = StdArray.call(e, binding, lowering);
        if (array.isPresent()) {
            return array.get();
        }
        IFunction function = binding instanceof IFunction f ? f : null;
        if (function != null) {
            lowering.symbols().need(function);
        }
        Optional<Expr> object = object(target, function);
        List<Expr> arguments = new ArrayList<>();
        IASTInitializerClause[] clauses = e.getArguments();
        for (int i = 0; i < clauses.length; i++) {
            arguments.add(argument(clauses[i], function, i));
        }
        // A name that is no variable is a function, declared or not: C once allowed that.
        boolean named = function != null || (name != null && isUndeclared(target, binding));
        Expr callee = named ? null : target == null ? opaque(e) : lowering.expression(target);
        SourceRange range = lowering.places().range(e);
        CType result = resultType(function, callee);
        Expr.Temp temp = lowering.graph().newTemp(range, result);
        String key =
                !named
                        ? callee == null ? "" : Program.member(callee).orElse("")
                        : function == null ? name.toString() : lowering.symbols().key(function);
        String written = name == null ? "" : name.getLastName().toString();
        lowering.graph()
                .emit(
                        new Instr.Call(
                                range,
                                lowering.graph().nextCall(),
                                key,
                                named ? written : key.isEmpty() ? "" : "->" + written,
                                callee == null
                                        ? new Expr.FunctionRef(
                                                range, new CType.Callable(result), key)
                                        : callee,
                                arguments,
                                temp,
                                use(want),
                                name == null
                                        ? Instr.Origin.WRITTEN
                                        : lowering.places().origin(name),
                                name == null ? range : lowering.places().range(name),
                                inAssert(e),
                                statement(e),
                                object));
        if ((function != null && lowering.symbols().isNoReturn(function)) || isBuiltinStop(key)) {
            lowering.graph().end(new dev.microvisor.analysis.ir.Block.Exit.Stop());
        }
        return Lowering.reference(temp);
    }

    /** A pointer to the object whose method is called. */
    private Optional<Expr> object(IASTExpression target, IFunction function) {
        if (!(function instanceof ICPPMethod method) || method.isStatic()) {
            return Optional.empty();
        }
        Optional<Expr> object = Optional.empty();
        if (target instanceof IASTFieldReference member) {
            Expr owner = lowering.expression(member.getFieldOwner());
            object =
                    Optional.of(
                            member.isPointerDereference() ? owner : address(owner.range(), owner));
        } else if (lowering.self() != null) {
            object = Optional.of(new Expr.Var(lowering.places().range(target), lowering.self()));
        }
        boolean settled =
                nameOf(target) instanceof ICPPASTQualifiedName
                        || !ClassTypeHelper.isVirtual(method);
        // Another class may have a method of its own in the place of this one.
        return object.map(o -> settled ? o : new Expr.Opaque(o.range(), o.type(), List.of(o)));
    }

    static Expr address(SourceRange range, Expr place) {
        return place instanceof Expr.Deref deref
                ? deref.pointer()
                : new Expr.AddressOf(range, new CType.Pointer(place.type(), true), place);
    }

    /**
     * {@code NVIC_EnableIRQ(TIM8_BRK_IRQn);} in C++ without the vendor's header, which reads as a
     * declaration. Only a number of the device tells that it is none.
     */
    boolean withDeviceNumber(IASTSimpleDeclaration read) {
        IASTName callee = ((IASTNamedTypeSpecifier) read.getDeclSpecifier()).getName();
        IASTDeclarator nested = read.getDeclarators()[0].getNestedDeclarator();
        Optional<Expr> number = lowering.deviceNumber(nested.getName());
        if (number.isEmpty() || read.getDeclarators()[0].getInitializer() != null) {
            return false;
        }
        SourceRange range = lowering.places().range(read.getDeclarators()[0]);
        SourceRange name = lowering.places().range(callee);
        String key = callee.getLastName().toString();
        lowering.graph()
                .emit(
                        new Instr.Call(
                                range,
                                lowering.graph().nextCall(),
                                key,
                                key,
                                new Expr.FunctionRef(name, new CType.Callable(CType.UNKNOWN), key),
                                List.of(number.get()),
                                lowering.graph().newTemp(range, CType.UNKNOWN),
                                Instr.ResultUse.DISCARDED,
                                lowering.places().origin(callee),
                                name,
                                false,
                                Optional.of(lowering.places().range(read))));
        return true;
    }

    private static boolean isBuiltinStop(String key) {
        return switch (key) {
            case "abort",
                    "exit",
                    "_exit",
                    "__assert_func",
                    "__builtin_unreachable",
                    "__builtin_trap" ->
                    true;
            default -> false;
        };
    }

    private static boolean isUndeclared(IASTExpression target, IBinding binding) {
        return target instanceof IASTIdExpression
                && (binding == null
                        || binding instanceof org.eclipse.cdt.core.dom.ast.IProblemBinding);
    }

    private Expr opaque(IASTFunctionCallExpression e) {
        return new Expr.Opaque(lowering.places().range(e), CType.UNKNOWN, List.of());
    }

    private static IASTExpression unwrap(IASTExpression e) {
        IASTExpression inner = e;
        while (inner instanceof IASTUnaryExpression unary
                && (unary.getOperator() == IASTUnaryExpression.op_bracketedPrimary
                        || (unary.getOperator() == IASTUnaryExpression.op_star
                                && unary.getOperand() instanceof IASTIdExpression id
                                && id.getName().resolveBinding() instanceof IFunction))) {
            inner = unary.getOperand();
        }
        return inner;
    }

    private static IASTName nameOf(IASTExpression target) {
        if (target instanceof IASTIdExpression id) {
            return id.getName();
        }
        return target instanceof IASTFieldReference field ? field.getFieldName() : null;
    }

    Expr argument(IASTInitializerClause clause, IFunction function, int index) {
        boolean byReference = isReference(function, index);
        if (clause instanceof IASTInitializerList list) {
            if (isConstructed(function, index)) {
                return constructed(list, byReference);
            }
            CType type = parameter(function, index);
            Expr made = Initializers.flatten(lowering, list, type);
            return byReference
                    ? new Expr.AddressOf(made.range(), new CType.Pointer(type, true), made)
                    : made;
        }
        return argument(clause, byReference);
    }

    /** True for a parameter whose class makes itself something of the list it is given. */
    private static boolean isConstructed(IFunction function, int index) {
        IParameter[] parameters = function == null ? null : function.getParameters();
        if (parameters == null || index >= parameters.length) {
            return false;
        }
        IType type = parameters[index].getType();
        return CppObjects.isConstructed(type instanceof ICPPReferenceType r ? r.getType() : type);
    }

    private Expr constructed(IASTInitializerList list, boolean byReference) {
        List<Expr> parts = new ArrayList<>();
        for (IASTInitializerClause clause : list.getClauses()) {
            parts.add(argument(clause, false));
        }
        Expr made = new Expr.Opaque(lowering.places().range(list), CType.UNKNOWN, parts);
        return byReference
                ? new Expr.AddressOf(made.range(), new CType.Pointer(CType.UNKNOWN, true), made)
                : made;
    }

    /** The type of a parameter, behind its reference. */
    private CType parameter(IFunction function, int index) {
        IParameter[] parameters = function == null ? null : function.getParameters();
        if (parameters == null || index >= parameters.length) {
            return CType.UNKNOWN;
        }
        IType type = parameters[index].getType();
        return lowering.types().of(type instanceof ICPPReferenceType r ? r.getType() : type);
    }

    Expr argument(IASTInitializerClause clause, boolean byReference) {
        if (clause instanceof IASTExpression expression) {
            Expr value = lowering.expression(expression);
            return byReference ? address(value.range(), value) : value;
        }
        SourceRange range = lowering.places().range(clause);
        if (clause instanceof IASTInitializerList list) {
            return Initializers.flatten(lowering, list, CType.UNKNOWN);
        }
        return new Expr.Opaque(range, CType.UNKNOWN, List.of());
    }

    static boolean isReference(IFunction function, int index) {
        if (function == null) {
            return false;
        }
        IParameter[] parameters = function.getParameters();
        if (parameters == null || index >= parameters.length) {
            return false;
        }
        IType type = parameters[index].getType();
        return type instanceof ICPPReferenceType;
    }

    private CType resultType(IFunction function, Expr callee) {
        if (function != null) {
            IFunctionType type = function.getType();
            return type == null ? CType.UNKNOWN : lowering.types().of(type.getReturnType());
        }
        if (callee != null) {
            CType type = callee.type().plain();
            if (type instanceof CType.Pointer pointer) {
                type = pointer.to().plain();
            }
            if (type instanceof CType.Callable callable) {
                return callable.result();
            }
        }
        return CType.UNKNOWN;
    }

    private static Instr.ResultUse use(Lowering.Want want) {
        return switch (want) {
            case VALUE -> Instr.ResultUse.USED;
            case NOTHING -> Instr.ResultUse.DISCARDED;
            case VOID -> Instr.ResultUse.VOIDED;
        };
    }

    private boolean inAssert(IASTFunctionCallExpression e) {
        return lowering.places()
                .macro(e)
                .filter(m -> m.name().equals("assert"))
                .filter(
                        m ->
                                m.file().startsWith(ArmToolchain.INCLUDE_FOLDER)
                                        || m.file().endsWith("assert.h"))
                .isPresent();
    }

    private Optional<SourceRange> statement(IASTFunctionCallExpression e) {
        return e.getParent() instanceof IASTExpressionStatement s
                ? Optional.of(lowering.places().range(s))
                : Optional.empty();
    }
}
