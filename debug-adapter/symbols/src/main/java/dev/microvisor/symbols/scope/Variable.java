package dev.microvisor.symbols.scope;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.line.SourcePosition;
import dev.microvisor.symbols.type.Type;
import java.util.Optional;

/**
 * A variable or parameter.
 *
 * @param type as declared
 * @param shadowed whether an inner block has a variable of the same name
 * @param declared where it is declared in the source
 * @param die the entry that says where its value is
 */
public record Variable(
        String name,
        Kind kind,
        Type type,
        boolean shadowed,
        Optional<SourcePosition> declared,
        Die die) {

    /** What a variable is to its function. */
    public enum Kind {
        PARAMETER,
        LOCAL,
        /** Local by name only: it keeps its value between calls. */
        STATIC_LOCAL,
        /** Visible in its source file only. */
        FILE_STATIC,
        GLOBAL
    }

    /** Made by the compiler, such as {@code this} in C++. */
    public boolean isArtificial() {
        return die.having(At.ARTIFICIAL).isPresent();
    }
}
