package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.List;
import java.util.Optional;

/** A variable of the program. Variables are equal when their keys are. */
public final class Variable {
    /** Where a variable lives. */
    public enum Storage {
        PARAMETER,
        LOCAL,
        STATIC_LOCAL,
        FILE_STATIC,
        GLOBAL
    }

    private final String key;
    private final String name;
    private final CType type;
    private final Storage storage;
    private final Declaration declaration;

    /**
     * @param key unique in the program: the name of a global, file and name of a static
     * @param name as written
     */
    public Variable(String key, String name, CType type, Storage storage, Declaration where) {
        this.key = key;
        this.name = name;
        this.type = type;
        this.storage = storage;
        this.declaration = where;
    }

    /**
     * How and where a variable is declared.
     *
     * @param name range of the name in its declaration
     * @param attributePlace empty range where an attribute may be inserted, after the declarator
     * @param statement the whole declaration
     * @param declaredAlign alignment by attribute or {@code _Alignas}; 0 when there is none
     * @param definition false for {@code extern} without initialiser
     * @param ownCode false when it is declared in a vendor's header
     * @param redeclarations the other declarations in sight, such as {@code extern} ones; ranges of
     *     the whole statements
     * @param initializer flat initialiser, when there is one and the variable is static or global
     */
    public record Declaration(
            SourceRange name,
            SourceRange attributePlace,
            SourceRange statement,
            int declaredAlign,
            boolean definition,
            boolean ownCode,
            boolean initialised,
            List<SourceRange> redeclarations,
            Optional<Expr> initializer) {
        public Declaration {
            redeclarations = List.copyOf(redeclarations);
        }
    }

    public String key() {
        return key;
    }

    public String name() {
        return name;
    }

    public CType type() {
        return type;
    }

    public Storage storage() {
        return storage;
    }

    public Declaration declaration() {
        return declaration;
    }

    /** Guaranteed alignment of its address. */
    public int align() {
        return Math.max(type.align(), declaration.declaredAlign());
    }

    /** True for storage that lasts as long as the program. */
    public boolean isStatic() {
        return storage == Storage.STATIC_LOCAL || isFileScope();
    }

    public boolean isFileScope() {
        return storage == Storage.FILE_STATIC || storage == Storage.GLOBAL;
    }

    /** True for storage that ends with its function. */
    public boolean isAutomatic() {
        return storage == Storage.LOCAL || storage == Storage.PARAMETER;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variable v && v.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
