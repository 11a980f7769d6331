package dev.microvisor.symbols.type;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A struct, union or class. */
public final class CompositeType extends Type {
    /** The keyword of the declaration. */
    public enum Kind {
        STRUCT("struct"),
        UNION("union"),
        CLASS("class");

        private final String keyword;

        Kind(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }
    }

    private final Kind kind;
    private final String name;
    private final boolean cPlusPlus;
    private final Lazy<Body> body;

    /** What is between the braces. */
    record Body(long sizeBytes, boolean complete, List<Member> members, List<Type> templateTypes) {
        static final Body UNKNOWN = new Body(0, false, List.of(), List.of());
    }

    CompositeType(Kind kind, String name, boolean cPlusPlus, Supplier<Body> body) {
        this.kind = kind;
        this.name = name;
        this.cPlusPlus = cPlusPlus;
        this.body = new Lazy<>(body);
    }

    public Kind kind() {
        return kind;
    }

    /** Empty for an anonymous one; in C++ with namespaces and classes around it. */
    public String name() {
        return name;
    }

    public boolean isCPlusPlus() {
        return cPlusPlus;
    }

    /** False when the program nowhere says what is in it. */
    public boolean isComplete() {
        return body.get().complete();
    }

    /** Base classes first, then members in the order of their declaration; no static members. */
    public List<Member> members() {
        return body.get().members();
    }

    /** The types among the arguments of a template, those of packs one by one. */
    public List<Type> templateTypes() {
        return body.get().templateTypes();
    }

    /**
     * A member by name, also one inside an anonymous struct or union or a base class; its offset is
     * then from the start of this type.
     */
    public Optional<Member> member(String wanted) {
        return find(wanted, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /**
     * Looks into this type.
     *
     * @param seen the types looked into so far: a damaged file may have them hold each other
     */
    private Optional<Member> find(String wanted, int depth, Set<Type> seen) {
        for (Member member : members()) {
            if (!member.isBaseClass() && member.name().equals(wanted)) {
                return Optional.of(member);
            }
        }
        if (depth > Member.MAX_NESTING || !seen.add(this)) {
            return Optional.empty();
        }
        for (Member member : members()) {
            if (member.isBaseClass() || member.name().isEmpty()) {
                Type inner = member.type().resolved();
                if (inner instanceof CompositeType) {
                    Optional<Member> found = ((CompositeType) inner).find(wanted, depth + 1, seen);
                    if (found.isPresent()) {
                        return Optional.of(found.get().movedBy(member.offsetBytes()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public long sizeBytes() {
        return body.get().sizeBytes();
    }
}
