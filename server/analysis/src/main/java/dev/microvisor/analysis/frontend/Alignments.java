package dev.microvisor.analysis.frontend;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTAlignmentSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTAttribute;
import org.eclipse.cdt.core.dom.ast.IASTAttributeOwner;
import org.eclipse.cdt.core.dom.ast.IASTAttributeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTCompositeTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTParameterDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTToken;
import org.eclipse.cdt.core.dom.ast.IASTTokenList;
import org.eclipse.cdt.core.dom.ast.IBinding;
import org.eclipse.cdt.core.dom.ast.ICompositeType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPSpecialization;
import org.eclipse.cdt.internal.core.dom.parser.c.ICInternalBinding;
import org.eclipse.cdt.internal.core.dom.parser.cpp.ICPPInternalBinding;

/**
 * Alignment that a declaration asks for: {@code __attribute__((aligned(N)))} wherever gcc accepts
 * it, {@code [[gnu::aligned(N)]]}, {@code _Alignas} and {@code alignas}.
 */
final class Alignments {
    /** {@code aligned} without a number: the largest alignment of the target. */
    private static final int BIGGEST = 8;

    /**
     * What an alignment counts as when its number cannot be found out, as in a template or when the
     * header that defines it is missing: the largest that a system call asks for, so that nobody is
     * told to align what is aligned.
     */
    private static final int UNREADABLE = 512;

    private final Map<IBinding, Integer> known = new IdentityHashMap<>();
    private Types.ConstantReader constants = e -> null;
    private TokenReader tokens = (t, where) -> null;

    /** Evaluates the argument of an attribute; null when it is no constant. */
    interface TokenReader {
        Long read(List<String> tokens, IASTNode where);
    }

    void constantsFrom(Types.ConstantReader reader, TokenReader tokenReader) {
        constants = reader;
        tokens = tokenReader;
    }

    /** Alignment of a typedef, field, structure or variable by its declarations; 0 when none. */
    int ofBinding(IBinding binding) {
        Integer align = known.get(binding);
        if (align == null) {
            known.put(binding, 0);
            align = 0;
            for (IASTNode node : declarations(binding)) {
                align = Math.max(align, ofDeclaration(node));
            }
            known.put(binding, align);
        }
        return align;
    }

    boolean isDefined(ICompositeType type) {
        for (IASTNode node : declarations(type)) {
            if (compositeOf(node) != null) {
                return true;
            }
        }
        return false;
    }

    boolean isPacked(ICompositeType type) {
        for (IASTNode node : declarations(type)) {
            IASTCompositeTypeSpecifier specifier = compositeOf(node);
            if (specifier != null && has(specifier, "packed")) {
                return true;
            }
        }
        return false;
    }

    static boolean has(IASTAttributeOwner owner, String attribute) {
        for (IASTAttribute found : owner.getAttributes()) {
            if (is(found, attribute)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(IASTAttribute attribute, String name) {
        String written = new String(attribute.getName());
        return written.equals(name)
                || written.equals("__" + name + "__")
                || written.equals("gnu::" + name);
    }

    private static IASTCompositeTypeSpecifier compositeOf(IASTNode node) {
        for (IASTNode n = node; n != null; n = n.getParent()) {
            if (n instanceof IASTCompositeTypeSpecifier specifier) {
                return specifier;
            }
            if (n instanceof IASTDeclarator || n instanceof IASTSimpleDeclaration) {
                return null;
            }
        }
        return null;
    }

    static List<IASTNode> declarations(IBinding binding) {
        List<IASTNode> nodes = new ArrayList<>();
        if (binding instanceof ICPPSpecialization instance) {
            nodes.addAll(declarations(instance.getSpecializedBinding()));
        }
        if (binding instanceof ICPPInternalBinding cpp) {
            add(nodes, cpp.getDefinition());
            if (cpp.getDeclarations() != null) {
                for (IASTNode node : cpp.getDeclarations()) {
                    add(nodes, node);
                }
            }
        } else if (binding instanceof ICInternalBinding c) {
            add(nodes, c.getDefinition());
            add(nodes, c.getPhysicalNode());
            if (c.getDeclarations() != null) {
                for (IASTNode node : c.getDeclarations()) {
                    add(nodes, node);
                }
            }
        }
        return nodes;
    }

    private static void add(List<IASTNode> nodes, IASTNode node) {
        if (node != null && !nodes.contains(node)) {
            nodes.add(node);
        }
    }

    /** Alignment written in the declaration that a name or declarator belongs to. */
    int ofDeclaration(IASTNode node) {
        int align = 0;
        for (IASTNode n = node; n != null; n = n.getParent()) {
            if (n instanceof IASTCompositeTypeSpecifier composite) {
                return Math.max(align, ofOwner(composite));
            }
            if (n instanceof IASTDeclarator declarator) {
                align = Math.max(align, ofOwner(declarator));
                for (IASTNode pointer : declarator.getPointerOperators()) {
                    if (pointer instanceof IASTAttributeOwner owner) {
                        align = Math.max(align, ofOwner(owner));
                    }
                }
            }
            if (n instanceof IASTSimpleDeclaration declaration) {
                align = Math.max(align, ofSpecifier(declaration.getDeclSpecifier()));
                return Math.max(align, ofOwner(declaration));
            }
            if (n instanceof IASTParameterDeclaration parameter) {
                return Math.max(align, ofSpecifier(parameter.getDeclSpecifier()));
            }
        }
        return align;
    }

    // In C there is no other way to them.
    @SuppressWarnings("deprecation")
    private int ofSpecifier(IASTDeclSpecifier specifier) {
        int align = ofOwner(specifier);
        IASTAlignmentSpecifier[] keywords = specifier.getAlignmentSpecifiers();
        if (keywords != null) {
            for (IASTAlignmentSpecifier keyword : keywords) {
                align = Math.max(align, ofKeyword(keyword));
            }
        }
        return align;
    }

    private int ofKeyword(IASTAlignmentSpecifier keyword) {
        Long value =
                keyword.getExpression() == null ? null : constants.read(keyword.getExpression());
        return number(value);
    }

    private static int number(Long value) {
        return value == null || value < 0 || value > Integer.MAX_VALUE
                ? UNREADABLE
                : value.intValue();
    }

    private int ofOwner(IASTAttributeOwner owner) {
        int align = 0;
        for (IASTAttributeSpecifier specifier : owner.getAttributeSpecifiers()) {
            // In C++ alignas is one of the attributes.
            if (specifier instanceof IASTAlignmentSpecifier keyword) {
                align = Math.max(align, ofKeyword(keyword));
            }
        }
        for (IASTAttribute attribute : owner.getAttributes()) {
            if (is(attribute, "aligned")) {
                IASTToken argument = attribute.getArgumentClause();
                List<String> words = new ArrayList<>();
                flatten(argument, words);
                Long value = words.isEmpty() ? Long.valueOf(BIGGEST) : tokens.read(words, owner);
                align = Math.max(align, number(value));
            }
        }
        return align;
    }

    private static void flatten(IASTToken token, List<String> words) {
        if (token instanceof IASTTokenList list) {
            for (IASTToken part : list.getTokens()) {
                flatten(part, words);
            }
        } else if (token != null) {
            words.add(new String(token.getTokenCharImage()));
        }
    }
}
