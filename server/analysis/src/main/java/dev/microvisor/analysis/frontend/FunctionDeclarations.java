package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.cdt.core.dom.ast.IASTAttributeOwner;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.IFunction;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTLinkageSpecification;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTNamespaceDefinition;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPFunction;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.core.parser.util.AttributeUtil;
import org.eclipse.cdt.internal.core.dom.parser.ASTQueries;

/**
 * Where the functions of one unit are declared, found in one walk over its file scope. CDT would
 * walk through the whole unit, headers included, once for every function that it is asked about.
 */
final class FunctionDeclarations {
    private final IASTTranslationUnit tree;
    private final boolean cpp;
    private Map<String, List<IASTNode>> byName;
    private final Set<String> statics = new HashSet<>();
    private final Set<String> noReturns = new HashSet<>();

    FunctionDeclarations(IASTTranslationUnit tree, boolean cpp) {
        this.tree = tree;
        this.cpp = cpp;
    }

    /** The declarators of a function, a definition first. */
    List<IASTNode> of(IFunction function) {
        if (!cpp) {
            List<IASTNode> found = byName().get(function.getName());
            if (found != null) {
                return found;
            }
        }
        // Overloaded in C++, or declared inside another function.
        return Alignments.declarations(function);
    }

    /** True when a function has internal linkage; a method never has. */
    boolean isStatic(IFunction function) {
        if (function instanceof ICPPMethod) {
            return false;
        }
        byName();
        boolean named = statics.contains(function.getName());
        return function instanceof ICPPFunction ? named && function.isStatic() : named;
    }

    /**
     * True when a declaration says that the function does not return. CDT itself only looks behind
     * the parameters, and most projects write it in front of the type.
     */
    boolean isNoReturn(IFunction function) {
        if (function.isNoReturn()) {
            return true;
        }
        byName();
        return !(function instanceof ICPPMethod) && noReturns.contains(function.getName());
    }

    private Map<String, List<IASTNode>> byName() {
        if (byName == null) {
            byName = new HashMap<>();
            add(tree.getDeclarations());
        }
        return byName;
    }

    private void add(IASTDeclaration[] declarations) {
        for (IASTDeclaration declaration : declarations) {
            if (declaration instanceof IASTSimpleDeclaration simple) {
                for (IASTDeclarator declarator : simple.getDeclarators()) {
                    boolean stops = isNoReturn(simple, simple.getDeclSpecifier());
                    add(declarator, simple.getDeclSpecifier(), false, stops);
                }
            } else if (declaration instanceof IASTFunctionDefinition definition) {
                boolean stops = isNoReturn(definition, definition.getDeclSpecifier());
                add(definition.getDeclarator(), definition.getDeclSpecifier(), true, stops);
            } else if (declaration instanceof ICPPASTLinkageSpecification linkage) {
                add(linkage.getDeclarations());
            } else if (declaration instanceof ICPPASTNamespaceDefinition namespace) {
                add(namespace.getDeclarations());
            }
        }
    }

    private static boolean isNoReturn(IASTDeclaration declaration, IASTDeclSpecifier specifier) {
        return AttributeUtil.hasNoreturnAttribute(specifier)
                || (declaration instanceof IASTAttributeOwner owner
                        && AttributeUtil.hasNoreturnAttribute(owner));
    }

    private void add(
            IASTDeclarator declarator,
            IASTDeclSpecifier specifier,
            boolean definition,
            boolean stops) {
        if (specifier.getStorageClass() == IASTDeclSpecifier.sc_typedef
                || !(ASTQueries.findTypeRelevantDeclarator(declarator)
                        instanceof IASTFunctionDeclarator)) {
            return;
        }
        IASTDeclarator inner = ASTQueries.findInnermostDeclarator(declarator);
        String name = inner.getName().getLastName().toString();
        List<IASTNode> found = byName.computeIfAbsent(name, n -> new ArrayList<>(1));
        found.add(definition ? 0 : found.size(), inner);
        if (specifier.getStorageClass() == IASTDeclSpecifier.sc_static) {
            statics.add(name);
        }
        if (stops) {
            noReturns.add(name);
        }
    }
}
