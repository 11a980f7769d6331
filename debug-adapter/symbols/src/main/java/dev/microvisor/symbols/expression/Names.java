package dev.microvisor.symbols.expression;

import dev.microvisor.symbols.dwarf.Macro;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.type.TypeIndex;
import dev.microvisor.symbols.value.Value;
import java.util.Optional;

/** What names mean where an expression is evaluated. */
public interface Names {
    /** A variable of the frame: a local or parameter. */
    Optional<Value> local(String name);

    /** A global or static variable, a function, or an enumerator. */
    Optional<Value> global(String name);

    /** A macro of the frame's source file. */
    Optional<Macro> macro(String name);

    Optional<Type> type(String name, TypeIndex.Space space);

    /** The complete object of C++ that a value is a part of, by its virtual table. */
    Value actual(Value value);
}
