package dev.microvisor.symbols.type;

/** No type: {@code void}, also where the debug information says nothing. */
public final class VoidType extends Type {
    public static final VoidType INSTANCE = new VoidType();

    private VoidType() {}

    /** 1, as in GNU C, so that arithmetic on {@code void *} counts bytes. */
    @Override
    public long sizeBytes() {
        return 1;
    }
}
