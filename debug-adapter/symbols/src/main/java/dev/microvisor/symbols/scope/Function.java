package dev.microvisor.symbols.scope;

import dev.microvisor.symbols.dwarf.AddressRange;
import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Die;
import dev.microvisor.symbols.dwarf.QualifiedName;
import dev.microvisor.symbols.dwarf.Unit;
import java.util.List;

/** A function that has code of its own (not only inlined copies). */
public final class Function {
    private final Die die;
    private final List<AddressRange> ranges;
    private String name;

    Function(Die die, List<AddressRange> ranges) {
        this.die = die;
        this.ranges = ranges;
    }

    /** As people write it; in C++ with namespaces and classes: {@code net::Client::send}. */
    public String name() {
        // Most functions of a program are only looked at for their addresses.
        if (name == null) {
            name = QualifiedName.of(die);
        }
        return name;
    }

    /**
     * Whether people may mean it by a name: in full or without the outer namespaces, or as the
     * linker knows it.
     */
    boolean isNamed(String wanted) {
        return isNamed(die, wanted);
    }

    /** The same of an entry that is a function, but perhaps has no code of its own. */
    static boolean isNamed(Die die, String wanted) {
        String plain = die.name().orElse("");
        boolean simple = plain.indexOf('<') < 0 && plain.indexOf(':') < 0;
        if (simple && !wanted.endsWith(plain)) {
            return linkageName(die).equals(wanted);
        }
        for (String known : QualifiedName.allOf(die)) {
            if (known.equals(wanted) || known.endsWith("::" + wanted)) {
                return true;
            }
        }
        return linkageName(die).equals(wanted);
    }

    /** The symbol's name: mangled in C++. */
    public String linkageName() {
        return linkageName(die);
    }

    private static String linkageName(Die die) {
        return die.having(At.LINKAGE_NAME)
                .flatMap(found -> found.string(At.LINKAGE_NAME))
                .orElseGet(() -> die.name().orElse(""));
    }

    public Unit unit() {
        return die.unit();
    }

    public Die die() {
        return die;
    }

    /** The function's code; more than one range when gcc moved a cold part away. */
    public List<AddressRange> ranges() {
        return ranges;
    }

    /** Where it is called. */
    public long entry() {
        long stated =
                die.address(At.ENTRY_PC)
                        .orElseGet(() -> die.address(At.LOW_PC).orElse(ranges.get(0).start()));
        return stated & ~1L;
    }

    public boolean contains(long address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** First address after the range that holds the entry. */
    public long end() {
        long entry = entry();
        for (AddressRange range : ranges) {
            if (range.contains(entry)) {
                return range.end();
            }
        }
        return ranges.get(0).end();
    }

    @Override
    public String toString() {
        return name();
    }
}
