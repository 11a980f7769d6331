package dev.microvisor.analysis.engine;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A map that never changes: what it becomes by a change is another map, which shares all else with
 * it. Copies cost nothing, and two maps that come from one are compared, counted apart and joined
 * by what differs alone: paths of a function differ in little.
 */
final class PersistentMap<K, V> {
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null);

    private final HashTrie.Node<K, V> root;

    /** A value that tells in bits what is in it, so that a search may pass by. */
    interface Marked {
        /** In a join this value is looked at even when both maps have the very same. */
        long ALWAYS_JOINED = 1L << 63;

        long marks();
    }

    /** What becomes of an entry in a join. */
    interface Joining<K, V> {
        /**
         * @param mine null when only the other map has the key
         * @param theirs null when only this map has the key
         * @return null to leave it out
         */
        V join(K key, V mine, V theirs);
    }

    /** Counts how far two values are apart. */
    interface Distance<V> {
        /**
         * @param theirs null when the other map does not have the key
         */
        int between(V mine, V theirs);
    }

    /** Replaces a value. */
    interface Replacing<K, V> {
        V replace(K key, V value);
    }

    private PersistentMap(HashTrie.Node<K, V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    private PersistentMap<K, V> of(HashTrie.Node<K, V> changed) {
        return changed == root ? this : changed == null ? empty() : new PersistentMap<>(changed);
    }

    int size() {
        return root == null ? 0 : root.size;
    }

    boolean isEmpty() {
        return root == null;
    }

    /** The value, or null. */
    V get(Object key) {
        return HashTrie.find(root, key, HashTrie.spread(key), 0);
    }

    boolean contains(Object key) {
        return get(key) != null;
    }

    PersistentMap<K, V> with(K key, V value) {
        return of(HashTrie.put(root, new HashTrie.Leaf<>(key, value), 0));
    }

    PersistentMap<K, V> without(Object key) {
        return of(HashTrie.remove(root, key, HashTrie.spread(key), 0));
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        for (HashTrie.Leaf<K, V> leaf : HashTrie.leaves(root)) {
            action.accept(leaf.key, leaf.value);
        }
    }

    /** Replaces values that have one of some marks. */
    PersistentMap<K, V> replace(long marks, Replacing<K, V> with) {
        return of(HashTrie.replace(root, marks, with));
    }

    /** Joins where the maps differ, and values that are always joined; keeps what both share. */
    PersistentMap<K, V> join(PersistentMap<K, V> other, Joining<K, V> how) {
        return of(HashTrie.join(root, other.root, how, 0));
    }

    /** The sum over the entries that another map does not have alike, by their hash codes. */
    int distance(PersistentMap<K, V> other, Distance<V> how) {
        return HashTrie.distance(root, other.root, how, 0);
    }

    /** The same map, to read. */
    Map<K, V> asMap() {
        return new View();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersistentMap<?, ?> map && HashTrie.same(root, map.root, 0);
    }

    @Override
    public int hashCode() {
        return root == null ? 0 : root.hash;
    }

    /** Reads through. */
    private final class View extends AbstractMap<K, V> {
        @Override
        public V get(Object key) {
            return PersistentMap.this.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return contains(key);
        }

        @Override
        public int size() {
            return PersistentMap.this.size();
        }

        @Override
        public Set<Map.Entry<K, V>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<K, V>> iterator() {
                    Iterator<HashTrie.Leaf<K, V>> leaves = HashTrie.leaves(root).iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return leaves.hasNext();
                        }

                        @Override
                        public Map.Entry<K, V> next() {
                            HashTrie.Leaf<K, V> leaf = leaves.next();
                            return Map.entry(leaf.key, Objects.requireNonNull(leaf.value));
                        }
                    };
                }

                @Override
                public int size() {
                    return PersistentMap.this.size();
                }
            };
        }
    }
}
