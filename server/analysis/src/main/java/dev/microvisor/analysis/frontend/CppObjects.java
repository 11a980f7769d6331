package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTImplicitName;
import org.eclipse.cdt.core.dom.ast.IASTImplicitNameOwner;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IField;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorChainInitializer;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorInitializer;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPBase;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPClassType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPConstructor;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPReferenceType;
import org.eclipse.cdt.internal.core.dom.parser.cpp.ICPPDeferredClassInstance;
import org.eclipse.cdt.internal.core.dom.parser.cpp.semantics.SemanticUtil;

/**
 * Construction and destruction of C++ objects: calls of what the class says, with the object.
 * Constructors and destructors that the compiler makes are written down as functions, too.
 */
final class CppObjects {
    /** Members of members of members. */
    private static final int MAX_NESTING = 8;

    private final Lowering lowering;
    private final Set<String> made = new HashSet<>();
    private final List<Function> functions = new ArrayList<>();

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

    /** Makes an object at a place, as a declarator, an initialiser or an expression says. */
    void construct(
            IASTNode owner, IASTInitializer initializer, IType type, Expr place, boolean declares) {
        SourceRange range = lowering.places().range(owner);
        IASTInitializerClause[] clauses = clauses(initializer);
        ICPPConstructor constructor = constructor(owner);
        if (clauses.length == 1 && clauses[0] instanceof IASTExpression source) {
            boolean copies =
                    classOf(source.getExpressionType())
                            .filter(c -> classOf(type).filter(c::isSameType).isPresent())
                            .isPresent();
            Expr value = copies ? lowering.expression(source) : null;
            boolean own = constructor != null && isWritten(constructor);
            if (value instanceof Expr.Temp || (value != null && !own)) {
                emit(range, place, value, declares);
                return;
            }
        }
        List<Expr> arguments = new ArrayList<>();
        for (int i = 0; i < clauses.length; i++) {
            arguments.add(lowering.calls().argument(clauses[i], constructor, i));
        }
        boolean known =
                constructor != null && lowering.symbols().isOwn(constructor.getClassOwner());
        if (known && isWritten(constructor)) {
            emit(range, place, new Expr.Opaque(range, place.type(), List.of()), declares);
            lowering.symbols().need(constructor);
            call(range, constructor, arguments, place);
        } else if (known && clauses.length == 0) {
            // Of a class without a constructor of its own braces make zeros.
            Expr before =
                    initializer == null
                            ? new Expr.Opaque(range, place.type(), List.of())
                            : new Expr.Aggregate(range, place.type(), List.of());
            emit(range, place, before, declares);
            callImplicit(range, constructor, place);
        } else {
            if (constructor != null && !constructor.isImplicit()) {
                lowering.symbols().need(constructor);
                call(range, constructor, arguments, place);
            }
            emit(range, place, new Expr.Opaque(range, place.type(), arguments), declares);
        }
    }

    /** Makes an object of which nothing is said. */
    private void constructDefault(IType type, Expr place, SourceRange range) {
        Optional<ICPPClassType> made = classOf(type);
        if (made.isEmpty() || !lowering.symbols().isOwn(made.get())) {
            return;
        }
        for (ICPPConstructor constructor : made.get().getConstructors()) {
            if (constructor.getRequiredArgumentCount() == 0 && !isCopying(constructor)) {
                if (isWritten(constructor)) {
                    lowering.symbols().need(constructor);
                    call(range, constructor, List.of(), place);
                } else {
                    callImplicit(range, constructor, place);
                }
                return;
            }
        }
    }

    static boolean isCopying(ICPPConstructor constructor) {
        return constructor.getParameters().length == 1
                && constructor.getParameters()[0].getType() instanceof ICPPReferenceType;
    }

    private void emit(SourceRange range, Expr place, Expr value, boolean declares) {
        lowering.graph().emit(new Instr.Store(range, place, value, declares, ""));
    }

    /** The class of an object or reference; empty for everything else. */
    static Optional<ICPPClassType> classOf(IType type) {
        IType plain =
                SemanticUtil.getNestedType(
                        type, SemanticUtil.TDEF | SemanticUtil.ALLCVQ | SemanticUtil.REF);
        return plain instanceof ICPPClassType made ? Optional.of(made) : Optional.empty();
    }

    /** True for a function that somebody has written: neither implicit nor {@code = default}. */
    static boolean isWritten(ICPPMethod method) {
        if (method.isImplicit()) {
            return false;
        }
        for (IASTNode node : Alignments.declarations(Symbols.generic(method))) {
            for (IASTNode n = node; n != null; n = n.getParent()) {
                if (n instanceof ICPPASTFunctionDefinition definition) {
                    return !definition.isDefaulted();
                }
            }
        }
        return true;
    }

    private void call(SourceRange range, ICPPMethod method, List<Expr> arguments, Expr object) {
        String key = lowering.symbols().key(method);
        lowering.graph()
                .emit(
                        new Instr.Call(
                                range,
                                lowering.graph().nextCall(),
                                key,
                                method.getName(),
                                new Expr.FunctionRef(range, new CType.Callable(CType.VOID), key),
                                arguments,
                                lowering.graph().newTemp(range, CType.VOID),
                                Instr.ResultUse.USED,
                                Instr.Origin.WRITTEN,
                                range,
                                false,
                                Optional.empty(),
                                Optional.of(Calls.address(range, object))));
    }

    private void callImplicit(SourceRange range, ICPPConstructor constructor, Expr place) {
        ICPPClassType type = Symbols.generic(constructor.getClassOwner());
        make(lowering.symbols().key(constructor), constructor.getName(), type, true);
        call(range, constructor, List.of(), place);
    }

    /** Destroys an object, if its class says how. */
    void destroy(SourceRange range, IType type, Expr place) {
        Optional<ICPPClassType> made = classOf(type);
        if (made.isEmpty()) {
            return;
        }
        for (ICPPMethod method : made.get().getDeclaredMethods()) {
            if (method.isDestructor() && isWritten(method)) {
                lowering.symbols().need(method);
                call(range, method, List.of(), place);
                return;
            }
        }
        for (ICPPMethod method : made.get().getMethods()) {
            if (method.isDestructor() && method.getClassOwner().isSameType(made.get())) {
                ICPPClassType generic = Symbols.generic(made.get());
                make(lowering.symbols().key(method), method.getName(), generic, false);
                call(range, method, List.of(), place);
                return;
            }
        }
    }

    /** True when something is to be done when an object of a type ends. */
    boolean isDestroyed(IType type) {
        return isDestroyed(type, 0);
    }

    private boolean isDestroyed(IType type, int nesting) {
        IType plain = SemanticUtil.getNestedType(type, SemanticUtil.TDEF | SemanticUtil.ALLCVQ);
        if (nesting > MAX_NESTING
                || !(plain instanceof ICPPClassType made)
                || !lowering.symbols().isOwn(made)) {
            return false;
        }
        for (ICPPMethod method : made.getDeclaredMethods()) {
            if (method.isDestructor() && isWritten(method)) {
                return true;
            }
        }
        for (ICPPBase base : made.getBases()) {
            if (base.getBaseClass() instanceof IType of && isDestroyed(of, nesting + 1)) {
                return true;
            }
        }
        for (IField field : made.getDeclaredFields()) {
            if (!field.isStatic() && isDestroyed(field.getType(), nesting + 1)) {
                return true;
            }
        }
        return false;
    }

    /** The parts of the object at hand that end with it, in the order in which they began. */
    void parts(ICPPClassType type, SourceRange range, Scopes scopes) {
        for (ICPPBase base : type.getBases()) {
            if (base.getBaseClass() instanceof IType of && isDestroyed(of)) {
                scopes.add(of, self(range));
            }
        }
        for (IField field : type.getDeclaredFields()) {
            if (!field.isStatic() && isDestroyed(field.getType())) {
                lowering.ownField(range, field)
                        .ifPresent(place -> scopes.add(field.getType(), place));
            }
        }
    }

    /** Writes down a constructor or destructor that the compiler makes. */
    private void make(String key, String name, ICPPClassType type, boolean constructor) {
        if (!made.add(key) || Alignments.declarations(type).isEmpty()) {
            return;
        }
        SourceRange range = lowering.places().range(Alignments.declarations(type).get(0));
        Variable self = lowering.symbols().self(key, type, range);
        Graph graph = new Graph();
        lowering.inside(
                graph,
                self,
                statements -> {
                    if (constructor) {
                        initialise(type, new ICPPASTConstructorChainInitializer[0], range);
                    } else {
                        statements.scopes().enter();
                        parts(type, range, statements.scopes());
                        statements.scopes().leave(range, true);
                    }
                    graph.current().exit(new Block.Exit.Return(range, Optional.empty()));
                });
        functions.add(
                new Function(
                        key,
                        name,
                        range,
                        range,
                        CType.VOID,
                        List.of(),
                        graph.variables(),
                        graph.blocks(),
                        graph.loops(),
                        false,
                        false,
                        false,
                        Optional.of(self),
                        false,
                        false));
    }

    static ICPPConstructor constructor(IASTNode owner) {
        if (owner instanceof IASTImplicitNameOwner named) {
            for (IASTImplicitName name : named.getImplicitNames()) {
                if (name.resolveBinding() instanceof ICPPConstructor constructor) {
                    return constructor;
                }
            }
        }
        return null;
    }

    static IASTInitializerClause[] clauses(IASTInitializer initializer) {
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

    /** What a constructor does before its body, in the order of the language. */
    void beforeBody(ICPPConstructor constructor, ICPPASTFunctionDefinition definition) {
        initialise(
                constructor.getClassOwner(),
                definition.getMemberInitializers(),
                lowering.places().range(definition.getDeclarator()));
    }

    private void initialise(
            ICPPClassType type, ICPPASTConstructorChainInitializer[] list, SourceRange range) {
        for (ICPPASTConstructorChainInitializer node : list) {
            if (classOf(node).filter(type::isSameType).isPresent()) {
                // Another constructor of the class does it all.
                construct(node, node.getInitializer(), type, self(range), false);
                return;
            }
        }
        for (ICPPBase base : type.getBases()) {
            if (base.getBaseClass() instanceof ICPPClassType of) {
                Optional<ICPPASTConstructorChainInitializer> node =
                        Arrays.stream(list)
                                .filter(n -> classOf(n).filter(of::isSameType).isPresent())
                                .findFirst();
                if (node.isPresent()) {
                    construct(node.get(), node.get().getInitializer(), of, self(range), false);
                } else {
                    constructDefault(of, self(range), range);
                }
            }
        }
        for (IField field : type.getDeclaredFields()) {
            if (!field.isStatic()) {
                member(field, list, range);
            }
        }
    }

    /** The class that an initialiser of a constructor names; empty for a member. */
    static Optional<ICPPClassType> classOf(ICPPASTConstructorChainInitializer node) {
        IBinding named = node.getMemberInitializerId().resolveBinding();
        if (named instanceof ICPPConstructor constructor) {
            return Optional.of(constructor.getClassOwner());
        }
        return named instanceof IType type ? classOf(type) : Optional.empty();
    }

    private Expr self(SourceRange range) {
        return Lowering.deref(range, new Expr.Var(range, lowering.self()));
    }

    private void member(
            IField field, ICPPASTConstructorChainInitializer[] list, SourceRange range) {
        Expr place = lowering.ownField(range, field).orElseThrow();
        Expr stored = lowering.ownPlace(range, field).orElseThrow();
        for (ICPPASTConstructorChainInitializer node : list) {
            if (node.getMemberInitializerId().resolveBinding() instanceof IField named
                    && named.getName().equals(field.getName())) {
                initialise(field, node, node.getInitializer(), stored);
                return;
            }
        }
        IASTInitializer value = initialValue(field);
        if (value != null) {
            initialise(field, value.getParent(), value, stored);
        } else if (isConstructed(field.getType())) {
            constructDefault(field.getType(), place, range);
        } else {
            MemberDefaults.object(lowering, place.type(), range, false)
                    .ifPresent(made -> emit(range, place, made, true));
        }
    }

    private void initialise(IField field, IASTNode owner, IASTInitializer value, Expr place) {
        SourceRange range = lowering.places().range(owner);
        if (isConstructed(field.getType())) {
            construct(owner, value, field.getType(), place, true);
            return;
        }
        CType type = lowering.types().of(field.getType());
        Expr stored =
                isEmpty(value)
                        ? new Expr.Aggregate(range, type, List.of())
                        : Declarations.initializer(lowering, value, type)
                                .orElseGet(() -> new Expr.Opaque(range, type, List.of()));
        emit(range, place, zero(stored, type), true);
    }

    /** {@code member()} and {@code member{}}. */
    private static boolean isEmpty(IASTInitializer value) {
        return !(value instanceof org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer)
                && clauses(value).length == 0;
    }

    /** A list for what is no list: its only value, or 0. */
    private static Expr zero(Expr value, CType type) {
        boolean scalar = type.struct().isEmpty() && !type.isArray();
        if (!scalar || !(value instanceof Expr.Aggregate list) || list.entries().size() > 1) {
            return value;
        }
        return list.entries().isEmpty()
                ? new Expr.Num(list.range(), type, 0)
                : list.entries().get(0).value();
    }

    static IASTInitializer initialValue(IField field) {
        for (IASTNode node : Alignments.declarations(field)) {
            if (node.getParent() instanceof IASTDeclarator declarator
                    && declarator.getInitializer() != null) {
                return declarator.getInitializer();
            }
        }
        return null;
    }

    /** Constructors and destructors that nobody has written. */
    List<Function> functions() {
        return functions;
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
