package dev.microvisor.symbols.value;

import dev.microvisor.symbols.elf.Symbol;
import dev.microvisor.symbols.elf.SymbolTable;
import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.target.Bits;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.Member;
import dev.microvisor.symbols.type.TypeReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an object of C++ really is, by the virtual table that its first word points to: what gdb
 * shows after {@code set print object on}. An object stays what its declaration says where memory
 * does not plainly say otherwise: the table must be that of a class of the program that derives
 * from the declared one, with it at that place.
 */
public final class DynamicTypes {
    private static final int WORD = Integer.BYTES;

    /** Where the complete object begins, from here: two words before what objects point to. */
    private static final int OFFSET_TO_TOP = -2 * WORD;

    /** Classes of classes of classes: a damaged file may have them derive from each other. */
    private static final int MAX_DEPTH = 32;

    private final SymbolTable symbols;
    private final TypeReader types;
    private final Map<String, List<CompositeType>> classes = new ConcurrentHashMap<>();

    public DynamicTypes(SymbolTable symbols, TypeReader types) {
        this.symbols = symbols;
        this.types = types;
    }

    /** The complete object that {@code value} is a part of; {@code value} when it is no part. */
    public Value actual(Value value) {
        if (value.address().isEmpty()
                || !(value.type().resolved() instanceof CompositeType declared)
                || !declared.isCPlusPlus()) {
            return value;
        }
        OptionalLong pointerAt = vtablePointer(declared, 0);
        if (pointerAt.isEmpty()) {
            return value;
        }
        long address = value.address().getAsLong();
        try {
            long vtable = word(value, address + pointerAt.getAsLong());
            Optional<Symbol> symbol = symbols.objectAt(vtable);
            if (symbol.isEmpty()) {
                return value;
            }
            long toTop = (int) word(value, vtable + OFFSET_TO_TOP);
            long top = address + pointerAt.getAsLong() + toTop;
            for (CompositeType type : named(symbol.get().name())) {
                if (holds(type, declared, address - top, 0)) {
                    return Value.at(type, new Location.Memory(top), value.context());
                }
            }
        } catch (UnavailableException e) {
            // An object that cannot be read is shown as declared, with the reason in its members.
            return value;
        }
        return value;
    }

    private static long word(Value object, long address) {
        byte[] bytes = object.context().registers().read(address, WORD);
        if (bytes.length < WORD) {
            throw new UnavailableException("no memory");
        }
        return Bits.unsigned(bytes, WORD);
    }

    /** Where the first pointer to a virtual table is in objects of a class. */
    private static OptionalLong vtablePointer(CompositeType type, int depth) {
        for (Member member : type.members()) {
            if (member.name().startsWith("_vptr")) {
                return OptionalLong.of(member.offsetBytes());
            }
        }
        for (Member member : type.members()) {
            if (member.isBaseClass()
                    && depth < MAX_DEPTH
                    && member.virtualLocation().isEmpty()
                    && member.type().resolved() instanceof CompositeType base) {
                OptionalLong inBase = vtablePointer(base, depth + 1);
                if (inBase.isPresent()) {
                    return OptionalLong.of(member.offsetBytes() + inBase.getAsLong());
                }
            }
        }
        return OptionalLong.empty();
    }

    private static boolean holds(CompositeType whole, CompositeType part, long offset, int depth) {
        if (offset == 0 && whole.name().equals(part.name())) {
            return true;
        }
        return depth < MAX_DEPTH
                && whole.members().stream()
                        .anyMatch(
                                member ->
                                        member.isBaseClass()
                                                && member.virtualLocation().isEmpty()
                                                && member.type().resolved()
                                                        instanceof CompositeType base
                                                && holds(
                                                        base,
                                                        part,
                                                        offset - member.offsetBytes(),
                                                        depth + 1));
    }

    /** The classes that a virtual table may be for: several where arguments cannot be compared. */
    private List<CompositeType> named(String symbol) {
        return classes.computeIfAbsent(
                symbol,
                key ->
                        VtableName.of(key).map(types::classes).orElse(List.of()).stream()
                                .filter(CompositeType.class::isInstance)
                                .map(CompositeType.class::cast)
                                .filter(CompositeType::isComplete)
                                .toList());
    }
}
