package dev.microvisor.analysis.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.cdt.core.parser.IScanner;
import org.eclipse.cdt.core.parser.IToken;

/**
 * Tokens of C++20 as C++17 says the same, or less: constraints are left out, since which overload
 * they choose is not followed, and their truth is not known.
 *
 * <pre>
 * concept Open = requires(T t) { t.close(); };    extern const bool Open;
 * template &lt;Open T&gt;                               template &lt;typename T&gt;
 * template &lt;class T&gt; requires Open&lt;T&gt; void f();   template &lt;class T&gt; void f();
 * void f(Open auto x)                             void f(auto x)
 * requires { x.close(); }                         UNKNOWN
 * []&lt;class T&gt;(T t) { }                            [](T t) { }
 * for (int i = 0; int x : all)                    if (int i = 0; true) for (int x : all)
 * </pre>
 */
final class Cpp20Tokens extends TokenFilter {
    /** Stands for a truth that is not known. */
    private static final String UNKNOWN = "__microvisor_unknown";

    private static final String REQUIRES = "requires";

    /** A header, or a constraint, with more tokens than this is left as it is. */
    private static final int MAX_AHEAD = 4096;

    /** The names of those that are declared, whatever their namespaces, and of the library's. */
    private final Set<String> concepts =
            new HashSet<>(
                    Set.of(
                            "integral",
                            "signed_integral",
                            "unsigned_integral",
                            "floating_point",
                            "same_as",
                            "derived_from",
                            "convertible_to",
                            "invocable",
                            "regular_invocable",
                            "predicate",
                            "equality_comparable",
                            "totally_ordered",
                            "default_initializable",
                            "copyable",
                            "movable",
                            "semiregular",
                            "regular"));

    /** For each open bracket whether it begins a lambda. */
    private final Deque<Boolean> brackets = new ArrayDeque<>();

    private boolean lambdaClosed;

    /** Type of the last token, also of those that were left out. */
    private int last = IToken.tSEMI;

    /** Angle brackets that are open since {@code template}; 0 outside of its list. */
    private int header;

    Cpp20Tokens(IScanner scanner) {
        super(scanner);
    }

    @Override
    void take(IToken token) {
        int type = token.getType();
        if (isInactive(type)) {
            add(token);
            return;
        }
        boolean changed =
                switch (type) {
                    case IToken.tIDENTIFIER, IToken.tCOLONCOLON -> identifier(token);
                    case IToken.t_for -> rangeLoop(token);
                    case IToken.tLT -> lambdaClosed && namesParameters() && skipAngles(token);
                    default -> false;
                };
        if (!changed) {
            track(type);
            add(token);
            last = type;
        }
    }

    private void track(int type) {
        lambdaClosed = false;
        switch (type) {
            case IToken.tLBRACKET -> brackets.push(beginsLambda());
            case IToken.tRBRACKET -> lambdaClosed = !brackets.isEmpty() && brackets.pop();
            case IToken.t_template -> header = typeAt(0) == IToken.tLT ? -1 : 0;
            case IToken.tLT -> header = header < 0 ? 1 : header > 0 ? header + 1 : 0;
            case IToken.tGT, IToken.tGT_in_SHIFTR -> header = Math.max(0, header - 1);
            case IToken.tSHIFTR -> header = Math.max(0, header - 2);
            default -> {}
        }
    }

    private boolean beginsLambda() {
        return switch (last) {
            case IToken.tIDENTIFIER,
                    IToken.tRPAREN,
                    IToken.tRBRACKET,
                    IToken.tGT,
                    IToken.tSTRING,
                    IToken.t_this,
                    IToken.t_auto,
                    IToken.t_operator,
                    IToken.t_delete ->
                    false;
            default -> true;
        };
    }

    /** What follows the angle bracket is declared. */
    private boolean namesParameters() {
        return switch (typeAt(0)) {
            case IToken.t_class,
                    IToken.t_typename,
                    IToken.t_auto,
                    IToken.t_int,
                    IToken.t_unsigned,
                    IToken.t_bool ->
                    true;
            case IToken.tIDENTIFIER ->
                    typeAt(1) == IToken.tIDENTIFIER || typeAt(1) == IToken.tCOLONCOLON;
            default -> false;
        };
    }

    private boolean identifier(IToken token) {
        String name = token.getImage();
        if (name.equals(REQUIRES)) {
            return requires(token);
        }
        if (name.equals("concept")
                && isAngleEnd(last)
                && typeAt(0) == IToken.tIDENTIFIER
                && typeAt(1) == IToken.tASSIGN) {
            declareConcept(token);
            return true;
        }
        return constrained(token);
    }

    private void declareConcept(IToken word) {
        int at = word.getOffset();
        insert(IToken.t_extern, "extern", at);
        insert(IToken.t_const, "const", at);
        insert(IToken.t_bool, "bool", at);
        IToken name = next();
        concepts.add(name.getImage());
        add(name);
        while (typeAt(0) != IToken.tSEMI && typeAt(0) != -1) {
            skipOne();
        }
        last = IToken.tIDENTIFIER;
    }

    /** {@code requires}: a clause behind a declarator or a template's list, else an expression. */
    private boolean requires(IToken word) {
        boolean clause =
                switch (last) {
                    case IToken.tGT,
                            IToken.tGT_in_SHIFTR,
                            IToken.tSHIFTR,
                            IToken.tRPAREN,
                            IToken.tIDENTIFIER,
                            IToken.t_const,
                            IToken.t_noexcept,
                            IToken.t_auto,
                            IToken.t_bool,
                            IToken.t_int,
                            IToken.t_void ->
                            true;
                    default -> false;
                };
        if (clause && beginsConstraint()) {
            skipConstraint();
            return true;
        }
        if (!clause && (typeAt(0) == IToken.tLBRACE || typeAt(0) == IToken.tLPAREN)) {
            insert(IToken.tIDENTIFIER, UNKNOWN, word.getOffset());
            skipRequirements();
            last = IToken.tIDENTIFIER;
            return true;
        }
        return false;
    }

    private boolean beginsConstraint() {
        return switch (typeAt(0)) {
            case IToken.tLPAREN,
                    IToken.tIDENTIFIER,
                    IToken.tCOLONCOLON,
                    IToken.t_true,
                    IToken.t_false ->
                    true;
            default -> false;
        };
    }

    private void skipConstraint() {
        do {
            if (typeAt(0) == IToken.tAND || typeAt(0) == IToken.tOR) {
                next();
            }
            if (typeAt(0) == IToken.tIDENTIFIER && peek(0).getImage().equals(REQUIRES)) {
                next();
                skipRequirements();
            } else if (typeAt(0) == IToken.tIDENTIFIER || typeAt(0) == IToken.tCOLONCOLON) {
                skipName();
            } else if (beginsConstraint()) {
                skipOne();
            } else {
                return;
            }
        } while (typeAt(0) == IToken.tAND || typeAt(0) == IToken.tOR);
    }

    private void skipRequirements() {
        if (typeAt(0) == IToken.tLPAREN) {
            skipOne();
        }
        if (typeAt(0) == IToken.tLBRACE) {
            skipOne();
        }
    }

    private void skipName() {
        for (int length = nameLength(0); length > 0; length--) {
            next();
        }
    }

    /** Takes a token out, with all that it opens. */
    private void skipOne() {
        int open = 0;
        do {
            IToken token = next();
            if (token == null) {
                return;
            }
            switch (token.getType()) {
                case IToken.tLPAREN, IToken.tLBRACE, IToken.tLBRACKET -> open++;
                case IToken.tRPAREN, IToken.tRBRACE, IToken.tRBRACKET -> open--;
                default -> {}
            }
        } while (open > 0);
    }

    /** Takes out the parameters of a lambda's template, the bracket itself included. */
    private boolean skipAngles(IToken bracket) {
        int length = anglesFrom(bracket, 0);
        if (length < 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            next();
        }
        lambdaClosed = false;
        last = IToken.tGT;
        return true;
    }

    /** Tokens from behind an open angle bracket to the one that closes it; -1 when none does. */
    private int anglesFrom(IToken bracket, int from) {
        int angles = bracket.getType() == IToken.tLT ? 1 : 0;
        int others = 0;
        for (int i = from; i < from + MAX_AHEAD && angles > 0; i++) {
            switch (typeAt(i)) {
                case IToken.tLPAREN, IToken.tLBRACE, IToken.tLBRACKET -> others++;
                case IToken.tRPAREN, IToken.tRBRACE, IToken.tRBRACKET -> others--;
                case IToken.tLT -> angles += others == 0 ? 1 : 0;
                case IToken.tGT, IToken.tGT_in_SHIFTR -> angles -= others == 0 ? 1 : 0;
                case IToken.tSHIFTR -> angles -= others == 0 ? 2 : 0;
                case IToken.tSEMI, -1 -> {
                    return -1;
                }
                default -> {}
            }
            if (others < 0) {
                return -1;
            }
            if (angles <= 0) {
                return i - from + 1;
            }
        }
        return -1;
    }

    /** Tokens of a qualified name with its arguments that begins with a token further on. */
    private int nameLength(int from) {
        int at = from;
        if (typeAt(at) == IToken.tCOLONCOLON) {
            at++;
        }
        while (typeAt(at) == IToken.tIDENTIFIER) {
            at++;
            if (typeAt(at) == IToken.tLT) {
                int arguments = anglesFrom(peek(at), at + 1);
                if (arguments < 0) {
                    return at - from;
                }
                at += 1 + arguments;
            }
            if (typeAt(at) != IToken.tCOLONCOLON || typeAt(at + 1) != IToken.tIDENTIFIER) {
                break;
            }
            at++;
        }
        return at - from;
    }

    /** A concept before {@code auto}, or in the place of {@code typename}. */
    private boolean constrained(IToken first) {
        boolean qualified = first.getType() == IToken.tCOLONCOLON;
        String name = first.getImage();
        int at = 0;
        while (qualified || typeAt(at) == IToken.tCOLONCOLON) {
            int step = qualified ? 0 : 1;
            qualified = false;
            if (typeAt(at + step) != IToken.tIDENTIFIER) {
                return false;
            }
            name = peek(at + step).getImage();
            at += step + 1;
        }
        if (!concepts.contains(name)) {
            return false;
        }
        if (typeAt(at) == IToken.tLT) {
            int arguments = anglesFrom(peek(at), at + 1);
            if (arguments < 0) {
                return false;
            }
            at += 1 + arguments;
        }
        boolean parameter =
                header == 1
                        && (last == IToken.tLT || last == IToken.tCOMMA)
                        && (typeAt(at) == IToken.tIDENTIFIER || typeAt(at) == IToken.tELLIPSIS);
        if (typeAt(at) != IToken.t_auto && !parameter) {
            return false;
        }
        for (int i = 0; i < at; i++) {
            next();
        }
        if (parameter) {
            insert(IToken.t_typename, "typename", first.getOffset());
            last = IToken.t_typename;
        }
        return true;
    }

    /**
     * A loop over a range with an initialiser. Where the loop is the body of an {@code if} an
     * {@code else} behind it would be taken for another's: there nothing is changed.
     */
    private boolean rangeLoop(IToken word) {
        boolean ownStatement =
                last == IToken.tSEMI
                        || last == IToken.tLBRACE
                        || last == IToken.tRBRACE
                        || last == IToken.tCOLON;
        int semicolon = ownStatement ? rangeInitialiser() : -1;
        if (semicolon < 0) {
            return false;
        }
        int at = word.getOffset();
        IToken open = next();
        insert(IToken.t_if, "if", at);
        insert(IToken.tLPAREN, "(", at);
        for (int i = 1; i <= semicolon; i++) {
            add(next());
        }
        insert(IToken.t_true, "true", open.getEndOffset());
        insert(IToken.tRPAREN, ")", open.getEndOffset());
        add(word);
        add(open);
        last = IToken.tLPAREN;
        return true;
    }

    /** Where the initialiser ends, from the parenthesis on; -1 when the loop is another. */
    private int rangeInitialiser() {
        int open = 0;
        int questions = 0;
        int semicolon = -1;
        for (int i = 0; i < MAX_AHEAD; i++) {
            int type = typeAt(i);
            switch (type) {
                case IToken.tLPAREN, IToken.tLBRACE, IToken.tLBRACKET -> open++;
                case IToken.tRPAREN, IToken.tRBRACE, IToken.tRBRACKET -> open--;
                case IToken.tQUESTION -> questions += open == 1 ? 1 : 0;
                case -1 -> {
                    return -1;
                }
                default -> {}
            }
            if (open <= 0) {
                return -1;
            }
            if (open == 1 && type == IToken.tSEMI) {
                if (semicolon >= 0) {
                    return -1;
                }
                semicolon = i;
            } else if (open == 1 && type == IToken.tCOLON) {
                if (questions == 0) {
                    return semicolon;
                }
                questions--;
            }
        }
        return -1;
    }

    private static boolean isAngleEnd(int type) {
        return type == IToken.tGT || type == IToken.tGT_in_SHIFTR || type == IToken.tSHIFTR;
    }
}
