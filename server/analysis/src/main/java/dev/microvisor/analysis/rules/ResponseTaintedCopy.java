package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import java.util.List;
import java.util.Optional;

/** Flags a copy without limit from network data into an array that may be too small for it. */
public final class ResponseTaintedCopy implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "response-tainted-copy",
                    Severity.WARNING,
                    RuleInfo.Fixing.SUGGESTED,
                    RuleInfo.Tag.DATA);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void checkProgram(Check check) {
        for (NetworkFill fill : check.networkFills()) {
            for (Function function : check.program().functions()) {
                boolean here = function.equals(fill.function());
                if (here || fill.target().variable().isStatic()) {
                    function.calls()
                            .filter(c -> !here || BufferUses.isAfter(c, fill.call()))
                            .forEach(c -> check(fill, function, c, check));
                }
            }
        }
    }

    private static void check(NetworkFill fill, Function function, Instr.Call call, Check check) {
        List<Expr> arguments = call.arguments();
        switch (call.name()) {
            case "strcpy", "strcat", "stpcpy" -> {
                if (arguments.size() == 2
                        && BufferUses.isBuffer(arguments.get(1), fill.target(), function)) {
                    copied(
                            fill,
                            function,
                            call,
                            arguments.get(0),
                            0,
                            bounded(call, arguments, check),
                            check);
                }
            }
            case "sprintf" -> printed(fill, function, call, check);
            case "sscanf" -> scanned(fill, function, call, check);
            default -> {
                // Others are bounded, or not known.
            }
        }
    }

    private static void printed(NetworkFill fill, Function function, Instr.Call call, Check check) {
        List<Expr> arguments = call.arguments();
        for (int i = 2; i < arguments.size(); i++) {
            if (TextCalls.slot(call, 1, i) == Formats.Slot.TEXT
                    && BufferUses.isBuffer(arguments.get(i), fill.target(), function)) {
                copied(
                        fill,
                        function,
                        call,
                        arguments.get(0),
                        literal(arguments.get(1)),
                        bounded(call, arguments, check),
                        check);
            }
        }
    }

    /** Bytes of a format that are surely printed: its text up to the first conversion. */
    private static int literal(Expr format) {
        String text = format.uncast() instanceof Expr.Text t ? t.value() : "";
        return Math.max(0, text.indexOf('%'));
    }

    private static void scanned(NetworkFill fill, Function function, Instr.Call call, Check check) {
        List<Expr> arguments = call.arguments();
        if (arguments.size() < 3
                || !(arguments.get(1).uncast() instanceof Expr.Text format)
                || !BufferUses.isBuffer(arguments.get(0), fill.target(), function)) {
            return;
        }
        List<Formats.Slot> slots = Formats.scanned(format.value());
        for (int i = 0; i < slots.size() && i + 2 < arguments.size(); i++) {
            if (slots.get(i) == Formats.Slot.TEXT) {
                copied(
                        fill,
                        function,
                        call,
                        arguments.get(i + 2),
                        0,
                        width(arguments.get(1), i, arguments.get(i + 2), check),
                        check);
            }
        }
    }

    /** Reports when the text received may be longer than the target has room for. */
    private static void copied(
            NetworkFill fill,
            Function function,
            Instr.Call call,
            Expr target,
            int before,
            Optional<Fix> fix,
            Check check) {
        CType type = target.uncast().type();
        long room = type.isArray() ? type.size() : -1;
        // Of data whose length nobody knows only the limit of its own buffer counts.
        long longest = fill.size() >= 0 ? fill.size() : offered(fill);
        boolean fits = longest >= 0 && longest + before < room;
        boolean known = longest >= 0 || isVariableLength(fill.target().variable().type());
        if (room <= 0 || fits || !known || checksLength(fill, function)) {
            return;
        }
        String most = longest < 0 ? "any number of" : "up to " + longest;
        Report report =
                Report.of(
                                INFO,
                                function.name(),
                                call.nameRange(),
                                call.name()
                                        + " copies "
                                        + most
                                        + " bytes from the network into an array of "
                                        + room)
                        .why("a longer answer than expected overwrites what lies behind the array")
                        .help("use snprintf with the size of the target, and look at its result")
                        .note(fill.call().nameRange(), fill.name() + " receives them here");
        fix.ifPresent(report::fix);
        check.report(report);
    }

    /**
     * How much a function is told that it may receive, when it is told the size of the whole
     * buffer; -1 when nothing is known.
     */
    private static long offered(NetworkFill fill) {
        boolean whole =
                fill.extent() > 0
                        && !fill.isDirect()
                        && fill.call().arguments().stream()
                                .map(Expr::uncast)
                                .filter(Expr.Num.class::isInstance)
                                .map(e -> ((Expr.Num) e).value())
                                .anyMatch(n -> n == fill.extent() || n == fill.extent() - 1);
        return whole ? fill.extent() - 1 : -1;
    }

    /** The same copy with a limit, by functions of the same header. */
    private static Optional<Fix> bounded(Instr.Call call, List<Expr> arguments, Check check) {
        String target = check.text(arguments.get(0).uncast().range());
        String size = "sizeof(" + target + ")";
        SourceRange name = call.nameRange();
        SourceRange first = Edits.after(arguments.get(0).range());
        SourceRange last = Edits.after(arguments.get(arguments.size() - 1).range());
        Optional<TextEdit> started =
                call.name().equals("strcpy") && call.statement().isPresent()
                        ? Edits.in(name, check)
                                .flatMap(e -> e.statementBefore(name, target + "[0] = '\\0';"))
                        : Optional.empty();
        return switch (call.name()) {
            case "sprintf" ->
                    Optional.of(
                            Edits.suggestion(
                                    "Print with a limit",
                                    new TextEdit(name, "snprintf"),
                                    new TextEdit(first, ", " + size)));
            case "strcat" ->
                    Optional.of(
                            Edits.suggestion(
                                    "Append with a limit",
                                    new TextEdit(name, "strncat"),
                                    new TextEdit(
                                            last, ", " + size + " - strlen(" + target + ") - 1")));
            case "strcpy" ->
                    started.filter(empty -> empty.range().equals(Edits.before(name)))
                            .map(
                                    empty ->
                                            Edits.suggestion(
                                                    "Copy with a limit",
                                                    new TextEdit(name, empty.newText() + "strncat"),
                                                    new TextEdit(last, ", " + size + " - 1")));
            default -> Optional.empty();
        };
    }

    /** A width for one conversion of a format that is written as one literal. */
    private static Optional<Fix> width(Expr format, int index, Expr target, Check check) {
        SourceRange range = format.uncast().range();
        String literal = check.text(range);
        int at = FormatWidths.plainText(literal, index);
        long room = target.uncast().type().size();
        boolean single =
                literal.startsWith("\"")
                        && literal.endsWith("\"")
                        && range.startLine() == range.endLine()
                        && !literal.matches(".*[^\\\\]\"\\s*\".*");
        if (at < 0 || room < 2 || !single) {
            return Optional.empty();
        }
        int column = range.startColumn() + at;
        SourceRange place =
                new SourceRange(range.file(), range.startLine(), column, range.startLine(), column);
        return Optional.of(
                Edits.suggestion(
                        "Read no more than " + (room - 1) + " characters",
                        new TextEdit(place, Long.toString(room - 1))));
    }

    private static boolean isVariableLength(CType type) {
        return type.plain() instanceof CType.Array array && array.variable();
    }

    /** The program measures the text, or compares what it was told of its length. */
    private static boolean checksLength(NetworkFill fill, Function function) {
        boolean measured =
                function.calls()
                        .filter(c -> c.name().equals("strlen") || c.name().equals("strnlen"))
                        .anyMatch(
                                c ->
                                        !c.arguments().isEmpty()
                                                && BufferUses.isBuffer(
                                                        c.arguments().get(0),
                                                        fill.target(),
                                                        function));
        return measured
                || fill.length()
                        .filter(l -> BufferUses.isBounded(l, function, fill.call()))
                        .isPresent()
                || fill.sizeExpr()
                        .flatMap(ByteTarget::place)
                        .filter(l -> BufferUses.isBounded(l, function, fill.call()))
                        .isPresent();
    }
}
