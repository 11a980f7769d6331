package dev.microvisor.symbols.dwarf;

import dev.microvisor.symbols.elf.MalformedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the unit whose code holds an address. */
public final class UnitIndex {
    private record Entry(AddressRange range, Unit unit) {}

    private final List<Entry> entries = new ArrayList<>();

    public UnitIndex(DwarfFile file) {
        for (Unit unit : file.units()) {
            try {
                for (AddressRange range : unit.ranges()) {
                    entries.add(new Entry(range, unit));
                }
            } catch (MalformedException e) {
                file.problems().add(e.getMessage() + "; that unit is skipped");
            }
        }
        entries.sort(Comparator.comparing(entry -> entry.range.start()));
    }

    public Optional<Unit> unitAt(long address) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            AddressRange range = entries.get(middle).range;
            if (address < range.start()) {
                high = middle - 1;
            } else if (address >= range.end()) {
                low = middle + 1;
            } else {
                return Optional.of(entries.get(middle).unit);
            }
        }
        return Optional.empty();
    }
}
