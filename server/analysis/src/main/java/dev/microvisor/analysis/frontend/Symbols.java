package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.cdt.core.dom.ast.ASTTypeUtil;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IFunction;
import org.eclipse.cdt.core.dom.ast.IParameter;
import org.eclipse.cdt.core.dom.ast.IVariable;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTDeclarator;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTNamespaceDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPBinding;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPClassType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPConstructor;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPFunction;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPSpecialization;
import org.eclipse.cdt.internal.core.dom.parser.ASTNode;
import org.eclipse.cdt.internal.core.dom.parser.c.CVisitor;
import org.eclipse.cdt.internal.core.dom.parser.cpp.semantics.CPPVisitor;

/** The variables and functions of one unit, by CDT binding. */
final class Symbols {
    private final Types types;
    private final Alignments alignments;
    private final Places places;
    private final Predicate<Path> own;
    private final FunctionDeclarations functions;
    private final Map<IFunction, String> functionKeys = new IdentityHashMap<>();
    private final Map<IBinding, Variable> variables = new IdentityHashMap<>();
    private final Map<IBinding, String> parameterKeys = new IdentityHashMap<>();
    private final Map<String, Variable> globals = new LinkedHashMap<>();
    private final Map<String, Path> needed = new LinkedHashMap<>();

    Symbols(
            Types types,
            Alignments alignments,
            Places places,
            Predicate<Path> own,
            FunctionDeclarations functions) {
        this.types = types;
        this.alignments = alignments;
        this.places = places;
        this.own = own;
        this.functions = functions;
    }

    /** Functions that the project declares, and its units call, with where it declares them. */
    Map<String, Path> needed() {
        return needed;
    }

    void need(IFunction function) {
        for (IASTNode node : functions.of(function)) {
            Path file = places.file(node);
            if (own.test(file)) {
                needed.putIfAbsent(key(function), file);
                return;
            }
        }
    }

    Map<String, Variable> globals() {
        return globals;
    }

    Variable variable(IVariable binding) {
        Variable known = variables.get(binding);
        if (known == null) {
            known = create(binding);
            variables.put(binding, known);
            if (known.isStatic()) {
                globals.put(known.key(), known);
            }
        }
        return known;
    }

    /**
     * A parameter of a definition. CDT does not tell where C declares one, and some have no name:
     * the definition and the place in its list tell them apart.
     */
    Variable parameter(IParameter binding, IASTNode definition, int index) {
        int offset = definition instanceof ASTNode node ? node.getOffset() : 0;
        parameterKeys.put(
                binding,
                places.file(definition) + ":" + offset + ":" + index + ":" + binding.getName());
        return variable(binding);
    }

    private Variable create(IVariable binding) {
        IASTNode best = null;
        IASTDeclarator declarator = null;
        for (IASTNode node : Alignments.declarations(binding)) {
            IASTDeclarator candidate = declaratorOf(node);
            if (best == null || (isDefinition(candidate) && !isDefinition(declarator))) {
                best = node;
                declarator = candidate;
            }
        }
        Variable.Storage storage = storage(binding, declarator);
        CType type = typeOf(binding, declarator);
        SourceRange name = best == null ? null : places.range(best);
        SourceRange after = declarator == null ? name : attributePlace(declarator);
        IASTNode statement = best == null ? null : statementOf(best);
        IASTInitializer initializer = declarator == null ? null : declarator.getInitializer();
        Variable.Declaration where =
                new Variable.Declaration(
                        name,
                        after,
                        statement == null ? name : places.range(statement),
                        alignments.ofBinding(binding),
                        isDefinition(declarator),
                        best != null && own.test(places.file(best)),
                        initializer != null,
                        others(binding, best),
                        Optional.empty());
        return new Variable(key(binding, storage, best), binding.getName(), type, storage, where);
    }

    /** CDT takes the first declaration's type, and an {@code extern} one may leave out a length. */
    private CType typeOf(IVariable binding, IASTDeclarator best) {
        CType type = types.of(binding.getType());
        boolean open = type.plain() instanceof CType.Array a && a.count() < 0 && !a.variable();
        if (!open || best == null) {
            return type;
        }
        CType written =
                types.of(
                        best instanceof ICPPASTDeclarator
                                ? CPPVisitor.createType(best)
                                : CVisitor.createType(best));
        return written.isArray() ? written : type;
    }

    private List<SourceRange> others(IVariable binding, IASTNode best) {
        List<SourceRange> others = new ArrayList<>();
        for (IASTNode node : Alignments.declarations(binding)) {
            IASTNode statement = node == best ? null : statementOf(node);
            if (statement != null) {
                others.add(places.range(statement));
            }
        }
        return others;
    }

    /** Replaces a variable by one that knows its initialiser. */
    void redefine(IVariable binding, Variable with) {
        variables.put(binding, with);
        if (with.isStatic()) {
            globals.put(with.key(), with);
        }
    }

    private static Variable.Storage storage(IVariable binding, IASTDeclarator declarator) {
        if (binding instanceof IParameter) {
            return Variable.Storage.PARAMETER;
        }
        boolean inFunction = false;
        boolean isStatic = binding.isStatic();
        for (IASTNode n = declarator; n != null; n = n.getParent()) {
            inFunction |= n instanceof IASTFunctionDefinition;
            isStatic |=
                    n instanceof ICPPASTNamespaceDefinition namespace
                            && namespace.getName().toString().isEmpty()
                            && !inFunction;
            if (n instanceof IASTSimpleDeclaration s) {
                int storageClass = s.getDeclSpecifier().getStorageClass();
                isStatic |= storageClass == IASTDeclSpecifier.sc_static;
                if (storageClass == IASTDeclSpecifier.sc_extern) {
                    return Variable.Storage.GLOBAL;
                }
            }
        }
        if (inFunction) {
            return isStatic ? Variable.Storage.STATIC_LOCAL : Variable.Storage.LOCAL;
        }
        return isStatic ? Variable.Storage.FILE_STATIC : Variable.Storage.GLOBAL;
    }

    private String key(IVariable binding, Variable.Storage storage, IASTNode where) {
        if (parameterKeys.containsKey(binding)) {
            return parameterKeys.get(binding);
        }
        String name = qualified(binding);
        if (storage == Variable.Storage.GLOBAL) {
            return name;
        }
        String file = where == null ? "" : places.file(where).toString();
        if (storage == Variable.Storage.FILE_STATIC) {
            return file + ":" + name;
        }
        int offset = where instanceof ASTNode node ? node.getOffset() : 0;
        return file + ":" + offset + ":" + name;
    }

    /**
     * Key of a function: its name, for statics with the file; in C++ qualified and with the types
     * of its parameters.
     */
    String key(IFunction function) {
        return functionKeys.computeIfAbsent(function, this::newKey);
    }

    private String newKey(IFunction used) {
        IFunction function = generic(used);
        String name = qualified(function);
        if (name.contains("::")) {
            // Constructors and methods are overloaded more often than not.
            name += ASTTypeUtil.getParameterTypeString(function.getType());
        }
        if (functions.isStatic(function)) {
            for (IASTNode node : functions.of(function)) {
                return places.file(node) + ":" + name;
            }
        }
        return name;
    }

    /** What was written of what a template's use makes of it. */
    @SuppressWarnings("unchecked")
    static <T extends IBinding> T generic(T used) {
        IBinding at = used;
        while (at instanceof ICPPSpecialization special
                && special.getSpecializedBinding() != null) {
            at = special.getSpecializedBinding();
        }
        return used.getClass().isInstance(at) || isLike(used, at) ? (T) at : used;
    }

    private static boolean isLike(IBinding used, IBinding at) {
        return (used instanceof ICPPClassType && at instanceof ICPPClassType)
                || (used instanceof ICPPConstructor && at instanceof ICPPConstructor)
                || (used instanceof ICPPMethod && at instanceof ICPPMethod)
                || (used instanceof IFunction && at instanceof IFunction);
    }

    /** True for what the project's own files define or declare. */
    boolean isOwn(IBinding binding) {
        return Alignments.declarations(generic(binding)).stream()
                .anyMatch(n -> own.test(places.file(n)));
    }

    /** The object of a method. */
    Variable self(String function, ICPPClassType owner, SourceRange nowhere) {
        return new Variable(
                function + ":this",
                "this",
                new CType.Pointer(types.of(owner), false),
                Variable.Storage.PARAMETER,
                new Variable.Declaration(
                        nowhere,
                        nowhere,
                        nowhere,
                        0,
                        true,
                        true,
                        true,
                        List.of(),
                        Optional.empty()));
    }

    /** True when the project's own files declare a function besides defining it. */
    boolean isAnnounced(IFunction function) {
        return functions.of(function).stream().filter(n -> own.test(places.file(n))).count() > 1;
    }

    /** True when a declaration says that a function does not return. */
    boolean isNoReturn(IFunction function) {
        return functions.isNoReturn(function);
    }

    boolean isStatic(IFunction function) {
        return functions.isStatic(function);
    }

    private static String qualified(IBinding binding) {
        if (binding instanceof ICPPBinding cpp && !isExternC(binding)) {
            try {
                return String.join("::", cpp.getQualifiedName());
            } catch (org.eclipse.cdt.core.dom.ast.DOMException e) {
                return binding.getName();
            }
        }
        return binding.getName();
    }

    static boolean isExternC(IBinding binding) {
        return (binding instanceof ICPPFunction f && f.isExternC())
                || (binding instanceof org.eclipse.cdt.core.dom.ast.cpp.ICPPVariable v
                        && v.isExternC());
    }

    static IASTDeclarator declaratorOf(IASTNode node) {
        for (IASTNode n = node; n != null; n = n.getParent()) {
            if (n instanceof IASTDeclarator declarator) {
                IASTDeclarator outer = declarator;
                while (outer.getParent() instanceof IASTDeclarator parent) {
                    outer = parent;
                }
                return outer;
            }
            if (n instanceof IASTSimpleDeclaration) {
                return null;
            }
        }
        return null;
    }

    /** After the declarator and its attributes, before an initialiser. */
    private SourceRange attributePlace(IASTDeclarator declarator) {
        SourceRange whole = places.range(declarator);
        if (declarator.getInitializer() == null) {
            return places.after(declarator);
        }
        SourceRange initializer = places.range(declarator.getInitializer());
        int line = initializer.startLine();
        int column = initializer.startColumn();
        // The space between declarator and "=" stays with the "=".
        SourceRange last = whole;
        for (IASTNode child : declarator.getChildren()) {
            if (child != declarator.getInitializer()) {
                last = places.range(child);
                line = last.endLine();
                column = last.endColumn();
            }
        }
        return new SourceRange(whole.file(), line, column, line, column);
    }

    private static IASTNode statementOf(IASTNode node) {
        for (IASTNode n = node; n != null; n = n.getParent()) {
            if (n instanceof IASTSimpleDeclaration) {
                return n;
            }
        }
        return null;
    }

    private static boolean isDefinition(IASTDeclarator declarator) {
        if (declarator == null) {
            return false;
        }
        if (declarator.getInitializer() != null) {
            return true;
        }
        return statementOf(declarator) instanceof IASTSimpleDeclaration s
                && s.getDeclSpecifier().getStorageClass() != IASTDeclSpecifier.sc_extern;
    }
}
