package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.cdt.core.dom.ast.DOMException;
import org.eclipse.cdt.core.dom.ast.IASTCompositeTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IArrayType;
import org.eclipse.cdt.core.dom.ast.IBasicType;
import org.eclipse.cdt.core.dom.ast.ICompositeType;
import org.eclipse.cdt.core.dom.ast.IEnumeration;
import org.eclipse.cdt.core.dom.ast.IEnumerator;
import org.eclipse.cdt.core.dom.ast.IField;
import org.eclipse.cdt.core.dom.ast.IFunctionType;
import org.eclipse.cdt.core.dom.ast.IPointerType;
import org.eclipse.cdt.core.dom.ast.IProblemBinding;
import org.eclipse.cdt.core.dom.ast.IQualifierType;
import org.eclipse.cdt.core.dom.ast.IType;
import org.eclipse.cdt.core.dom.ast.ITypedef;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPClassType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPMethod;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPReferenceType;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPTemplateArgument;
import org.eclipse.cdt.internal.core.dom.parser.cpp.ICPPDeferredClassInstance;

/** Turns CDT's types into ours, with Arm sizes. One instance a unit. */
final class Types {
    /** A typedef of a pointer to a struct with such a typedef, and so on. */
    private static final int MAX_DEPTH = 64;

    private final Places places;
    private final Alignments alignments;
    private final boolean shortEnums;
    private final Map<IType, CType.Struct> structs = new IdentityHashMap<>();
    private final Map<SourceRange, IASTInitializer> initialValues = new HashMap<>();
    private ConstantReader constants = e -> null;
    private int depth;

    Types(Places places, Alignments alignments, boolean shortEnums) {
        this.places = places;
        this.alignments = alignments;
        this.shortEnums = shortEnums;
    }

    /** Evaluates an array's length; null when it is no constant. */
    interface ConstantReader {
        Long read(IASTExpression expression);
    }

    void constantsFrom(ConstantReader reader) {
        constants = reader;
    }

    CType of(IType type) {
        if (type == null || type instanceof IProblemBinding || ++depth > MAX_DEPTH) {
            if (type != null && !(type instanceof IProblemBinding)) {
                depth--;
            }
            return CType.UNKNOWN;
        }
        try {
            return convert(type);
        } finally {
            depth--;
        }
    }

    private CType convert(IType type) {
        if (type instanceof ITypedef typedef) {
            CType to = of(typedef.getType());
            int align = alignments.ofBinding(typedef);
            return align > to.align() ? new CType.Aligned(to, align) : to;
        }
        if (type instanceof IQualifierType qualified) {
            return qualify(of(qualified.getType()), qualified.isConst(), qualified.isVolatile());
        }
        if (type instanceof ICPPReferenceType reference) {
            return new CType.Pointer(of(reference.getType()), true);
        }
        if (type instanceof IArrayType array) {
            return array(array);
        }
        if (type instanceof IPointerType pointer) {
            return qualify(
                    new CType.Pointer(of(pointer.getType()), false),
                    pointer.isConst(),
                    pointer.isVolatile());
        }
        if (type instanceof ICPPDeferredClassInstance dependent) {
            return dependent(dependent);
        }
        if (type instanceof ICompositeType composite) {
            return StdArray.plain(composite, struct(composite));
        }
        if (type instanceof IEnumeration enumeration) {
            return enumeration(enumeration);
        }
        if (type instanceof IBasicType basic) {
            return basic(basic);
        }
        if (type instanceof IFunctionType function) {
            return new CType.Callable(of(function.getReturnType()));
        }
        return CType.UNKNOWN;
    }

    /** A template's use inside of a template: what its arguments decide is not known. */
    private CType dependent(ICPPDeferredClassInstance use) {
        if (StdArray.isArray(use)) {
            ICPPTemplateArgument element = use.getTemplateArguments()[0];
            return new CType.Array(of(element.getTypeValue()), -1, true);
        }
        return struct(use.getClassTemplate());
    }

    private static CType qualify(CType type, boolean constant, boolean vol) {
        return constant || vol ? new CType.Qualified(type, constant, vol) : type;
    }

    // The replacement takes an evaluation apart that C code does not have.
    @SuppressWarnings("deprecation")
    private CType array(IArrayType array) {
        CType element = of(array.getType());
        Long count = null;
        boolean sized = array.hasSize();
        if (sized) {
            try {
                IASTExpression size = array.getArraySizeExpression();
                count = size == null ? null : constants.read(size);
            } catch (DOMException e) {
                count = null;
            }
            if (count == null) {
                count = Constants.number(array.getSize());
            }
        }
        return new CType.Array(element, count == null ? -1 : count, sized && count == null);
    }

    private CType.Struct struct(ICompositeType composite) {
        CType.Struct known = structs.get(composite);
        if (known != null) {
            return known;
        }
        CType.Struct made =
                new CType.Struct(composite.getName(), composite.getKey() == ICompositeType.k_union);
        structs.put(composite, made);
        List<CType.MemberType> members = members(composite);
        if (!members.isEmpty() || alignments.isDefined(composite)) {
            made.complete(
                    members,
                    alignments.isPacked(composite),
                    Math.max(1, alignments.ofBinding(composite)),
                    !hasHiddenParts(composite));
        }
        return made;
    }

    /** What a C++ class gives a member where it declares it. */
    Optional<IASTInitializer> initialValue(CType.Member member) {
        return Optional.ofNullable(initialValues.get(member.where()));
    }

    private List<CType.MemberType> members(ICompositeType composite) {
        List<CType.MemberType> members = new ArrayList<>();
        Set<String> nameless = new HashSet<>();
        for (IASTDeclaration declaration : declared(composite)) {
            if (declaration instanceof IASTSimpleDeclaration simple
                    && simple.getDeclarators().length == 0
                    && simple.getDeclSpecifier() instanceof IASTCompositeTypeSpecifier inner
                    && inner.getName().getLookupKey().length == 0
                    && inner.getName().resolveBinding() instanceof ICompositeType type) {
                CType laid = of(type);
                laid.struct().ifPresent(s -> s.members().forEach(m -> nameless.add(m.name())));
                members.add(
                        new CType.MemberType(
                                "", laid, alignments.ofBinding(type), places.range(simple)));
            } else if (declaration instanceof IASTSimpleDeclaration simple) {
                for (IASTDeclarator declarator : simple.getDeclarators()) {
                    if (UnitReader.innermost(declarator).getName().resolveBinding()
                            instanceof IField field) {
                        add(members, field);
                    }
                }
            }
        }
        if (nameless.isEmpty()) {
            members.clear();
        }
        for (IField field : composite.getFields()) {
            boolean there =
                    nameless.contains(field.getName())
                            || members.stream().anyMatch(m -> m.name().equals(field.getName()));
            if (nameless.isEmpty() || !there) {
                add(members, field);
            }
        }
        return members;
    }

    private void add(List<CType.MemberType> members, IField field) {
        if (!field.isStatic()) {
            for (IASTNode node : Alignments.declarations(field)) {
                if (node.getParent() instanceof IASTDeclarator declarator
                        && declarator.getInitializer() != null) {
                    initialValues.put(where(field), declarator.getInitializer());
                }
            }
            members.add(
                    new CType.MemberType(
                            field.getName(),
                            of(field.getType()),
                            alignments.ofBinding(field),
                            where(field)));
        }
    }

    /** The declarations inside a structure's braces; none when they are out of sight. */
    private static IASTDeclaration[] declared(ICompositeType composite) {
        for (IASTNode node : Alignments.declarations(composite)) {
            IASTNode at = node instanceof IASTName ? node.getParent() : node;
            if (at instanceof IASTCompositeTypeSpecifier specifier) {
                return specifier.getMembers();
            }
        }
        return new IASTDeclaration[0];
    }

    private SourceRange where(IField field) {
        List<IASTNode> nodes = Alignments.declarations(field);
        return nodes.isEmpty() ? null : places.range(nodes.get(0));
    }

    /** Base classes, and the pointer to virtual functions. */
    static boolean hasHiddenParts(ICompositeType composite) {
        if (!(composite instanceof ICPPClassType type)) {
            return false;
        }
        for (ICPPMethod method : type.getDeclaredMethods()) {
            if (method.isVirtual()) {
                return true;
            }
        }
        return type.getBases().length > 0;
    }

    private CType enumeration(IEnumeration enumeration) {
        long min = 0;
        long max = 0;
        for (IEnumerator constant : enumeration.getEnumerators()) {
            Long value = Constants.number(constant.getValue());
            if (value != null) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        int size = 4;
        if (shortEnums && min >= 0) {
            size = max <= 0xFF ? 1 : max <= 0xFFFF ? 2 : 4;
        } else if (shortEnums) {
            size = min >= -128 && max <= 127 ? 1 : min >= -32768 && max <= 32767 ? 2 : 4;
        }
        return new CType.Int("enum " + name(enumeration), size, min < 0);
    }

    /** What has no name is known by its first constant: there may be many such in a program. */
    private static String name(IEnumeration enumeration) {
        IEnumerator[] constants = enumeration.getEnumerators();
        return enumeration.getName().isEmpty() && constants.length > 0
                ? "{" + constants[0].getName() + "}"
                : enumeration.getName();
    }

    private static CType basic(IBasicType basic) {
        return switch (basic.getKind()) {
            case eVoid -> CType.VOID;
            case eBoolean -> CType.BOOL;
            case eChar, eChar8 ->
                    new CType.Int(basic.isSigned() ? "signed char" : "char", 1, basic.isSigned());
            case eFloat -> new CType.Floating(4);
            case eDouble, eFloat128, eDecimal64, eDecimal128 -> new CType.Floating(8);
            case eDecimal32 -> new CType.Floating(4);
            case eWChar, eChar32 -> new CType.Int("wchar_t", 4, false);
            case eChar16 -> new CType.Int("char16_t", 2, false);
            case eNullPtr -> new CType.Pointer(CType.VOID, false);
            case eInt128 -> new CType.Int("__int128", 16, !basic.isUnsigned());
            case eInt, eUnspecified -> integer(basic);
        };
    }

    private static CType integer(IBasicType basic) {
        int size = basic.isShort() ? 2 : basic.isLongLong() ? 8 : 4;
        return new CType.Int(
                (basic.isUnsigned() ? "unsigned " : "") + size * 8 + " bit",
                size,
                !basic.isUnsigned());
    }
}
