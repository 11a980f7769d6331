package dev.microvisor.analysis.frontend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IMacroBinding;
import org.eclipse.cdt.core.parser.EndOfFileException;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;
import org.eclipse.cdt.core.parser.IncludeExportPatterns;
import org.eclipse.cdt.core.parser.OffsetLimitReachedException;
import org.eclipse.cdt.internal.core.parser.scanner.ILocationResolver;

/**
 * A scanner that puts tokens in and takes tokens out on their way to CDT's parser. What it puts in
 * has no length, so that all that was written stays where it is.
 */
abstract class TokenFilter implements IScanner {
    private final IScanner scanner;

    /** What the parser gets next. */
    private final Deque<IToken> ready = new ArrayDeque<>();

    /** What was read ahead. */
    private final List<IToken> held = new ArrayList<>();

    private EndOfFileException end;
    private int nestingAhead;

    TokenFilter(IScanner scanner) {
        this.scanner = scanner;
    }

    /** Deals with the next token: {@link #add} passes one on. */
    abstract void take(IToken token);

    final void add(IToken token) {
        ready.add(token);
    }

    final void insert(int type, String image, int offset) {
        ready.add(new Inserted(type, image, offset));
    }

    @Override
    public final IToken nextToken() throws EndOfFileException {
        while (ready.isEmpty()) {
            IToken token = next();
            if (token == null) {
                throw end;
            }
            take(token);
        }
        IToken token = ready.poll();
        // The lexer chains what it reads; the parser would take the next one from there, and again
        // from here.
        token.setNext(null);
        return token;
    }

    /** Takes the next token out; null at the end of the file. */
    final IToken next() {
        return peek(0) == null ? null : held.remove(0);
    }

    /** A token further on; null behind the end of the file. */
    final IToken peek(int ahead) {
        while (held.size() <= ahead && end == null) {
            if (held.isEmpty() && ready.isEmpty()) {
                nestingAhead = scanner.getCodeBranchNesting();
            }
            try {
                held.add(scanner.nextToken());
            } catch (EndOfFileException e) {
                end = e;
            }
        }
        return held.size() > ahead ? held.get(ahead) : null;
    }

    /** The type of a token further on; -1 behind the end of the file. */
    final int typeAt(int ahead) {
        IToken token = peek(ahead);
        return token == null ? -1 : token.getType();
    }

    @Override
    public final int getCodeBranchNesting() {
        // The parser must not see what has been read ahead, past an #endif maybe.
        return ready.isEmpty() && held.isEmpty() ? scanner.getCodeBranchNesting() : nestingAhead;
    }

    @Override
    public final Map<String, IMacroBinding> getMacroDefinitions() {
        return scanner.getMacroDefinitions();
    }

    @Override
    public final boolean isOnTopContext() {
        return scanner.isOnTopContext();
    }

    @Override
    public final void cancel() {
        scanner.cancel();
    }

    @Override
    public final ILocationResolver getLocationResolver() {
        return scanner.getLocationResolver();
    }

    @Override
    public final void setContentAssistMode(int offset) {
        scanner.setContentAssistMode(offset);
    }

    @Override
    public final void setSplitShiftROperator(boolean split) {
        scanner.setSplitShiftROperator(split);
    }

    @Override
    public final void setComputeImageLocations(boolean compute) {
        scanner.setComputeImageLocations(compute);
    }

    @Override
    public final void setTrackIncludeExport(IncludeExportPatterns patterns) {
        scanner.setTrackIncludeExport(patterns);
    }

    @Override
    public final void setProcessInactiveCode(boolean process) {
        scanner.setProcessInactiveCode(process);
    }

    @Override
    public final void skipInactiveCode() throws OffsetLimitReachedException {
        scanner.skipInactiveCode();
    }

    @Override
    public final char[] getAdditionalNumericLiteralSuffixes() {
        return scanner.getAdditionalNumericLiteralSuffixes();
    }

    /** True for marks of code that the preprocessor left out. */
    static boolean isInactive(int type) {
        return type == IToken.tINACTIVE_CODE_START
                || type == IToken.tINACTIVE_CODE_SEPARATOR
                || type == IToken.tINACTIVE_CODE_END;
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
