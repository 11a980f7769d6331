package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Instr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which arguments of a call are read up to their NUL. */
final class TextUses {
    /** Conversions read in one format. */
    private static final int MAX_CONVERSIONS = 64;

    private static final String FLAGS = "-+ #0123456789";
    private static final String LENGTHS = "hlLqjzt";

    /** Functions of the C library, with the positions of their texts. */
    private static final Map<String, List<Integer>> LIBRARY =
            Map.of(
                    "strlen", List.of(0),
                    "puts", List.of(0),
                    "fputs", List.of(0),
                    "strcpy", List.of(1),
                    "strcat", List.of(0, 1),
                    "strcmp", List.of(0, 1),
                    "strdup", List.of(0));

    /** Functions of the C library that leave a text in their first argument. */
    private static final List<String> WRITERS =
            List.of(
                    "sprintf",
                    "snprintf",
                    "vsprintf",
                    "vsnprintf",
                    "strcpy",
                    "strncpy",
                    "strcat",
                    "strncat");

    private TextUses() {}

    static boolean writesText(Instr.Call call) {
        return WRITERS.contains(call.name());
    }

    static List<Expr> of(Instr.Call call) {
        List<Expr> texts = new ArrayList<>();
        for (int index : LIBRARY.getOrDefault(call.name(), List.of())) {
            if (index < call.arguments().size()) {
                texts.add(call.arguments().get(index));
            }
        }
        for (int i = 0; i < call.arguments().size(); i++) {
            if (call.arguments().get(i).uncast() instanceof Expr.Text format) {
                int first = i + 1;
                for (int position : conversions(format.value())) {
                    if (first + position < call.arguments().size()) {
                        texts.add(call.arguments().get(first + position));
                    }
                }
                break;
            }
        }
        return texts;
    }

    /** Positions of the arguments of plain {@code %s}, counted from the one after the format. */
    private static List<Integer> conversions(String format) {
        List<Integer> positions = new ArrayList<>();
        int argument = 0;
        int at = 0;
        for (int round = 0; round < MAX_CONVERSIONS; round++) {
            at = format.indexOf('%', at);
            if (at < 0 || at + 1 >= format.length()) {
                return positions;
            }
            at++;
            boolean bounded = false;
            while (at < format.length()
                    && (FLAGS.indexOf(format.charAt(at)) >= 0
                            || LENGTHS.indexOf(format.charAt(at)) >= 0
                            || format.charAt(at) == '.'
                            || format.charAt(at) == '*')) {
                bounded |= format.charAt(at) == '.';
                argument += format.charAt(at) == '*' ? 1 : 0;
                at++;
            }
            if (at >= format.length()) {
                return positions;
            }
            char conversion = format.charAt(at++);
            if (conversion == 's' && !bounded) {
                positions.add(argument);
            }
            argument += conversion == '%' ? 0 : 1;
        }
        return positions;
    }
}
