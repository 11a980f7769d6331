package dev.microvisor.symbols.value;

import java.util.Map;
import java.util.Optional;

/**
 * The class that the symbol of a virtual table is for, as debug information names it: {@code
 * _ZTVN2hw4RingIhLi4EEE} is {@code hw::Ring<unsigned char, 4>}. Knows nested names and the usual
 * arguments of templates, no substitutions and no classes inside of functions.
 */
final class VtableName {
    private static final String PREFIX = "_ZTV";

    /** Template arguments inside of template arguments: more than anybody writes. */
    private static final int MAX_NESTING = 16;

    private static final Map<Character, String> BUILT_IN =
            Map.ofEntries(
                    Map.entry('v', "void"),
                    Map.entry('w', "wchar_t"),
                    Map.entry('b', "bool"),
                    Map.entry('c', "char"),
                    Map.entry('a', "signed char"),
                    Map.entry('h', "unsigned char"),
                    Map.entry('s', "short"),
                    Map.entry('t', "unsigned short"),
                    Map.entry('i', "int"),
                    Map.entry('j', "unsigned int"),
                    Map.entry('l', "long"),
                    Map.entry('m', "unsigned long"),
                    Map.entry('x', "long long"),
                    Map.entry('y', "unsigned long long"),
                    Map.entry('f', "float"),
                    Map.entry('d', "double"));

    private final String mangled;
    private int at;
    private int depth;

    private VtableName(String mangled) {
        this.mangled = mangled;
    }

    /** Empty when the symbol is none of a virtual table, or of a class whose name is not known. */
    static Optional<String> of(String symbol) {
        if (!symbol.startsWith(PREFIX)) {
            return Optional.empty();
        }
        VtableName name = new VtableName(symbol.substring(PREFIX.length()));
        try {
            String read = name.name();
            return name.at == name.mangled.length() ? Optional.of(read) : Optional.empty();
        } catch (UnknownName e) {
            return Optional.empty();
        }
    }

    /** Something this class does not read. */
    private static final class UnknownName extends Exception {
        private static final long serialVersionUID = 1;

        UnknownName() {
            super("not read", null, false, false);
        }
    }

    private char peek() {
        return at < mangled.length() ? mangled.charAt(at) : '\0';
    }

    private String name() throws UnknownName {
        if (peek() != 'N') {
            return part();
        }
        at++;
        StringBuilder name = new StringBuilder(part());
        while (peek() != 'E') {
            name.append("::").append(part());
        }
        at++;
        return name.toString();
    }

    private String part() throws UnknownName {
        String plain = identifier();
        return peek() == 'I' ? plain + arguments() : plain;
    }

    private String identifier() throws UnknownName {
        int digits = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        if (digits == at || at - digits > 4) {
            throw new UnknownName();
        }
        int end = at + Integer.parseInt(mangled.substring(digits, at));
        if (end > mangled.length()) {
            throw new UnknownName();
        }
        String text = mangled.substring(at, end);
        at = end;
        return text.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : text;
    }

    private String arguments() throws UnknownName {
        if (++depth > MAX_NESTING) {
            throw new UnknownName();
        }
        at++;
        StringBuilder text = new StringBuilder("<");
        while (peek() != 'E') {
            text.append(text.length() == 1 ? "" : ", ").append(argument());
        }
        at++;
        depth--;
        return text.append('>').toString();
    }

    private String argument() throws UnknownName {
        return peek() == 'L' ? literal() : type();
    }

    /** {@code Li4E}, {@code Lb1E}, {@code Lin4E} for minus four. */
    private String literal() throws UnknownName {
        at++;
        String type = type();
        int end = mangled.indexOf('E', at);
        if (end < 0) {
            throw new UnknownName();
        }
        String number = mangled.substring(at, end).replace('n', '-');
        at = end + 1;
        return type.equals("bool") ? (number.equals("1") ? "true" : "false") : number;
    }

    private String type() throws UnknownName {
        char code = peek();
        if (code == 'N' || Character.isDigit(code)) {
            return name();
        }
        at++;
        String builtIn = BUILT_IN.get(code);
        if (builtIn != null) {
            return builtIn;
        }
        if (++depth > MAX_NESTING) {
            throw new UnknownName();
        }
        String inner =
                switch (code) {
                    case 'P' -> type() + "*";
                    case 'R' -> type() + "&";
                    case 'K' -> type() + " const";
                    default -> throw new UnknownName();
                };
        depth--;
        return inner;
    }
}
