package dev.microvisor.analysis.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;

/**
 * Ends statements that a macro of a missing header ends. The macros of the vendor's HAL that switch
 * a clock on hold their own semicolon:
 *
 * <pre>
 * __HAL_RCC_GPIOA_CLK_ENABLE()
 * HAL_GPIO_Init(GPIOA, &amp;pins);
 * </pre>
 *
 * <p>Without the header that is no C, and the function would not be read. A semicolon without
 * length is put behind what looks like the use of a macro in a function: a name without small
 * letters where a statement begins, its arguments, and then the begin of another statement or the
 * end of the block.
 */
final class MacroStatements extends TokenFilter {
    /** Tokens of the arguments of such a macro. */
    private static final int MAX_ARGUMENTS = 100;

    /** For each open brace, whether statements stand in it. */
    private final Deque<Boolean> open = new ArrayDeque<>();

    private int before;

    /** The token behind which a semicolon is missing; null when there is none. */
    private IToken last;

    MacroStatements(IScanner scanner) {
        super(scanner);
    }

    @Override
    void take(IToken token) {
        if (last == null && isCode() && beginsStatement() && isMacro(token)) {
            last = endOfArguments();
        }
        switch (token.getType()) {
            case IToken.tLBRACE -> open.push(isCode() || before == IToken.tRPAREN);
            case IToken.tRBRACE -> open.poll();
            default -> {
                // Others neither open nor close a block.
            }
        }
        add(token);
        before = token.getType();
        if (token == last) {
            insert(IToken.tSEMI, ";", token.getEndOffset());
            before = IToken.tSEMI;
            last = null;
        }
    }

    private boolean isCode() {
        return !open.isEmpty() && open.peek();
    }

    private boolean beginsStatement() {
        return before == IToken.tSEMI || before == IToken.tLBRACE || before == IToken.tRBRACE;
    }

    private static boolean isMacro(IToken token) {
        return token.getType() == IToken.tIDENTIFIER
                && token.getImage().chars().noneMatch(Character::isLowerCase);
    }

    /** The parenthesis that closes the arguments, when another statement or nothing follows. */
    private IToken endOfArguments() {
        if (typeAt(0) != IToken.tLPAREN) {
            return null;
        }
        int depth = 0;
        for (int i = 0; i < MAX_ARGUMENTS; i++) {
            switch (typeAt(i)) {
                case IToken.tLPAREN -> depth++;
                case IToken.tRPAREN -> depth--;
                case IToken.tSEMI, IToken.tLBRACE, IToken.tRBRACE, -1 -> {
                    return null;
                }
                default -> {
                    // An argument.
                }
            }
            if (depth == 0) {
                return mayFollow(typeAt(i + 1)) ? peek(i) : null;
            }
        }
        return null;
    }

    /** What begins a statement and cannot go on with an expression. */
    private static boolean mayFollow(int type) {
        return switch (type) {
            case IToken.tIDENTIFIER,
                    IToken.tRBRACE,
                    IToken.t_if,
                    IToken.t_for,
                    IToken.t_while,
                    IToken.t_do,
                    IToken.t_switch,
                    IToken.t_return,
                    IToken.t_break,
                    IToken.t_continue,
                    IToken.t_goto,
                    IToken.t_static,
                    IToken.t_const,
                    IToken.t_volatile,
                    IToken.t_struct,
                    IToken.t_enum,
                    IToken.t_unsigned,
                    IToken.t_int,
                    IToken.t_char,
                    IToken.t_bool,
                    IToken.t_auto ->
                    true;
            default -> false;
        };
    }
}
