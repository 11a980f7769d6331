package dev.microvisor.analysis.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IMacroBinding;
import org.eclipse.cdt.core.parser.EndOfFileException;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;
import org.eclipse.cdt.core.parser.IncludeExportPatterns;
import org.eclipse.cdt.core.parser.OffsetLimitReachedException;
import org.eclipse.cdt.internal.core.parser.scanner.ILocationResolver;

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
final class DesignatedBraces implements IScanner {
    /** Stands before a list whose type its surroundings tell. */
    static final String LIST = "__microvisor_list";

    private final IScanner scanner;
    private final Deque<IToken> waiting = new ArrayDeque<>();
    private final Deque<Brace> open = new ArrayDeque<>();
    private EndOfFileException end;
    private int nestingAtBrace;

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
        this.scanner = scanner;
    }

    @Override
    public IToken nextToken() throws EndOfFileException {
        if (!waiting.isEmpty()) {
            return waiting.poll();
        }
        if (end != null) {
            throw end;
        }
        take(scanner.nextToken());
        return waiting.poll();
    }

    private void take(IToken token) {
        switch (token.getType()) {
            case IToken.tLBRACE -> opened(token);
            case IToken.tRBRACE -> closed(token);
            default -> {
                waiting.add(token);
                note(token.getType());
            }
        }
    }

    private void opened(IToken brace) {
        nestingAtBrace = scanner.getCodeBranchNesting();
        IToken next = null;
        try {
            next = scanner.nextToken();
        } catch (EndOfFileException e) {
            end = e;
        }
        // The lexer chains what it reads; the parser would take the next token from there, and
        // again
        // from here.
        brace.setNext(null);
        boolean designated = next != null && next.getType() == IToken.tDOT;
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
        waiting.add(brace);
        note(brace.getType());
        if (next != null) {
            take(next);
        }
    }

    private void closed(IToken brace) {
        waiting.add(brace);
        note(brace.getType());
        Brace opened = open.poll();
        if (opened != null && opened.wrapped()) {
            insert(IToken.tRPAREN, ")", brace.getEndOffset());
            note(IToken.tRPAREN);
        }
    }

    private void insert(int type, String image, int offset) {
        waiting.add(new Inserted(type, image, offset));
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
        if (type == IToken.tINACTIVE_CODE_START
                || type == IToken.tINACTIVE_CODE_SEPARATOR
                || type == IToken.tINACTIVE_CODE_END) {
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

    @Override
    public Map<String, IMacroBinding> getMacroDefinitions() {
        return scanner.getMacroDefinitions();
    }

    @Override
    public boolean isOnTopContext() {
        return scanner.isOnTopContext();
    }

    @Override
    public void cancel() {
        scanner.cancel();
    }

    @Override
    public ILocationResolver getLocationResolver() {
        return scanner.getLocationResolver();
    }

    @Override
    public void setContentAssistMode(int offset) {
        scanner.setContentAssistMode(offset);
    }

    @Override
    public void setSplitShiftROperator(boolean split) {
        scanner.setSplitShiftROperator(split);
    }

    @Override
    public void setComputeImageLocations(boolean compute) {
        scanner.setComputeImageLocations(compute);
    }

    @Override
    public void setTrackIncludeExport(IncludeExportPatterns patterns) {
        scanner.setTrackIncludeExport(patterns);
    }

    @Override
    public void setProcessInactiveCode(boolean process) {
        scanner.setProcessInactiveCode(process);
    }

    @Override
    public void skipInactiveCode() throws OffsetLimitReachedException {
        scanner.skipInactiveCode();
    }

    @Override
    public int getCodeBranchNesting() {
        // The parser must not see that the token behind a brace has been read, past an #endif
        // maybe.
        return waiting.isEmpty() ? scanner.getCodeBranchNesting() : nestingAtBrace;
    }

    @Override
    public char[] getAdditionalNumericLiteralSuffixes() {
        return scanner.getAdditionalNumericLiteralSuffixes();
    }

    /** A token that nobody wrote. */
    private static final class Inserted implements IToken {
        private int type;
        private final String image;
        private final int offset;
        private IToken next;

        Inserted(int type, String image, int offset) {
            this.type = type;
            this.image = image;
            this.offset = offset;
        }

        @Override
        public int getType() {
            return type;
        }

        @Override
        public String getImage() {
            return image;
        }

        @Override
        public char[] getCharImage() {
            return image.toCharArray();
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return 0;
        }

        @Override
        public int getEndOffset() {
            return offset;
        }

        @Override
        public IToken getNext() {
            return next;
        }

        @Override
        public void setNext(IToken token) {
            next = token;
        }

        @Override
        public void setType(int newType) {
            type = newType;
        }

        @Override
        @Deprecated
        public boolean isOperator() {
            return type == IToken.tASSIGN;
        }
    }
}
