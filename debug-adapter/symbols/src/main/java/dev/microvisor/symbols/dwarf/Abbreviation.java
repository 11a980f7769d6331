package dev.microvisor.symbols.dwarf;

/**
 * The shape of an entry: its tag and which attributes it has in which forms. The arrays belong to
 * this package and are never changed.
 */
final class Abbreviation {
    final int tag;
    final boolean hasChildren;
    final int[] names;
    final int[] forms;
    final long[] implicitValues;

    Abbreviation(int tag, boolean hasChildren, int[] names, int[] forms, long[] implicitValues) {
        this.tag = tag;
        this.hasChildren = hasChildren;
        this.names = names;
        this.forms = forms;
        this.implicitValues = implicitValues;
    }

    int indexOf(int attribute) {
        for (int i = 0; i < names.length; i++) {
            if (names[i] == attribute) {
                return i;
            }
        }
        return -1;
    }
}
