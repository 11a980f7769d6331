package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A number of characters, as a sum: those that are certain, and the lengths of texts.
 *
 * @param characters the constant part
 * @param texts whose lengths are added
 */
record TextLength(long characters, List<Expr> texts) {
    /** Variables that stand for another expression. */
    private static final int MAX_STEPS = 3;

    TextLength {
        texts = List.copyOf(texts);
    }

    /** The sum that an expression computes with {@code strlen}; empty when it is another thing. */
    static Optional<TextLength> computed(Expr size, Function function) {
        return computed(size, function, 0);
    }

    private static Optional<TextLength> computed(Expr size, Function function, int steps) {
        Expr e = size.uncast();
        if (e instanceof Expr.Num n) {
            return Optional.of(new TextLength(n.value(), List.of()));
        }
        if (e instanceof Expr.Binary sum && (sum.op().equals("+") || sum.op().equals("-"))) {
            Optional<TextLength> left = computed(sum.left(), function, steps);
            Optional<TextLength> right = computed(sum.right(), function, steps);
            if (left.isEmpty() || right.isEmpty()) {
                return Optional.empty();
            }
            if (sum.op().equals("-")) {
                return right.get().texts.isEmpty()
                        ? Optional.of(left.get().plus(-right.get().characters))
                        : Optional.empty();
            }
            List<Expr> both = new ArrayList<>(left.get().texts);
            both.addAll(right.get().texts);
            return Optional.of(
                    new TextLength(left.get().characters + right.get().characters, both));
        }
        if (e instanceof Expr.Temp temp) {
            return function.calls()
                    .filter(c -> c.result().id() == temp.id())
                    .filter(c -> c.name().equals("strlen") && c.arguments().size() == 1)
                    .findFirst()
                    .map(c -> new TextLength(0, List.of(c.arguments().get(0).uncast())));
        }
        if (e instanceof Expr.Var v && v.variable().isAutomatic() && steps < MAX_STEPS) {
            List<Instr.Store> stores =
                    function.stores().filter(s -> is(s.place(), v.variable())).toList();
            boolean only = stores.size() == 1 && stores.get(0).op().isEmpty();
            return only ? computed(stores.get(0).value(), function, steps + 1) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean is(Expr place, Variable variable) {
        return place instanceof Expr.Var v && v.variable().equals(variable);
    }

    /** What {@code sprintf} prints at least, without the NUL, apart from texts without limit. */
    static TextLength printed(Instr.Call call, int format) {
        String text = ((Expr.Text) call.arguments().get(format).uncast()).value();
        long characters = 0;
        int conversions = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                characters++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '%') {
                characters++;
                i++;
            } else {
                conversions++;
                while (i + 1 < text.length() && !Character.isLetter(text.charAt(i + 1))) {
                    i++;
                }
                while (i + 1 < text.length() && "hljztLq".indexOf(text.charAt(i + 1)) >= 0) {
                    i++;
                }
                i++;
            }
        }
        List<Expr> texts = new ArrayList<>();
        int limited = 0;
        for (int i = format + 1; i < call.arguments().size(); i++) {
            switch (TextCalls.slot(call, format, i)) {
                case TEXT -> texts.add(call.arguments().get(i).uncast());
                case BOUNDED_TEXT -> limited++;
                case OTHER -> {
                    // At least a digit, counted below.
                }
            }
        }
        characters += Math.max(0, conversions - texts.size() - limited);
        return new TextLength(characters, texts).withoutLiterals();
    }

    /** The length of one text. */
    static TextLength of(Expr text) {
        return new TextLength(0, List.of(text.uncast())).withoutLiterals();
    }

    private TextLength withoutLiterals() {
        long known = characters;
        List<Expr> others = new ArrayList<>();
        for (Expr text : texts) {
            if (text instanceof Expr.Text literal) {
                known += literal.length();
            } else {
                others.add(text);
            }
        }
        return new TextLength(known, others);
    }

    TextLength plus(long more) {
        return new TextLength(characters + more, texts);
    }

    /** What is left of this length when the texts of another are taken out; order is no matter. */
    TextLength without(TextLength other) {
        List<Expr> left = new ArrayList<>(texts);
        for (Expr text : other.texts) {
            left.stream().filter(t -> same(t, text)).findFirst().ifPresent(left::remove);
        }
        return new TextLength(characters - other.characters, left);
    }

    private static boolean same(Expr a, Expr b) {
        Optional<ByteTarget> left = ByteTarget.of(a);
        return left.isPresent() && left.equals(ByteTarget.of(b));
    }

    /** The most that a text can hold as its type tells; -1 when that does not. */
    static long room(Expr text) {
        CType type = text.uncast().type();
        return type.isArray() && type.size() > 0 ? type.size() - 1 : -1;
    }
}
