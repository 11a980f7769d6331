package dev.microvisor.analysis.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a {@link PersistentMap}: a hash trie in one shape for one content, so that equal
 * maps are made of equal nodes. Nodes never change; an absent one is null.
 */
final class HashTrie {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private HashTrie() {}

    abstract static class Node<K, V> {
        final int size;

        /** Sum over the entries: the same whatever their order. */
        final int hash;

        final long marks;

        Node(int size, int hash, long marks) {
            this.size = size;
            this.hash = hash;
            this.marks = marks;
        }
    }

    static final class Leaf<K, V> extends Node<K, V> {
        final K key;
        final V value;
        final int spread;

        Leaf(K key, V value) {
            super(
                    1,
                    entryHash(key, value),
                    value instanceof PersistentMap.Marked m ? m.marks() : 0);
            this.key = key;
            this.value = value;
            this.spread = spread(key);
        }

        private static int entryHash(Object key, Object value) {
            int mixed = (spread(key) * 0x9E3779B9 ^ value.hashCode()) * 0x85EBCA6B;
            return mixed ^ mixed >>> 15;
        }
    }

    /** Entries whose keys have one hash code. */
    private static final class Collision<K, V> extends Node<K, V> {
        final List<Leaf<K, V>> leaves;

        Collision(List<Leaf<K, V>> leaves) {
            super(
                    leaves.size(),
                    leaves.stream().mapToInt(l -> l.hash).sum(),
                    leaves.stream().mapToLong(l -> l.marks).reduce(0, (a, b) -> a | b));
            this.leaves = leaves;
        }
    }

    /** Up to 32 children, by the next five bits of the hash code. */
    private static final class Branch<K, V> extends Node<K, V> {
        final int bitmap;
        final Node<K, V>[] children;

        Branch(int bitmap, Node<K, V>[] children, int size, int hash, long marks) {
            super(size, hash, marks);
            this.bitmap = bitmap;
            this.children = children;
        }

        static <K, V> Branch<K, V> of(int bitmap, Node<K, V>[] children) {
            int size = 0;
            int hash = 0;
            long marks = 0;
            for (Node<K, V> child : children) {
                size += child.size;
                hash += child.hash;
                marks |= child.marks;
            }
            return new Branch<>(bitmap, children, size, hash, marks);
        }

        Node<K, V> child(int bit) {
            return (bitmap & bit) == 0 ? null : children[index(bitmap, bit)];
        }
    }

    static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    private static int bit(int spread, int shift) {
        return 1 << (spread >>> shift & MASK);
    }

    private static int index(int bitmap, int bit) {
        return Integer.bitCount(bitmap & bit - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static <K, V> Node<K, V>[] nodes(int length) {
        return new Node[length];
    }

    // --- Reading. ---

    static <K, V> V find(Node<K, V> from, Object key, int spread, int fromShift) {
        Node<K, V> node = from;
        int shift = fromShift;
        while (node instanceof Branch<K, V> branch) {
            node = branch.child(bit(spread, shift));
            shift += BITS;
        }
        if (node instanceof Leaf<K, V> leaf) {
            return leaf.spread == spread && leaf.key.equals(key) ? leaf.value : null;
        }
        if (node instanceof Collision<K, V> collision) {
            for (Leaf<K, V> leaf : collision.leaves) {
                if (leaf.key.equals(key)) {
                    return leaf.value;
                }
            }
        }
        return null;
    }

    static <K, V> List<Leaf<K, V>> leaves(Node<K, V> node) {
        List<Leaf<K, V>> leaves = new ArrayList<>(node == null ? 0 : node.size);
        collect(node, leaves);
        return leaves;
    }

    static <K, V> void collect(Node<K, V> node, List<Leaf<K, V>> to) {
        if (node instanceof Leaf<K, V> leaf) {
            to.add(leaf);
        } else if (node instanceof Collision<K, V> collision) {
            to.addAll(collision.leaves);
        } else if (node instanceof Branch<K, V> branch) {
            for (Node<K, V> child : branch.children) {
                collect(child, to);
            }
        }
    }

    static boolean same(Node<?, ?> a, Node<?, ?> b, int shift) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null || a.hash != b.hash || a.size != b.size) {
            return false;
        }
        if (a instanceof Branch<?, ?> mine) {
            if (!(b instanceof Branch<?, ?> theirs) || mine.bitmap != theirs.bitmap) {
                return false;
            }
            for (int i = 0; i < mine.children.length; i++) {
                if (!same(mine.children[i], theirs.children[i], shift + BITS)) {
                    return false;
                }
            }
            return true;
        }
        for (Leaf<?, ?> leaf : leaves(a)) {
            if (!leaf.value.equals(find(b, leaf.key, leaf.spread, shift))) {
                return false;
            }
        }
        return true;
    }

    static <K, V> int distance(
            Node<K, V> a, Node<K, V> b, PersistentMap.Distance<V> how, int shift) {
        // Taken for the same by their hash: a distance is an estimate.
        if (a == null || a == b || (b != null && a.hash == b.hash && a.size == b.size)) {
            return 0;
        }
        int sum = 0;
        if (a instanceof Branch<K, V> mine && b instanceof Branch<K, V> theirs) {
            int i = 0;
            for (int bits = mine.bitmap; bits != 0; bits &= bits - 1) {
                int bit = Integer.lowestOneBit(bits);
                sum += distance(mine.children[i++], theirs.child(bit), how, shift + BITS);
            }
            return sum;
        }
        if (a instanceof Leaf<K, V> leaf) {
            Leaf<K, V> theirs = leaf(b, leaf.spread, shift);
            boolean same = theirs != null && theirs.hash == leaf.hash;
            return same ? 0 : how.between(leaf.value, theirs == null ? null : theirs.value);
        }
        for (Leaf<K, V> leaf : leaves(a)) {
            sum += distance(leaf, b, how, shift);
        }
        return sum;
    }

    /** An entry whose key has a hash code, which is nearly always the one. */
    static <K, V> Leaf<K, V> leaf(Node<K, V> from, int spread, int fromShift) {
        Node<K, V> node = from;
        int shift = fromShift;
        while (node instanceof Branch<K, V> branch) {
            node = branch.child(bit(spread, shift));
            shift += BITS;
        }
        if (node instanceof Collision<K, V> collision) {
            node = collision.leaves.get(0);
        }
        return node instanceof Leaf<K, V> leaf && leaf.spread == spread ? leaf : null;
    }

    // --- Changing. ---

    static <K, V> Node<K, V> put(Node<K, V> node, Leaf<K, V> leaf, int shift) {
        if (node == null) {
            return leaf;
        }
        if (node instanceof Leaf<K, V> old) {
            if (old.spread != leaf.spread) {
                return pair(old, old.spread, leaf, shift);
            }
            if (!old.key.equals(leaf.key)) {
                return new Collision<>(List.of(old, leaf));
            }
            return old.value == leaf.value && old.key == leaf.key ? old : leaf;
        }
        if (node instanceof Collision<K, V> collision) {
            int spread = collision.leaves.get(0).spread;
            if (spread != leaf.spread) {
                return pair(collision, spread, leaf, shift);
            }
            List<Leaf<K, V>> leaves = new ArrayList<>(collision.leaves);
            leaves.removeIf(l -> l.key.equals(leaf.key));
            leaves.add(leaf);
            return new Collision<>(List.copyOf(leaves));
        }
        Branch<K, V> branch = (Branch<K, V>) node;
        int bit = bit(leaf.spread, shift);
        int index = index(branch.bitmap, bit);
        if ((branch.bitmap & bit) != 0) {
            Node<K, V> child = branch.children[index];
            Node<K, V> changed = put(child, leaf, shift + BITS);
            return changed == child ? branch : replaced(branch, index, changed);
        }
        Node<K, V>[] children = nodes(branch.children.length + 1);
        System.arraycopy(branch.children, 0, children, 0, index);
        children[index] = leaf;
        System.arraycopy(
                branch.children, index, children, index + 1, branch.children.length - index);
        return new Branch<>(
                branch.bitmap | bit,
                children,
                branch.size + 1,
                branch.hash + leaf.hash,
                branch.marks | leaf.marks);
    }

    static <K, V> Branch<K, V> replaced(Branch<K, V> branch, int index, Node<K, V> changed) {
        Node<K, V>[] children = branch.children.clone();
        children[index] = changed;
        return Branch.of(branch.bitmap, children);
    }

    static <K, V> Node<K, V> pair(Node<K, V> old, int spread, Leaf<K, V> leaf, int shift) {
        int one = bit(spread, shift);
        int two = bit(leaf.spread, shift);
        if (one == two) {
            Node<K, V>[] only = nodes(1);
            only[0] = pair(old, spread, leaf, shift + BITS);
            return Branch.of(one, only);
        }
        Node<K, V>[] both = nodes(2);
        boolean first = Integer.compareUnsigned(one, two) < 0;
        both[first ? 0 : 1] = old;
        both[first ? 1 : 0] = leaf;
        return Branch.of(one | two, both);
    }

    static <K, V> Node<K, V> remove(Node<K, V> node, Object key, int spread, int shift) {
        if (node instanceof Leaf<K, V> leaf) {
            return leaf.spread == spread && leaf.key.equals(key) ? null : leaf;
        }
        if (node instanceof Collision<K, V> collision) {
            List<Leaf<K, V>> left = new ArrayList<>(collision.leaves);
            if (!left.removeIf(l -> l.key.equals(key))) {
                return node;
            }
            return left.size() == 1 ? left.get(0) : new Collision<>(List.copyOf(left));
        }
        if (!(node instanceof Branch<K, V> branch)) {
            return null;
        }
        int bit = bit(spread, shift);
        Node<K, V> child = branch.child(bit);
        Node<K, V> changed = remove(child, key, spread, shift + BITS);
        if (changed == child) {
            return branch;
        }
        Node<K, V>[] children = branch.children.clone();
        children[index(branch.bitmap, bit)] = changed;
        return packed(branch.bitmap, children);
    }

    /** A branch of those children that are left; none for a single entry. */
    static <K, V> Node<K, V> packed(int bitmap, Node<K, V>[] children) {
        int left = 0;
        int kept = 0;
        int i = 0;
        for (int bits = bitmap; bits != 0; bits &= bits - 1) {
            if (children[i++] != null) {
                kept |= Integer.lowestOneBit(bits);
                left++;
            }
        }
        if (left == 0) {
            return null;
        }
        Node<K, V>[] full = left == children.length ? children : nodes(left);
        int at = 0;
        for (Node<K, V> child : children) {
            if (child != null) {
                full[at++] = child;
            }
        }
        return left == 1 && !(full[0] instanceof Branch) ? full[0] : Branch.of(kept, full);
    }

    static <K, V> Node<K, V> replace(
            Node<K, V> node, long marks, PersistentMap.Replacing<K, V> with) {
        if (node == null || (node.marks & marks) == 0) {
            return node;
        }
        if (node instanceof Branch<K, V> branch) {
            Node<K, V>[] children = branch.children.clone();
            boolean changed = false;
            for (int i = 0; i < children.length; i++) {
                children[i] = replace(children[i], marks, with);
                changed |= children[i] != branch.children[i];
            }
            return changed ? Branch.of(branch.bitmap, children) : branch;
        }
        if (node instanceof Leaf<K, V> leaf) {
            V value = with.replace(leaf.key, leaf.value);
            return value == leaf.value ? leaf : new Leaf<>(leaf.key, value);
        }
        List<Leaf<K, V>> leaves = new ArrayList<>();
        for (Leaf<K, V> leaf : leaves(node)) {
            leaves.add(new Leaf<>(leaf.key, with.replace(leaf.key, leaf.value)));
        }
        return new Collision<>(List.copyOf(leaves));
    }

    static <K, V> Node<K, V> join(
            Node<K, V> a, Node<K, V> b, PersistentMap.Joining<K, V> how, int shift) {
        if (a == b && (a == null || (a.marks & PersistentMap.Marked.ALWAYS_JOINED) == 0)) {
            return a;
        }
        boolean branches = a instanceof Branch || b instanceof Branch;
        boolean others =
                (a != null && !(a instanceof Branch)) || (b != null && !(b instanceof Branch));
        if (branches && !others) {
            return joinBranches((Branch<K, V>) a, (Branch<K, V>) b, how, shift);
        }
        Node<K, V> joined = null;
        for (Leaf<K, V> leaf : leaves(a)) {
            V theirs = find(b, leaf.key, leaf.spread, shift);
            V value = how.join(leaf.key, leaf.value, theirs);
            if (value != null) {
                Leaf<K, V> kept = value == leaf.value ? leaf : new Leaf<>(leaf.key, value);
                joined = put(joined, kept, shift);
            }
        }
        for (Leaf<K, V> leaf : leaves(b)) {
            if (find(a, leaf.key, leaf.spread, shift) == null) {
                V value = how.join(leaf.key, null, leaf.value);
                if (value != null) {
                    joined = put(joined, new Leaf<>(leaf.key, value), shift);
                }
            }
        }
        return joined;
    }

    /** One of them may be null. */
    static <K, V> Node<K, V> joinBranches(
            Branch<K, V> a, Branch<K, V> b, PersistentMap.Joining<K, V> how, int shift) {
        int bitmap = (a == null ? 0 : a.bitmap) | (b == null ? 0 : b.bitmap);
        Node<K, V>[] children = nodes(Integer.bitCount(bitmap));
        boolean changed = a == null || a.bitmap != bitmap;
        int i = 0;
        for (int bits = bitmap; bits != 0; bits &= bits - 1) {
            int bit = Integer.lowestOneBit(bits);
            Node<K, V> mine = a == null ? null : a.child(bit);
            children[i] = join(mine, b == null ? null : b.child(bit), how, shift + BITS);
            changed |= children[i++] != mine;
        }
        return changed ? packed(bitmap, children) : a;
    }
}
