package dev.microvisor.analysis.frontend;

import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;

/** The values that C++ classes give their members where they are declared. */
final class MemberDefaults {
    private static final int MAX_NESTING = 8;

    /** Of longer arrays nothing is known. */
    private static final int MAX_ELEMENTS = 16;

    private final Lowering lowering;
    private final SourceRange where;
    private final boolean all;
    private final List<Expr.Entry> entries = new ArrayList<>();

    /**
     * @param all to list the other members, too, as unknown
     */
    private MemberDefaults(Lowering lowering, SourceRange where, boolean all) {
        this.all = all;
        this.lowering = lowering;
        this.where = where;
    }

    /**
     * The members of a type that have such a value, members of members included.
     *
     * @param where the object is made
     */
    static List<Expr.Entry> of(Lowering lowering, CType type, SourceRange where) {
        MemberDefaults reader = new MemberDefaults(lowering, where, false);
        reader.collect(type, "", 0);
        return reader.entries;
    }

    /**
     * An object that has no initialiser of its own; empty when no member has a value.
     *
     * @param zeroed as a static one, whose other members are 0
     */
    static Optional<Expr> object(Lowering lowering, CType type, SourceRange where, boolean zeroed) {
        if (of(lowering, type, where).isEmpty()) {
            return Optional.empty();
        }
        MemberDefaults reader = new MemberDefaults(lowering, where, !zeroed);
        reader.collect(type, "", 0);
        return Optional.of(new Expr.Aggregate(where, type, reader.entries));
    }

    private static boolean isPlain(CType type) {
        return type.struct().isEmpty() && !(type.plain() instanceof CType.Array);
    }

    private void collect(CType type, String path, int nesting) {
        if (nesting > MAX_NESTING || isPlain(type)) {
            if (all) {
                entries.add(new Expr.Entry(path, unknown(type)));
            }
            return;
        }
        if (type.plain() instanceof CType.Array array) {
            if (array.count() >= 0 && array.count() <= MAX_ELEMENTS) {
                for (int i = 0; i < array.count(); i++) {
                    collect(array.element(), path + "[" + i + "]", nesting + 1);
                }
            } else if (all || !of(lowering, array.element(), where).isEmpty()) {
                entries.add(new Expr.Entry(path, unknown(type)));
            }
        }
        for (CType.Member member : type.struct().map(CType.Struct::members).orElse(List.of())) {
            String at = path + "." + member.name();
            Optional<IASTInitializer> value = lowering.types().initialValue(member);
            if (value.isPresent()) {
                entries.add(new Expr.Entry(at, value(value.get(), member.type())));
            } else {
                collect(member.type(), at, nesting + 1);
            }
        }
    }

    private Expr value(IASTInitializer initializer, CType type) {
        Optional<Expr> value =
                isPlain(type)
                        ? Optional.of(
                                lowering.traceless(
                                        () ->
                                                Declarations.initializer(
                                                                lowering, initializer, type)
                                                        .orElse(unknown(type))))
                        : Optional.empty();
        return value.map(MemberDefaults::only)
                .filter(v -> v instanceof Expr.Num || v instanceof Expr.Text)
                .orElse(unknown(type));
    }

    /** {@code {5}} of a number is 5. */
    private static Expr only(Expr value) {
        return value instanceof Expr.Aggregate list
                        && list.entries().size() == 1
                        && list.entries().get(0).path().isEmpty()
                ? list.entries().get(0).value()
                : value;
    }

    private Expr unknown(CType type) {
        return new Expr.Opaque(where, type, List.of());
    }
}
