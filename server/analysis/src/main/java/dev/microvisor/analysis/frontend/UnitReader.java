package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.Block;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Unit;
import dev.microvisor.analysis.ir.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.cdt.core.dom.ast.DOMException;
import org.eclipse.cdt.core.dom.ast.IASTAttributeOwner;
import org.eclipse.cdt.core.dom.ast.IASTCompositeTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.IEnumerator;
import org.eclipse.cdt.core.dom.ast.IFunction;
import org.eclipse.cdt.core.dom.ast.IParameter;
import org.eclipse.cdt.core.dom.ast.IScope;
import org.eclipse.cdt.core.dom.ast.IVariable;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTLinkageSpecification;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTNamespaceDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTTemplateDeclaration;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPConstructor;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.internal.core.dom.parser.c.CVisitor;
import org.eclipse.cdt.internal.core.dom.parser.cpp.ClassTypeHelper;
import org.eclipse.cdt.internal.core.dom.parser.cpp.semantics.CPPVisitor;

/** Lowers one syntax tree: the definitions that are this project's own. */
final class UnitReader {
    private final IASTTranslationUnit tree;
    private final Path file;
    private final boolean cpp;
    private final Predicate<Path> own;
    private final Places places;
    private final Types types;
    private final Symbols symbols;
    private final Lowering lowering;
    private final List<Function> functions = new ArrayList<>();
    private final Map<String, Set<String>> overriders = new HashMap<>();

    UnitReader(
            IASTTranslationUnit tree,
            SourceText source,
            Includes includes,
            boolean cpp,
            boolean shortEnums,
            Predicate<Path> own,
            Map<String, Long> device) {
        this.tree = tree;
        this.file = source.path();
        this.cpp = cpp;
        this.own = own;
        this.places = new Places(includes, source);
        Alignments alignments = new Alignments();
        this.types = new Types(places, alignments, shortEnums);
        this.symbols =
                new Symbols(types, alignments, places, own, new FunctionDeclarations(tree, cpp));
        this.lowering = new Lowering(places, types, symbols, cpp, device);
        lowering.start(new Graph(), null, null);
        types.constantsFrom(lowering::constant);
        alignments.constantsFrom(
                lowering::constant,
                (words, where) -> TokenArithmetic.evaluate(words, name -> named(name, where)));
    }

    /** A constant by its name, looked up from a place outwards. */
    private Long named(String name, IASTNode where) {
        IScope scope =
                cpp ? CPPVisitor.getContainingScope(where) : CVisitor.getContainingScope(where);
        try {
            for (; scope != null; scope = scope.getParent()) {
                for (IBinding binding : scope.find(name, tree)) {
                    if (binding instanceof IEnumerator e) {
                        return Constants.number(e.getValue());
                    }
                    if (binding instanceof IVariable v) {
                        return Constants.number(v.getInitialValue());
                    }
                }
            }
        } catch (DOMException e) {
            return null;
        }
        return null;
    }

    Unit read(List<Problem> problems, boolean parsed, boolean complete) {
        resolve(tree.getDeclarations());
        declarations(tree.getDeclarations());
        functions.addAll(lowering.lambdas().functions());
        functions.addAll(lowering.objects().functions());
        return new Unit(
                file,
                cpp,
                functions,
                List.copyOf(symbols.globals().values()),
                symbols.needed(),
                overriders,
                problems,
                parsed,
                complete);
    }

    /**
     * Makes each variable known by all of its declarations: a binding of CDT learns of one when its
     * name is resolved, so that an {@code extern} of a header would hide the definition below it.
     */
    private void resolve(IASTDeclaration[] declarations) {
        for (IASTDeclaration declaration : declarations) {
            if (declaration instanceof ICPPASTLinkageSpecification linkage) {
                resolve(linkage.getDeclarations());
            } else if (declaration instanceof ICPPASTNamespaceDefinition namespace) {
                resolve(namespace.getDeclarations());
            } else if (declaration instanceof IASTSimpleDeclaration simple
                    && own.test(places.file(simple))) {
                for (IASTDeclarator declarator : simple.getDeclarators()) {
                    innermost(declarator).getName().resolveBinding();
                }
            }
        }
    }

    static IASTDeclarator innermost(IASTDeclarator declarator) {
        IASTDeclarator inner = declarator;
        while (inner.getNestedDeclarator() != null) {
            inner = inner.getNestedDeclarator();
        }
        return inner;
    }

    private void declarations(IASTDeclaration[] declarations) {
        for (IASTDeclaration declaration : declarations) {
            declaration(declaration);
        }
    }

    private void declaration(IASTDeclaration declaration) {
        if (declaration instanceof ICPPASTLinkageSpecification linkage) {
            declarations(linkage.getDeclarations());
        } else if (declaration instanceof ICPPASTNamespaceDefinition namespace) {
            declarations(namespace.getDeclarations());
        } else if (declaration instanceof ICPPASTTemplateDeclaration template) {
            // A template has no sizes until it is used; only what it contains by name is read.
            declaration(template.getDeclaration());
        } else if (declaration instanceof IASTFunctionDefinition function) {
            if (own.test(places.file(declaration))) {
                function(function);
            }
        } else if (declaration instanceof IASTSimpleDeclaration simple) {
            if (own.test(places.file(declaration))) {
                simple(simple);
            }
        }
    }

    private void simple(IASTSimpleDeclaration simple) {
        if (simple.getDeclSpecifier() instanceof IASTCompositeTypeSpecifier composite && cpp) {
            for (IASTDeclaration member : composite.getMembers()) {
                if (member instanceof IASTFunctionDefinition
                        || member instanceof ICPPASTTemplateDeclaration
                        || (member instanceof IASTSimpleDeclaration s
                                && s.getDeclSpecifier() instanceof IASTCompositeTypeSpecifier)) {
                    declaration(member);
                }
            }
        }
        for (IASTDeclarator declarator : simple.getDeclarators()) {
            if (innermost(declarator).getName().resolveBinding() instanceof IVariable binding) {
                lowering.start(new Graph(), null, null);
                Variable variable = symbols.variable(binding);
                if (declarator.getInitializer() != null || cpp) {
                    symbols.redefine(
                            binding,
                            Declarations.withInitializer(lowering, binding, variable, declarator));
                }
            }
        }
    }

    private void function(IASTFunctionDefinition definition) {
        if (definition instanceof ICPPASTFunctionDefinition d && d.isDeleted()) {
            return;
        }
        IASTFunctionDeclarator declarator = definition.getDeclarator();
        IASTDeclarator inner = innermost(declarator);
        if (!(inner.getName().resolveBinding() instanceof IFunction binding)) {
            return;
        }
        Graph graph = new Graph();
        Statements statements = new Statements(lowering, graph);
        List<Variable> parameters = new ArrayList<>();
        for (IParameter parameter : binding.getParameters()) {
            parameters.add(symbols.parameter(parameter, definition, parameters.size()));
        }
        if (binding instanceof ICPPMethod method && !method.isDestructor()) {
            overrides(method);
        }
        Optional<Variable> self = self(binding);
        lowering.start(graph, statements, self.orElse(null));
        if (definition instanceof ICPPASTFunctionDefinition method
                && binding instanceof ICPPConstructor constructor) {
            lowering.objects().beforeBody(constructor, method);
        }
        statements.scopes().enter();
        if (binding instanceof ICPPMethod method && method.isDestructor()) {
            SourceRange end = places.range(definition).closing();
            lowering.objects().parts(method.getClassOwner(), end, statements.scopes());
        }
        statements.lower(definition.getBody());
        statements.scopes().leave(places.range(definition).closing(), true);
        CType result =
                binding.getType() == null
                        ? CType.UNKNOWN
                        : types.of(binding.getType().getReturnType());
        graph.current()
                .exit(new Block.Exit.Return(places.range(definition).closing(), Optional.empty()));
        List<Variable> variables = new ArrayList<>(parameters);
        variables.addAll(graph.variables());
        functions.add(
                new Function(
                        symbols.key(binding),
                        inner.getName().getLastName().toString(),
                        places.range(definition),
                        places.range(inner.getName().getLastName()),
                        result,
                        parameters,
                        variables,
                        graph.blocks(),
                        graph.loops(),
                        symbols.isStatic(binding),
                        !cpp || Symbols.isExternC(binding),
                        symbols.isNoReturn(binding),
                        self,
                        isWeak(definition),
                        symbols.isAnnounced(binding)));
        lowering.start(new Graph(), null, null);
    }

    /** Notes which virtual functions a method takes the place of. */
    private void overrides(ICPPMethod method) {
        for (ICPPMethod overridden : ClassTypeHelper.findOverridden(method)) {
            overriders
                    .computeIfAbsent(symbols.key(overridden), k -> new LinkedHashSet<>())
                    .add(symbols.key(method));
        }
    }

    private static boolean isWeak(IASTFunctionDefinition definition) {
        return (definition instanceof IASTAttributeOwner owner && Alignments.has(owner, "weak"))
                || Alignments.has(definition.getDeclSpecifier(), "weak")
                || Alignments.has(definition.getDeclarator(), "weak");
    }

    /** The object of a method. */
    private Optional<Variable> self(IFunction function) {
        if (!(function instanceof ICPPMethod method) || method.isStatic()) {
            return Optional.empty();
        }
        SourceRange nowhere = new SourceRange(file, 0, 0, 0, 0);
        return Optional.of(symbols.self(symbols.key(function), method.getClassOwner(), nowhere));
    }
}
