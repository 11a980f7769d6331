package dev.microvisor.lsp.requests;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out, from the text, which call's status is being compared at a place. */
final class ComparedCall {
    /** How far back the call may stand. */
    private static final int MAX_BACK = 10_000;

    private static final Pattern CASE = Pattern.compile("\\bcase\\s+$");
    private static final Pattern SWITCH =
            Pattern.compile("\\bswitch\\s*\\(\\s*(?:(mv\\w+)\\s*\\(|(\\w+)\\s*\\))");
    private static final Pattern COMPARED = Pattern.compile("(\\w+)\\s*(?:==|!=)\\s*$");
    private static final Pattern CALL_COMPARED =
            Pattern.compile("\\b(mv\\w+)\\s*\\([^;{}]*\\)\\s*(?:==|!=)\\s*$");

    private ComparedCall() {}

    /** Name of the call, when a constant at {@code offset} would be compared with its status. */
    static Optional<String> callBefore(String content, int offset) {
        String before = content.substring(Math.max(0, offset - MAX_BACK), offset);
        Matcher call = CALL_COMPARED.matcher(lastStatement(before));
        if (call.find()) {
            return Optional.of(call.group(1));
        }
        if (CASE.matcher(before).find()) {
            return ofSwitch(before);
        }
        Matcher compared = COMPARED.matcher(before);
        return compared.find() ? ofVariable(before, compared.group(1)) : Optional.empty();
    }

    private static String lastStatement(String before) {
        int end =
                Math.max(
                        before.lastIndexOf(';'),
                        Math.max(before.lastIndexOf('{'), before.lastIndexOf('}')));
        return before.substring(end + 1);
    }

    private static Optional<String> ofSwitch(String before) {
        Matcher found = SWITCH.matcher(before);
        Optional<String> call = Optional.empty();
        while (found.find()) {
            call =
                    found.group(1) != null
                            ? Optional.of(found.group(1))
                            : ofVariable(before.substring(0, found.start()), found.group(2));
        }
        return call;
    }

    private static Optional<String> ofVariable(String before, String variable) {
        Matcher assigned =
                Pattern.compile(
                                "\\b"
                                        + Pattern.quote(variable)
                                        + "\\s*=\\s*(?:\\([^)]*\\)\\s*)?(mv\\w+)\\s*\\(")
                        .matcher(before);
        Optional<String> call = Optional.empty();
        while (assigned.find()) {
            call = Optional.of(assigned.group(1));
        }
        return call;
    }
}
