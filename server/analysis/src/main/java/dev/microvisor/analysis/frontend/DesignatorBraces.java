package dev.microvisor.analysis.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.IMacroBinding;
import org.eclipse.cdt.core.parser.EndOfFileException;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;
import org.eclipse.cdt.core.parser.IncludeExportPatterns;
import org.eclipse.cdt.core.parser.OffsetLimitReachedException;
import org.eclipse.cdt.internal.core.dom.parser.ASTNode;
import org.eclipse.cdt.internal.core.parser.scanner.ILocationResolver;
import org.eclipse.cdt.internal.core.parser.scanner.Token;

/**
 * Lets CDT read {@code T x{.a = 1}} and {@code return {.a = 1};}. Its C++ parser takes designators
 * only in a list behind {@code =} or inside of another list; so the list gets a second pair of
 * braces of no width, and {@link #unwrap} takes them off the tree.
 */
final class DesignatorBraces implements IScanner {
    private final IScanner scanner;

    /** For each open brace, whether a second one was put before it. */
    private final Deque<Boolean> open = new ArrayDeque<>();

    private final Deque<IToken> ahead = new ArrayDeque<>();
    private int before = IToken.tASSIGN;
    private boolean designator;
    private IToken closing;
    private EndOfFileException end;

    DesignatorBraces(IScanner scanner) {
        this.scanner = scanner;
    }

    /** The list that is written. */
    static IASTInitializerList unwrap(IASTInitializerList list) {
        IASTInitializerClause[] clauses = list.getClauses();
        boolean doubled =
                clauses.length == 1
                        && clauses[0] instanceof IASTInitializerList inner
                        && ((ASTNode) inner).getOffset() == ((ASTNode) list).getOffset();
        return doubled ? (IASTInitializerList) clauses[0] : list;
    }

    @Override
    public IToken nextToken() throws EndOfFileException {
        IToken token = ahead.isEmpty() ? scanned() : ahead.pop();
        if (token == closing) {
            closing = null;
        } else if (token.getType() == IToken.tLBRACE && ahead.isEmpty()) {
            token = opened(token);
        } else if (token.getType() == IToken.tRBRACE && !open.isEmpty() && open.pop()) {
            closing = bare(token);
            ahead.push(closing);
        }
        designator = before == IToken.tDOT;
        before = token.getType();
        return token;
    }

    private IToken opened(IToken brace) {
        boolean inList =
                switch (before) {
                    case IToken.tASSIGN, IToken.tCOMMA, IToken.tLPAREN, IToken.tLBRACE -> true;
                    // The list of {@code .a{.b = 1}} is inside of another.
                    default -> designator;
                };
        IToken next = null;
        try {
            next = scanned();
        } catch (EndOfFileException e) {
            end = e;
        }
        // The scanner links what it gives out; the parser would walk past what is put between.
        brace.setNext(null);
        boolean doubled = !inList && next != null && next.getType() == IToken.tDOT;
        open.push(doubled);
        if (next != null) {
            ahead.push(next);
        }
        if (doubled) {
            ahead.push(brace);
            return bare(brace);
        }
        return brace;
    }

    private static IToken bare(IToken brace) {
        Token copy = ((Token) brace).clone();
        copy.setNext(null);
        copy.setOffset(brace.getOffset(), brace.getOffset());
        return copy;
    }

    private IToken scanned() throws EndOfFileException {
        if (end != null) {
            throw end;
        }
        return scanner.nextToken();
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
        return scanner.getCodeBranchNesting();
    }

    @Override
    public char[] getAdditionalNumericLiteralSuffixes() {
        return scanner.getAdditionalNumericLiteralSuffixes();
    }
}
