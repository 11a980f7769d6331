package dev.microvisor.analysis.engine;

import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Expr;
import dev.microvisor.analysis.ir.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Somewhere in memory: a root and a path of fields and indices, such as {@code .v1.send_buffer} or
 * {@code [2].tag}. {@code [*]} stands for an index that is not known.
 */
public final class Place {
    /** Fields and indices in one path; deeper ones count as their parent. */
    static final int MAX_STEPS = 6;

    /** Where a path starts. */
    public sealed interface Root {
        /** Type of what is there. */
        CType type();

        /** Alignment that its address has for certain. */
        int align();
    }

    /** A variable. */
    public record Var(Variable variable) implements Root {
        @Override
        public CType type() {
            return variable.type();
        }

        @Override
        public int align() {
            return variable.align();
        }

        @Override
        public int hashCode() {
            return variable.hashCode();
        }

        @Override
        public String toString() {
            return variable.key();
        }
    }

    /** What a pointer of unknown value points at. */
    public record Pointee(Sym pointer, CType type) implements Root {
        @Override
        public int align() {
            return Math.max(1, type.align());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pointee p && p.pointer.equals(pointer);
        }

        @Override
        public int hashCode() {
            return pointer.hashCode();
        }

        @Override
        public String toString() {
            return "*" + pointer;
        }
    }

    /** A string literal. */
    public record Literal(Expr.Text text) implements Root {
        @Override
        public CType type() {
            return text.type();
        }

        @Override
        public int align() {
            return 1;
        }

        @Override
        public String toString() {
            return "\"" + text.value() + "\"";
        }
    }

    /** A compound literal or another object without a name. */
    public record Nameless(String id, CType type) implements Root {
        @Override
        public boolean equals(Object other) {
            return other instanceof Nameless n && n.id.equals(id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }

        @Override
        public int align() {
            return type.align();
        }
    }

    private final Root root;
    private final String path;
    private final int hash;
    private Sym initial;

    public Place(Root root, String path) {
        this.root = root;
        this.path = path;
        this.hash = root.hashCode() * 31 + path.hashCode();
    }

    public Root root() {
        return root;
    }

    public String path() {
        return path;
    }

    /** The value that it had when the function began. */
    Sym initial() {
        if (initial == null) {
            initial = new Sym("init:" + this, Sym.Kind.INITIAL, null, "", this);
        }
        return initial;
    }

    public static Place of(Variable variable) {
        return new Place(new Var(variable), "");
    }

    /** A part of this place. */
    public Place at(String step) {
        if (step.isEmpty()) {
            return this;
        }
        return steps() >= MAX_STEPS ? this : new Place(root, path + step);
    }

    /** How many members and elements lie between this place and its root. */
    int steps() {
        int steps = 0;
        for (int i = 0; i < path.length(); i++) {
            steps += path.charAt(i) == '.' || path.charAt(i) == '[' ? 1 : 0;
        }
        return steps;
    }

    public Place field(String name) {
        return at("." + name);
    }

    /** The variable at the root, if it is one. */
    public Optional<Variable> variable() {
        return root instanceof Var v ? Optional.of(v.variable()) : Optional.empty();
    }

    /** True when {@code other} is this place or a part of it. */
    boolean covers(Place other) {
        return root.equals(other.root) && startsWith(other.path, path);
    }

    static boolean startsWith(String longer, String shorter) {
        return longer.startsWith(shorter)
                && (longer.length() == shorter.length()
                        || longer.charAt(shorter.length()) == '.'
                        || longer.charAt(shorter.length()) == '[');
    }

    /** Some element of the array that begins here, or that this place is an element of. */
    Place element() {
        return (path.endsWith("]") ? parent() : this).at("[*]");
    }

    /** The place without its last step; itself at the root. */
    public Place parent() {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? this : new Place(root, path.substring(0, cut));
    }

    /** Type of what is here. */
    public CType type() {
        return Layout.walk(root.type(), path).type();
    }

    /** The members of unions, named or not, that a store to this place changes as well. */
    List<Place> sharing() {
        return path.indexOf('.') < 0
                ? List.of()
                : Layout.sharing(root.type(), path).stream().map(p -> new Place(root, p)).toList();
    }

    /** Alignment of its address that is certain. */
    public int align() {
        Layout.Spot spot = Layout.walk(root.type(), path);
        int promised = spot.packed() ? spot.align() : Math.max(spot.align(), spot.type().align());
        int placed = Math.min(root.align(), spot.stride());
        return Math.max(placed, promised);
    }

    /** True when it is known how many bytes behind its root it lies. */
    public boolean isLaidOut() {
        return Layout.walk(root.type(), path).offset() >= 0;
    }

    /** The member that the path ends in, when it does. */
    public Optional<CType.Member> member() {
        int dot = path.lastIndexOf('.');
        return dot < 0 || path.indexOf('[', dot) >= 0
                ? Optional.empty()
                : Layout.walk(root.type(), path.substring(0, dot))
                        .type()
                        .struct()
                        .flatMap(s -> s.member(path.substring(dot + 1)));
    }

    /**
     * Bytes from here to the end of the innermost array or object that contains this place; -1 when
     * unknown.
     */
    public long extent() {
        return Layout.extent(root.type(), path);
    }

    /** As a person would write it. */
    public String display() {
        String start = root instanceof Var v ? v.variable().name() : root.toString();
        if (root instanceof Pointee p && p.pointer().place() != null) {
            String pointer = p.pointer().place().display();
            return path.startsWith(".") ? pointer + "->" + path.substring(1) : "*" + pointer + path;
        }
        return start + path;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof Place p
                        && p.hash == hash
                        && p.path.equals(path)
                        && p.root.equals(root));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return root + path;
    }
}
