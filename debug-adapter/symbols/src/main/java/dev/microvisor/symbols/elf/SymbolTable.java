package dev.microvisor.symbols.elf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The symbols of a program, by name and by address. Immutable. */
public final class SymbolTable {
    /**
     * A function whose size is not stated (hand-written assembly) reaches to the next symbol, but
     * no further than this.
     */
    private static final long MAX_UNSIZED_FUNCTION_BYTES = 0x1000;

    private final List<Symbol> all;
    private final Map<String, Symbol> byName = new HashMap<>();
    private final NavigableMap<Long, Symbol> functions = new TreeMap<>();
    private final NavigableMap<Long, Symbol> objects = new TreeMap<>();
    private final NavigableMap<Long, Boolean> codeAt = new TreeMap<>();

    SymbolTable(Collection<Symbol> symbols) {
        List<Symbol> kept = new ArrayList<>();
        for (Symbol symbol : symbols) {
            if (symbol.isMapping()) {
                codeAt.put(symbol.value(), symbol.name().charAt(1) != 'd');
            } else if (!symbol.name().isEmpty()) {
                kept.add(symbol);
                add(symbol);
            }
        }
        all = List.copyOf(kept);
    }

    private void add(Symbol symbol) {
        if (symbol.section() == 0) {
            return;
        }
        byName.merge(symbol.name(), symbol, SymbolTable::preferred);
        if (symbol.isFunction()) {
            functions.merge(symbol.address(), symbol, SymbolTable::preferred);
        } else if (symbol.kind() == Symbol.Kind.OBJECT) {
            objects.merge(symbol.address(), symbol, SymbolTable::preferred);
        }
    }

    private static Symbol preferred(Symbol first, Symbol second) {
        if (first.global() != second.global()) {
            return first.global() ? first : second;
        }
        return second.sizeBytes() > first.sizeBytes() ? second : first;
    }

    /** Every named symbol except mapping symbols. */
    public List<Symbol> all() {
        return all;
    }

    /** Functions by start address, the absolute ones (Microvisor's entry points) included. */
    public NavigableMap<Long, Symbol> functions() {
        return Collections.unmodifiableNavigableMap(functions);
    }

    /** Variables by address. */
    public NavigableMap<Long, Symbol> objects() {
        return Collections.unmodifiableNavigableMap(objects);
    }

    public Optional<Symbol> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The function that holds {@code address}. */
    public Optional<Symbol> functionAt(long address) {
        long wanted = address & 0xFFFF_FFFFL;
        Map.Entry<Long, Symbol> entry = functions.floorEntry(wanted);
        if (entry == null || wanted >= endOf(entry.getValue())) {
            return Optional.empty();
        }
        return Optional.of(entry.getValue());
    }

    /** First address after a function. */
    public long endOf(Symbol function) {
        long start = function.address();
        if (function.sizeBytes() > 0) {
            return start + function.sizeBytes();
        }
        Long next = functions.higherKey(start);
        long limit = start + MAX_UNSIZED_FUNCTION_BYTES;
        return next == null ? limit : Math.min(next, limit);
    }

    /** The variable that holds {@code address}. */
    public Optional<Symbol> objectAt(long address) {
        long wanted = address & 0xFFFF_FFFFL;
        Map.Entry<Long, Symbol> entry = objects.floorEntry(wanted);
        if (entry == null || wanted - entry.getKey() >= Math.max(1, entry.getValue().sizeBytes())) {
            return Optional.empty();
        }
        return Optional.of(entry.getValue());
    }

    /** {@code name} or {@code name+offset} of the function or variable that holds an address. */
    public Optional<String> describe(long address) {
        long wanted = address & 0xFFFF_FFFFL;
        Optional<Symbol> symbol = functionAt(wanted & ~1L).or(() -> objectAt(wanted));
        return symbol.map(
                found -> {
                    long offset = (found.isFunction() ? wanted & ~1L : wanted) - found.address();
                    return offset == 0 ? found.name() : found.name() + "+" + offset;
                });
    }

    /** False where mapping symbols say that constants lie between instructions. */
    public boolean isCode(long address) {
        Map.Entry<Long, Boolean> entry = codeAt.floorEntry(address & 0xFFFF_FFFFL);
        return entry == null || entry.getValue();
    }
}
