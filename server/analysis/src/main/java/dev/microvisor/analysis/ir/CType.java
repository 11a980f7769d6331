package dev.microvisor.analysis.ir;

import dev.microvisor.analysis.SourceRange;
import java.util.List;
import java.util.Optional;

/** A C or C++ type with its size on a 32-bit Arm. Typedefs are resolved, except for alignment. */
public sealed interface CType {
    /** Size that is not known: incomplete types, arrays of unknown or variable length. */
    long UNKNOWN_SIZE = -1;

    /** Size in bytes, or {@link #UNKNOWN_SIZE}. */
    long size();

    /** Alignment in bytes; 1 when unknown. */
    int align();

    /** Without qualifiers and without alignment attributes. */
    default CType plain() {
        return this;
    }

    default boolean isVolatile() {
        return false;
    }

    default boolean isConst() {
        return false;
    }

    /** What a pointer points at or an array holds. */
    default Optional<CType> target() {
        CType plain = plain();
        if (plain instanceof Pointer pointer) {
            return Optional.of(pointer.to());
        }
        return plain instanceof Array array ? Optional.of(array.element()) : Optional.empty();
    }

    /** The structure, when this is one. */
    default Optional<Struct> struct() {
        return plain() instanceof Struct struct ? Optional.of(struct) : Optional.empty();
    }

    default boolean isPointer() {
        return plain() instanceof Pointer;
    }

    default boolean isArray() {
        return plain() instanceof Array;
    }

    /** {@code enum NAME}, or its typedef. */
    default boolean isEnum(String name) {
        return plain() instanceof Int i && i.name().equals("enum " + name);
    }

    /** Type that could not be found out. */
    CType UNKNOWN = new Other("?");

    CType VOID = new Other("void");
    CType INT = new Int("int", 4, true);
    CType BOOL = new Int("bool", 1, false);

    /**
     * An integer, a boolean, a character or an enumeration.
     *
     * @param name for enumerations {@code enum NAME}
     */
    record Int(String name, long size, boolean signed) implements CType {
        @Override
        public int align() {
            return (int) size;
        }
    }

    /** A floating-point type. */
    record Floating(long size) implements CType {
        @Override
        public int align() {
            return (int) size;
        }
    }

    /** A pointer, or a C++ reference. */
    record Pointer(CType to, boolean reference) implements CType {
        @Override
        public long size() {
            return 4;
        }

        @Override
        public int align() {
            return 4;
        }
    }

    /**
     * An array.
     *
     * @param count elements; -1 when unknown
     * @param variable true when its length is computed at run time
     */
    record Array(CType element, long count, boolean variable) implements CType {
        @Override
        public long size() {
            return count < 0 || element.size() < 0 ? UNKNOWN_SIZE : count * element.size();
        }

        @Override
        public int align() {
            return element.align();
        }

        @Override
        public boolean isVolatile() {
            return element.isVolatile();
        }

        @Override
        public boolean isConst() {
            return element.isConst();
        }
    }

    /**
     * A structure, union or class. Its fields are set once, after it: it may hold pointers to
     * itself.
     */
    final class Struct implements CType {
        private final String name;
        private final boolean union;
        private List<Member> members = List.of();
        private boolean shares;
        private long size = UNKNOWN_SIZE;
        private int align = 1;

        public Struct(String name, boolean union) {
            this.name = name;
            this.union = union;
        }

        /**
         * Lays the members out.
         *
         * @param known false when there is more than the members, such as base classes: then nobody
         *     knows where they are
         */
        public void complete(
                List<MemberType> types, boolean packed, int minimumAlign, boolean known) {
            List<Member> laidOut = new java.util.ArrayList<>();
            long offset = 0;
            long end = 0;
            int strictest = minimumAlign;
            boolean sure = known;
            for (MemberType member : types) {
                int memberAlign =
                        Math.max(packed ? 1 : member.type().align(), Math.max(1, member.align()));
                strictest = Math.max(strictest, memberAlign);
                if (!union) {
                    offset = (offset + memberAlign - 1) / memberAlign * memberAlign;
                }
                long start = union ? 0 : offset;
                Member laid =
                        new Member(
                                member.name(),
                                member.type(),
                                sure ? start : -1,
                                memberAlign,
                                member.where());
                if (member.name().isEmpty() && member.type().struct().isPresent()) {
                    laidOut.addAll(promoted(laid, packed));
                } else {
                    laidOut.add(laid);
                }
                if (member.type().size() < 0) {
                    // A flexible array at the end takes no room; anything else hides the layout.
                    sure = sure && member.type().isArray();
                } else if (!union) {
                    offset += member.type().size();
                }
                end = Math.max(end, union ? Math.max(0, member.type().size()) : offset);
            }
            this.members = List.copyOf(laidOut);
            this.shares = members.stream().anyMatch(m -> !meeting(m).isEmpty());
            this.align = strictest;
            this.size = sure ? (end + strictest - 1) / strictest * strictest : UNKNOWN_SIZE;
        }

        /** Members of one without a name are those of the structure around it. */
        private static List<Member> promoted(Member nameless, boolean packed) {
            return nameless.type().struct().stream()
                    .flatMap(inner -> inner.members().stream())
                    .map(
                            m ->
                                    new Member(
                                            m.name(),
                                            m.type(),
                                            nameless.offset() < 0 || m.offset() < 0
                                                    ? -1
                                                    : nameless.offset() + m.offset(),
                                            packed ? 1 : m.align(),
                                            m.where()))
                    .toList();
        }

        /** The members that share memory with one, as those of a union do. */
        public List<Member> sharing(Member one) {
            return shares ? meeting(one) : List.of();
        }

        private List<Member> meeting(Member one) {
            return members.stream()
                    .filter(m -> !m.name().equals(one.name()) && m.meets(one))
                    .toList();
        }

        /** Tag or typedef name; empty for anonymous ones. */
        public String name() {
            return name;
        }

        public boolean union() {
            return union;
        }

        public List<Member> members() {
            return members;
        }

        public Optional<Member> member(String memberName) {
            for (Member member : members) {
                if (member.name().equals(memberName)) {
                    return Optional.of(member);
                }
            }
            return Optional.empty();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int align() {
            return align;
        }

        @Override
        public String toString() {
            return (union ? "union " : "struct ") + name;
        }
    }

    /**
     * A member before it is laid out.
     *
     * @param name empty for a structure or union whose members belong to the one around it
     */
    record MemberType(String name, CType type, int align, SourceRange where) {}

    /**
     * A member.
     *
     * @param offset bytes from the start; -1 when unknown
     * @param align alignment that its address has in every object
     * @param where its name in the declaration
     */
    record Member(String name, CType type, long offset, int align, SourceRange where) {
        /** True when both have a byte in common, as far as it is known where they are. */
        boolean meets(Member other) {
            return offset >= 0
                    && other.offset >= 0
                    && offset < other.offset + Math.max(1, other.type.size())
                    && other.offset < offset + Math.max(1, type.size());
        }
    }

    /** A function. */
    record Callable(CType result) implements CType {
        @Override
        public long size() {
            return UNKNOWN_SIZE;
        }

        @Override
        public int align() {
            return 1;
        }
    }

    /** {@code const} and {@code volatile}. */
    record Qualified(CType of, boolean constant, boolean vol) implements CType {
        @Override
        public long size() {
            return of.size();
        }

        @Override
        public int align() {
            return of.align();
        }

        @Override
        public CType plain() {
            return of.plain();
        }

        @Override
        public boolean isVolatile() {
            return vol || of.isVolatile();
        }

        @Override
        public boolean isConst() {
            return constant || of.isConst();
        }
    }

    /** A type whose typedef carries an alignment attribute. */
    record Aligned(CType of, int align) implements CType {
        @Override
        public long size() {
            return of.size();
        }

        @Override
        public CType plain() {
            return of.plain();
        }

        @Override
        public boolean isVolatile() {
            return of.isVolatile();
        }

        @Override
        public boolean isConst() {
            return of.isConst();
        }
    }

    /** {@code void} and what could not be found out. */
    record Other(String name) implements CType {
        @Override
        public long size() {
            return UNKNOWN_SIZE;
        }

        @Override
        public int align() {
            return 1;
        }
    }
}
