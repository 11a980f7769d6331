package dev.microvisor.symbols.type;

/** A type. Immutable to its users. */
public abstract sealed class Type
        permits ArrayType,
                BaseType,
                CompositeType,
                EnumType,
                FunctionType,
                PointerType,
                QualifiedType,
                TypedefType,
                VoidType {

    /** Typedefs of typedefs and the like; a damaged file may refer in circles. */
    private static final int MAX_WRAPPERS = 64;

    Type() {}

    /** Size in bytes; 0 when the type is incomplete or its size is known only at run time. */
    public abstract long sizeBytes();

    /** The type without typedefs and qualifiers around it. */
    public final Type resolved() {
        Type at = this;
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            if (at instanceof TypedefType) {
                at = ((TypedefType) at).target();
            } else if (at instanceof QualifiedType) {
                at = ((QualifiedType) at).target();
            } else {
                return at;
            }
        }
        return VoidType.INSTANCE;
    }

    /** The type without qualifiers around it; typedefs stay. */
    public final Type unqualified() {
        Type at = this;
        for (int i = 0; i < MAX_WRAPPERS && at instanceof QualifiedType; i++) {
            at = ((QualifiedType) at).target();
        }
        return at;
    }

    /** As C writes it: {@code const char *}, {@code int (*)[3]}. */
    @Override
    public final String toString() {
        return TypeName.of(this);
    }
}
