package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import java.util.Optional;

/** Compares the length of a buffer with its contract and with the memory it is about. */
final class BufferLengths {
    private final RuleInfo rule;
    private final ContractValue value;
    private final Check check;

    BufferLengths(RuleInfo rule, ContractValue value, Check check) {
        this.rule = rule;
        this.value = value;
        this.check = check;
    }

    /** Multiples, minimum, and the extent of the memory, for a length in bytes. */
    void checkMultiple() {
        Optional<Long> number = value.value().number();
        Optional<Place> memory = memory();
        long extent = memory.map(Place::extent).orElse(-1L);
        if (number.isEmpty()) {
            return;
        }
        long length = number.get();
        for (Constraint constraint : value.constraints()) {
            if (!value.applies(constraint, check.catalog())) {
                continue;
            }
            if (countsElements(length, extent, memory)) {
                report(
                        value.written(),
                        value.name()
                                + " is "
                                + length
                                + ", the number of elements of '"
                                + memory.get().display()
                                + "'; it must be in bytes: "
                                + extent,
                        "use sizeof(" + memory.get().display() + ")",
                        memory,
                        sizeOf(memory));
                return;
            }
            if (constraint instanceof Constraint.MultipleOf multiple
                    && length % multiple.factor() != 0) {
                report(
                        place(length, extent, memory),
                        subject(memory)
                                + " has "
                                + length
                                + " bytes, no multiple of "
                                + multiple.factor(),
                        "make it " + next(length, multiple.factor()) + " bytes",
                        memory,
                        resized(next(length, multiple.factor()), length, extent, memory));
                return;
            }
            if (constraint instanceof Constraint.Range range && length < range.min()) {
                report(
                        place(length, extent, memory),
                        subject(memory) + " has " + length + " bytes, less than " + range.min(),
                        "make it at least " + range.min() + " bytes",
                        memory,
                        resized(range.min(), length, extent, memory));
                return;
            }
            if (constraint instanceof Constraint.LengthOf
                    && extent >= 0
                    && length > extent
                    && !isWholeTable(length, memory)) {
                report(
                        value.written(),
                        value.name()
                                + " is "
                                + length
                                + ", but '"
                                + memory.get().display()
                                + "' has only "
                                + extent
                                + " bytes",
                        "use sizeof(" + memory.get().display() + ")",
                        memory,
                        sizeOf(memory));
                return;
            }
        }
    }

    /** What the length counts. */
    private Optional<Place> memory() {
        for (Constraint constraint : value.constraints()) {
            if (constraint instanceof Constraint.LengthOf length) {
                return value.sibling(length.of()).target();
            }
        }
        return Optional.empty();
    }

    private static boolean countsElements(long length, long extent, Optional<Place> memory) {
        if (memory.isEmpty() || extent <= 0 || length == extent) {
            return false;
        }
        CType type = memory.get().type();
        return type.plain() instanceof CType.Array array
                && array.element().size() > 1
                && array.count() == length;
    }

    /** True for all rows of an array of arrays, handed over by its first row or element. */
    private static boolean isWholeTable(long length, Optional<Place> memory) {
        return memory.filter(p -> p.path().matches("(\\[0])+"))
                .flatMap(Place::variable)
                .filter(v -> v.type().isArray() && v.type().size() == length)
                .isPresent();
    }

    private static String subject(Optional<Place> memory) {
        return memory.map(p -> "'" + p.display() + "'").orElse("the buffer");
    }

    private static long next(long length, long factor) {
        return Math.max(1, (length + factor - 1) / factor) * factor;
    }

    /** The declaration when it has the wrong size itself, else where the length is given. */
    private SourceRange place(long length, long extent, Optional<Place> memory) {
        if (memory.isEmpty() || length != extent) {
            return value.written();
        }
        Optional<Variable> variable = memory.flatMap(Place::variable);
        if (variable.isPresent() && memory.get().path().isEmpty()) {
            return variable.get().declaration().name();
        }
        return memory.flatMap(Place::member)
                .map(CType.Member::where)
                .filter(where -> where != null)
                .orElseGet(value::written);
    }

    /** The whole variable's size, where the length is written. */
    private Optional<Fix> sizeOf(Optional<Place> memory) {
        SourceRange written = value.written();
        boolean known =
                memory.isPresent()
                        && memory.get().variable().isPresent()
                        && !memory.get().path().contains("[")
                        && !written.equals(value.site().call().nameRange());
        String text = "sizeof(" + memory.map(Place::display).orElse("") + ")";
        return known
                ? Optional.of(Edits.suggestion("Use " + text, new TextEdit(written, text)))
                : Optional.empty();
    }

    private boolean fits(long bytes) {
        return value.constraints().stream()
                .filter(Constraint.MultipleOf.class::isInstance)
                .filter(c -> value.applies(c, check.catalog()))
                .allMatch(c -> bytes % ((Constraint.MultipleOf) c).factor() == 0);
    }

    /** The array made larger, or the length what the array has. */
    private Optional<Fix> resized(long bytes, long length, long extent, Optional<Place> memory) {
        if (memory.isEmpty() || extent < 0) {
            return Optional.empty();
        }
        Optional<Variable> variable = memory.get().variable();
        if (length != extent) {
            return extent > length && fits(extent) ? sizeOf(memory) : Optional.empty();
        }
        if (variable.isEmpty()
                || !memory.get().path().isEmpty()
                || !(variable.get().type().plain() instanceof CType.Array array)
                || array.element().size() <= 0
                || !variable.get().declaration().redeclarations().isEmpty()) {
            return Optional.empty();
        }
        long count = (bytes + array.element().size() - 1) / array.element().size();
        String written = check.text(value.written());
        boolean follows = written.contains("sizeof");
        SourceRange name = variable.get().declaration().name();
        return Edits.in(name, check)
                .flatMap(e -> e.bound(name, array.count(), count, follows))
                .map(e -> Edits.suggestion("Make it " + bytes + " bytes", e));
    }

    private void report(
            SourceRange where,
            String message,
            String help,
            Optional<Place> memory,
            Optional<Fix> fix) {
        boolean global =
                memory.flatMap(Place::variable)
                        .filter(v -> v.isFileScope())
                        .filter(v -> v.declaration().name().equals(where))
                        .isPresent();
        Report report =
                Report.of(rule, global ? "" : value.site().function().name(), where, message)
                        .why(value.site().call().name() + " answers MV_STATUS_INVALIDBUFFERSIZE")
                        .help(help)
                        .note(
                                value.site().call().nameRange(),
                                "passed as " + value.name() + " here");
        fix.ifPresent(report::fix);
        check.report(report);
    }
}
