package dev.microvisor.symbols.type;

import java.util.EnumSet;
import java.util.Set;

/** Writes types as C does, in gdb's spacing: {@code const char * const}, {@code int (*)[3]}. */
public final class TypeName {
    /** Pointers to arrays of pointers...: deeper than anybody writes; circles end here. */
    private static final int MAX_NESTING = 32;

    private TypeName() {}

    public static String of(Type type) {
        return declaration(type, "", 0);
    }

    /** A type around the name of a variable: {@code int (*callback)(void)}. */
    public static String declaration(Type type, String variable) {
        return declaration(type, variable, 0);
    }

    private static String declaration(Type type, String declarator, int depth) {
        if (depth > MAX_NESTING) {
            return "...";
        }
        if (type instanceof PointerType) {
            PointerType pointer = (PointerType) type;
            return around(pointer.target(), pointer.kind().sign() + declarator, depth);
        }
        if (type instanceof QualifiedType) {
            return qualified(type, declarator, depth);
        }
        if (type instanceof ArrayType) {
            ArrayType array = (ArrayType) type;
            String count =
                    array.count().isPresent() ? Long.toString(array.count().getAsLong()) : "";
            return declaration(array.element(), declarator + "[" + count + "]", depth + 1);
        }
        if (type instanceof FunctionType) {
            FunctionType function = (FunctionType) type;
            String list = declarator + "(" + parameters(function, depth) + ")";
            return declaration(function.returned(), list, depth + 1);
        }
        return join(simple(type), declarator);
    }

    /** A pointer needs parentheses when what it points to is written after the name. */
    private static String around(Type target, String declarator, int depth) {
        Type inner = target.unqualified();
        boolean after = inner instanceof ArrayType || inner instanceof FunctionType;
        return declaration(target, after ? "(" + declarator + ")" : declarator, depth + 1);
    }

    private static String qualified(Type type, String declarator, int depth) {
        Set<QualifiedType.Qualifier> found = EnumSet.noneOf(QualifiedType.Qualifier.class);
        Type at = type;
        for (int i = 0; i < MAX_NESTING && at instanceof QualifiedType; i++) {
            found.add(((QualifiedType) at).qualifier());
            at = ((QualifiedType) at).target();
        }
        StringBuilder words = new StringBuilder();
        for (QualifiedType.Qualifier qualifier : found) {
            words.append(words.length() == 0 ? "" : " ").append(qualifier.text());
        }
        if (at instanceof ArrayType) {
            // A constant array is an array of constants.
            Type element = ((ArrayType) at).element();
            for (QualifiedType.Qualifier qualifier : found) {
                element = QualifiedType.of(qualifier, element);
            }
            Type inner = element;
            return declaration(
                    new ArrayType(() -> inner, ((ArrayType) at).count(), null),
                    declarator,
                    depth + 1);
        }
        if (at instanceof PointerType) {
            // Behind the star: the pointer itself is constant.
            PointerType pointer = (PointerType) at;
            String name = declarator.isEmpty() ? "" : " " + declarator;
            return around(pointer.target(), pointer.kind().sign() + " " + words + name, depth);
        }
        return words + " " + declaration(at, declarator, depth + 1);
    }

    private static String join(String name, String declarator) {
        return declarator.isEmpty() ? name : name + " " + declarator;
    }

    private static String parameters(FunctionType function, int depth) {
        StringBuilder text = new StringBuilder();
        for (Type parameter : function.parameters()) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(declaration(parameter, "", depth + 1));
        }
        if (function.isVariadic()) {
            text.append(text.length() == 0 ? "..." : ", ...");
        } else if (text.length() == 0 && function.isPrototyped()) {
            text.append("void");
        }
        return text.toString();
    }

    private static String simple(Type type) {
        if (type instanceof BaseType) {
            return named(((BaseType) type).name());
        }
        if (type instanceof TypedefType) {
            return named(((TypedefType) type).name());
        }
        if (type instanceof EnumType) {
            EnumType enumeration = (EnumType) type;
            return tagged("enum", enumeration.name(), enumeration.isCPlusPlus());
        }
        if (type instanceof CompositeType) {
            CompositeType composite = (CompositeType) type;
            return tagged(composite.kind().keyword(), composite.name(), composite.isCPlusPlus());
        }
        return "void";
    }

    /** Compilers name these types; a damaged file may not. */
    private static String named(String name) {
        return name.isEmpty() ? "(unnamed type)" : name;
    }

    private static String tagged(String keyword, String name, boolean cPlusPlus) {
        if (name.isEmpty()) {
            return keyword + " {...}";
        }
        return cPlusPlus ? name : keyword + " " + name;
    }
}
