package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.CType;
import java.util.Optional;
import java.util.Set;

/** Calls of functions whose bodies are not at hand: the C library by name, others by caution. */
final class Externals {
    /** Library functions that only read what their pointers point at. */
    private static final Set<String> READERS =
            Set.of(
                    "strlen",
                    "strnlen",
                    "strcmp",
                    "strncmp",
                    "memcmp",
                    "strchr",
                    "strrchr",
                    "strstr",
                    "strspn",
                    "strcspn",
                    "strcasecmp",
                    "strncasecmp",
                    "printf",
                    "puts",
                    "atoi",
                    "atol",
                    "atof",
                    "strtol",
                    "strtoul",
                    "strtod",
                    "free",
                    "memchr");

    private final Evaluator evaluator;

    Externals(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    void apply(CallSite site, String scope, Place result) {
        State state = site.state();
        String name = site.call().name();
        if (name.equals("memset") && site.arguments().size() == 3) {
            set(site);
        } else if (!READERS.contains(name)) {
            // The library's own readers test nothing: to print a status is not to handle it.
            for (int i = 0; i < site.arguments().size(); i++) {
                Value argument = site.arguments().get(i);
                evaluator.lost(argument, state);
                if (!isConstPointer(site, i)) {
                    evaluator.overwritten(argument, state);
                }
            }
        }
        state.assign(result, value(site, scope));
    }

    private static void set(CallSite site) {
        Value fill = site.argument(1);
        site.argument(0)
                .target()
                .ifPresent(
                        place ->
                                site.state()
                                        .assign(
                                                place,
                                                fill.number().filter(n -> n == 0).isPresent()
                                                        ? Value.ZERO
                                                        : Value.UNKNOWN));
    }

    private static boolean isConstPointer(CallSite site, int index) {
        return site.expression(index)
                .flatMap(e -> e.type().target())
                .filter(CType::isConst)
                .isPresent();
    }

    private Value value(CallSite site, String scope) {
        String name = site.call().name();
        if (name.equals("strlen") && site.arguments().size() == 1) {
            Optional<Place> text = site.argument(0).target();
            if (text.isPresent() && text.get().root() instanceof Place.Literal literal) {
                return new Value.Num(literal.text().length());
            }
        }
        if (name.equals("memcpy") || name.equals("memset") || name.equals("memmove")) {
            return site.argument(0);
        }
        Sym sym =
                new Sym(
                        scope + "#" + site.call().id() + ":result",
                        Sym.Kind.RESULT,
                        site.call().range(),
                        name,
                        null);
        site.state().renew(sym);
        return Value.of(sym);
    }
}
