package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Instr;
import dev.microvisor.analysis.ir.Program;
import dev.microvisor.analysis.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which arguments of a call are read as C strings and which is a format. */
final class TextCalls {
    /** Calls from function to function that hand a string on. */
    private static final int MAX_DEPTH = 4;

    private static final List<Integer> FIRST = List.of(0);
    private static final List<Integer> SECOND = List.of(1);
    private static final List<Integer> BOTH = List.of(0, 1);

    /** Functions of the C library, and the JSON parser that firmware uses most. */
    private static final Map<String, List<Integer>> READ_TO_NUL =
            Map.ofEntries(
                    Map.entry("strlen", FIRST),
                    Map.entry("strcpy", SECOND),
                    Map.entry("stpcpy", SECOND),
                    Map.entry("strcat", BOTH),
                    Map.entry("strcmp", BOTH),
                    Map.entry("strcasecmp", BOTH),
                    Map.entry("strstr", BOTH),
                    Map.entry("strchr", FIRST),
                    Map.entry("strrchr", FIRST),
                    Map.entry("strspn", BOTH),
                    Map.entry("strcspn", BOTH),
                    Map.entry("strpbrk", BOTH),
                    Map.entry("strtok", FIRST),
                    Map.entry("strtok_r", FIRST),
                    Map.entry("strdup", FIRST),
                    Map.entry("atoi", FIRST),
                    Map.entry("atol", FIRST),
                    Map.entry("atof", FIRST),
                    Map.entry("strtol", FIRST),
                    Map.entry("strtoul", FIRST),
                    Map.entry("strtoll", FIRST),
                    Map.entry("strtoull", FIRST),
                    Map.entry("strtod", FIRST),
                    Map.entry("strtof", FIRST),
                    Map.entry("sscanf", FIRST),
                    Map.entry("puts", FIRST),
                    Map.entry("fputs", FIRST),
                    Map.entry("cJSON_Parse", FIRST));

    /** Index of the format. */
    private static final Map<String, Integer> PRINTF =
            Map.ofEntries(
                    Map.entry("printf", 0),
                    Map.entry("vprintf", 0),
                    Map.entry("iprintf", 0),
                    Map.entry("fprintf", 1),
                    Map.entry("vfprintf", 1),
                    Map.entry("dprintf", 1),
                    Map.entry("sprintf", 1),
                    Map.entry("vsprintf", 1),
                    Map.entry("snprintf", 2),
                    Map.entry("vsnprintf", 2));

    /** Library functions that read, with a length or without, and change nothing. */
    private static final Set<String> READ_ONLY =
            Set.of("memcmp", "memchr", "strnlen", "strncmp", "strncasecmp", "free", "fwrite");

    private final Program program;

    TextCalls(Program program) {
        this.program = program;
    }

    /** The arguments that a call reads up to a NUL. */
    List<Expr> stringsReadBy(Instr.Call call) {
        return stringsReadBy(call, 0);
    }

    private List<Expr> stringsReadBy(Instr.Call call, int depth) {
        List<Expr> found = new ArrayList<>();
        List<Expr> arguments = call.arguments();
        for (int i : READ_TO_NUL.getOrDefault(call.name(), List.of())) {
            if (i < arguments.size()) {
                found.add(arguments.get(i));
            }
        }
        int format = formatOf(call, depth);
        if (format >= 0) {
            found.add(arguments.get(format));
            for (int i = format + 1; i < arguments.size(); i++) {
                if (slot(call, format, i) == Formats.Slot.TEXT) {
                    found.add(arguments.get(i));
                }
            }
        }
        Optional<Function> callee = program.function(call.callee());
        if (callee.isPresent() && depth < MAX_DEPTH) {
            List<Variable> parameters = callee.get().parameters();
            for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
                if (i != format && readsToNul(callee.get(), parameters.get(i), depth + 1)) {
                    found.add(arguments.get(i));
                }
            }
        }
        return found;
    }

    private boolean readsToNul(Function function, Variable parameter, int depth) {
        return parameter.type().isPointer()
                && function.calls()
                        .flatMap(c -> stringsReadBy(c, depth).stream())
                        .anyMatch(e -> isJust(e, parameter));
    }

    private static boolean isJust(Expr e, Variable variable) {
        return e.uncast() instanceof Expr.Var v && v.variable().equals(variable);
    }

    /** What a printf-like call makes of one of its arguments. */
    static Formats.Slot slot(Instr.Call call, int format, int argument) {
        if (!(call.arguments().get(format).uncast() instanceof Expr.Text text)) {
            return Formats.Slot.OTHER;
        }
        List<Formats.Slot> slots = Formats.printed(text.value());
        int at = argument - format - 1;
        return at >= 0 && at < slots.size() ? slots.get(at) : Formats.Slot.OTHER;
    }

    /** Index of the argument that is a printf format; -1 when the call has none. */
    int formatOf(Instr.Call call) {
        return formatOf(call, 0);
    }

    private int formatOf(Instr.Call call, int depth) {
        int known = PRINTF.getOrDefault(call.name(), -1);
        if (known >= 0) {
            return known < call.arguments().size() ? known : -1;
        }
        Optional<Function> callee = program.function(call.callee());
        if (callee.isEmpty()) {
            return formatByShape(call);
        }
        List<Variable> parameters = callee.get().parameters();
        for (int i = 0; i < Math.min(parameters.size(), call.arguments().size()); i++) {
            if (depth < MAX_DEPTH && isFormat(callee.get(), parameters.get(i), depth + 1)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isFormat(Function function, Variable parameter, int depth) {
        return parameter.type().isPointer()
                && function.calls()
                        .anyMatch(
                                c -> {
                                    int format = formatOf(c, depth);
                                    return format >= 0
                                            && isJust(c.arguments().get(format), parameter);
                                });
    }

    /** A function out of sight: a literal that asks for exactly the arguments that follow. */
    private static int formatByShape(Instr.Call call) {
        for (int i = 0; i < call.arguments().size() - 1; i++) {
            if (call.arguments().get(i).uncast() instanceof Expr.Text text
                    && Formats.printed(text.value()).size() == call.arguments().size() - i - 1) {
                return i;
            }
        }
        return -1;
    }

    /** True when the call writes nothing through its pointers as far as its name tells. */
    boolean isReadOnly(Instr.Call call) {
        return READ_ONLY.contains(call.name())
                || (READ_TO_NUL.containsKey(call.name())
                        && !call.name().startsWith("strtok")
                        && !call.name().equals("strcpy")
                        && !call.name().equals("strcat"));
    }
}
