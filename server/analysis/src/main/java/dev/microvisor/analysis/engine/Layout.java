package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.CType;
import java.util.ArrayList;
import java.util.List;

/** Offsets and sizes along paths of fields and indices. */
final class Layout {
    /** More than any object is aligned to. */
    private static final int MAX_STRIDE = 1 << 30;

    private Layout() {}

    /**
     * Where a path leads.
     *
     * @param offset bytes from the root; -1 when an index is not known
     * @param align alignment that the types along the path promise, wherever the root is
     * @param stride largest power of two that divides the offset, whatever the indices are
     * @param packed true in a packed structure, where a type's own alignment promises nothing
     */
    record Spot(CType type, long offset, int align, int stride, boolean packed) {}

    /** Paths of the members that share memory with one that a path goes through. */
    static List<String> sharing(CType root, String path) {
        List<String> found = new ArrayList<>();
        CType type = root;
        for (int at = 0; at < path.length(); ) {
            int end = stepEnd(path, at);
            if (path.charAt(at) == '.') {
                String name = path.substring(at + 1, end);
                CType.Struct struct = type.struct().orElse(null);
                CType.Member member = struct == null ? null : struct.member(name).orElse(null);
                if (member == null) {
                    return found;
                }
                String before = path.substring(0, at + 1);
                struct.sharing(member).forEach(m -> found.add(before + m.name()));
                type = member.type();
            } else {
                type = type.target().orElse(type);
            }
            at = end;
        }
        return found;
    }

    static Spot walk(CType root, String path) {
        CType type = root;
        long offset = 0;
        int align = 1;
        int stride = MAX_STRIDE;
        boolean packed = false;
        int at = 0;
        while (at < path.length()) {
            int end = stepEnd(path, at);
            String step = path.substring(at, end);
            if (step.charAt(0) == '.') {
                CType.Member member =
                        type.struct().flatMap(s -> s.member(step.substring(1))).orElse(null);
                if (member == null) {
                    return new Spot(CType.UNKNOWN, -1, 1, 1, packed);
                }
                offset = offset < 0 || member.offset() < 0 ? -1 : offset + member.offset();
                stride = align(stride, member.offset());
                type = member.type();
                packed |= member.align() < type.align();
                align = Math.max(align(align, member.offset()), packed ? 1 : member.align());
            } else {
                CType element = type.target().orElse(type);
                String index = step.substring(1, step.length() - 1);
                long before = offset;
                offset = offset < 0 ? -1 : after(offset, index, element.size());
                align = align(align, offset < 0 ? element.size() : offset - before);
                long first = after(0, index, element.size());
                stride = align(stride, first < 0 ? element.size() : first);
                type = element;
            }
            at = end;
        }
        return new Spot(type, offset, align, stride, packed);
    }

    /**
     * What is left of an alignment some bytes further on; of a negative number nothing is known.
     */
    private static int align(int align, long bytes) {
        if (bytes == 0) {
            return align;
        }
        return bytes < 0 ? 1 : (int) Math.min(align, Long.lowestOneBit(bytes));
    }

    private static long after(long offset, String index, long elementSize) {
        if (index.equals("0")) {
            return offset;
        }
        boolean known = !index.equals("*") && elementSize >= 0;
        return known ? offset + Long.parseLong(index) * elementSize : -1;
    }

    private static int stepEnd(String path, int at) {
        int end = at + 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    static long extent(CType root, String path) {
        CType type = walk(root, path).type();
        if (type.isArray() || !path.endsWith("]")) {
            return type.size();
        }
        int cut = path.lastIndexOf('[');
        CType array = walk(root, path.substring(0, cut)).type();
        String index = path.substring(cut + 1, path.length() - 1);
        if (!array.isArray() || array.size() < 0 || index.equals("*") || type.size() < 0) {
            return -1;
        }
        return array.size() - Long.parseLong(index) * type.size();
    }
}
