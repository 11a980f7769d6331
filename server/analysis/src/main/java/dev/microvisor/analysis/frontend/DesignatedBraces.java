package dev.microvisor.analysis.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;

/**
 * Tokens of C++ with designated initialisers where CDT's parser takes them. It reads {@code T x =
 * {.a = 1}} and {@code f({.a = 1})} but no other list that begins with a dot. Such lists are put
 * into words it knows, by tokens without length, so that all others stay where they are:
 *
 * <pre>
 * T x{.a = 1};          T x = {.a = 1};
 * T{.a = 1}             T({.a = 1})
 * : member{.a = 1}      : member({.a = 1})
 * return {.a = 1};      return LIST({.a = 1});
 * x = {.a = 1};         x = LIST({.a = 1});
 * (T){.a = 1}           (T)LIST({.a = 1})
 * </pre>
 *
 * <p>Where two names in a row stand before the brace or the equals sign, the second one is
 * declared.
 */
final class DesignatedBraces extends TokenFilter {
    /** Stands before a list whose type its surroundings tell. */
    static final String LIST = "__microvisor_list";

    private final Deque<Brace> open = new ArrayDeque<>();

    /** Types of the last tokens, newest first. */
    private final int[] before = new int[2];

    /** The statement so far has declared something. */
    private boolean declares;

    /**
     * An open brace.
     *
     * @param list true for an initialiser
     * @param wrapped true when a parenthesis was put before it
     */
    private record Brace(boolean list, boolean wrapped) {}

    DesignatedBraces(IScanner scanner) {
        super(scanner);
    }

    @Override
    void take(IToken token) {
        switch (token.getType()) {
            case IToken.tLBRACE -> opened(token);
            case IToken.tRBRACE -> closed(token);
            default -> {
                add(token);
                note(token.getType());
            }
        }
    }

    private void opened(IToken brace) {
        boolean designated = typeAt(0) == IToken.tDOT;
        boolean inList = !open.isEmpty() && open.peek().list();
        boolean wrapped = designated && !isTaken(inList);
        if (wrapped && isDeclarator()) {
            insert(IToken.tASSIGN, "=", brace.getOffset());
            wrapped = false;
        } else if (wrapped) {
            if (before[0] != IToken.tIDENTIFIER && before[0] != IToken.tGT) {
                insert(IToken.tIDENTIFIER, LIST, brace.getOffset());
            }
            insert(IToken.tLPAREN, "(", brace.getOffset());
        }
        open.push(new Brace(designated || inList || startsList(), wrapped));
        add(brace);
        note(brace.getType());
    }

    private void closed(IToken brace) {
        add(brace);
        note(brace.getType());
        Brace opened = open.poll();
        if (opened != null && opened.wrapped()) {
            insert(IToken.tRPAREN, ")", brace.getEndOffset());
            note(IToken.tRPAREN);
        }
    }

    /** Where the parser takes designators. */
    private boolean isTaken(boolean inList) {
        return switch (before[0]) {
            case IToken.tLPAREN, IToken.tCOMMA, IToken.tLBRACE -> true;
            case IToken.tASSIGN -> inList || declares;
            // .field{.a = 1}
            case IToken.tIDENTIFIER -> inList && before[1] == IToken.tDOT;
            default -> false;
        };
    }

    private boolean startsList() {
        return before[0] == IToken.tASSIGN
                || before[0] == IToken.tCOMMA
                || before[0] == IToken.tLPAREN
                || before[0] == IToken.tRBRACKET;
    }

    private boolean isDeclarator() {
        return before[0] == IToken.tRBRACKET
                || (before[0] == IToken.tIDENTIFIER && isTypeLike(before[1]));
    }

    private static boolean isTypeLike(int type) {
        return type == IToken.tIDENTIFIER
                || type == IToken.tGT
                || type == IToken.t_const
                || type == IToken.t_auto;
    }

    private void note(int type) {
        if (isInactive(type)) {
            return;
        }
        if (type == IToken.tIDENTIFIER) {
            boolean behindMark =
                    before[0] == IToken.tSTAR
                            || before[0] == IToken.tAMPER
                            || before[0] == IToken.tAND;
            declares |= isTypeLike(before[0]) || (behindMark && isTypeLike(before[1]));
        } else if (type == IToken.tSEMI
                || type == IToken.tLBRACE
                || type == IToken.tRBRACE
                || type == IToken.tLPAREN) {
            declares = false;
        }
        before[1] = before[0];
        before[0] = type;
    }
}
