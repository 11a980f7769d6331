package dev.microvisor.analysis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 300;

    /** A key of whose hash codes many are the same or end alike. */
    private record Key(int number) {
        @Override
        public int hashCode() {
            return (number % 7) << 27 | number % 5;
        }
    }

    private record Pair(Map<Key, Integer> plain, PersistentMap<Key, Integer> map) {}

    private static Pair random(Random random, Pair from, int steps) {
        Map<Key, Integer> plain = new HashMap<>(from.plain());
        PersistentMap<Key, Integer> map = from.map();
        for (int i = 0; i < steps; i++) {
            Key key = new Key(random.nextInt(120));
            if (random.nextInt(3) == 0) {
                plain.remove(key);
                map = map.without(key);
            } else {
                int value = random.nextInt(4);
                plain.put(key, value);
                map = map.with(key, value);
            }
        }
        return new Pair(plain, map);
    }

    private static Pair random(long seed) {
        return random(new Random(seed), new Pair(Map.of(), PersistentMap.empty()), STEPS);
    }

    private static PersistentMap<Key, Integer> of(Map<Key, Integer> plain) {
        PersistentMap<Key, Integer> map = PersistentMap.empty();
        for (Map.Entry<Key, Integer> entry : plain.entrySet()) {
            map = map.with(entry.getKey(), entry.getValue());
        }
        return map;
    }

    @Test
    void holdsWhatAHashMapHolds() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Pair pair = random(seed);
            assertEquals(pair.plain(), pair.map().asMap(), "seed " + seed);
            assertEquals(pair.plain().size(), pair.map().size(), "seed " + seed);
            for (int i = 0; i < 120; i++) {
                assertEquals(pair.plain().get(new Key(i)), pair.map().get(new Key(i)));
            }
        }
    }

    @Test
    void isEqualWhateverTheWayThatLedToItsContent() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Pair pair = random(seed);
            PersistentMap<Key, Integer> again = of(pair.plain());
            assertEquals(again, pair.map(), "seed " + seed);
            assertEquals(again.hashCode(), pair.map().hashCode(), "seed " + seed);
            assertNotEquals(again.with(new Key(500), 1), pair.map(), "seed " + seed);
        }
    }

    @Test
    void aChangeLeavesTheMapItCameFromAlone() {
        PersistentMap<Key, Integer> one = PersistentMap.<Key, Integer>empty().with(new Key(1), 1);
        PersistentMap<Key, Integer> two = one.with(new Key(1), 2).with(new Key(6), 6);
        assertEquals(1, one.get(new Key(1)));
        assertNull(one.get(new Key(6)));
        assertEquals(2, two.size());
        assertSame(one, one.without(new Key(6)));
    }

    @Test
    void aJoinAsksWhereTheMapsDiffer() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Pair base = random(seed);
            Pair a = random(random, base, 20);
            Pair b = random(random, base, 20);
            Map<Key, Integer> wanted = new HashMap<>();
            Set<Key> keys = new HashSet<>(a.plain().keySet());
            keys.addAll(b.plain().keySet());
            for (Key key : keys) {
                Integer joined = join(a.plain().get(key), b.plain().get(key));
                if (joined != null) {
                    wanted.put(key, joined);
                }
            }
            PersistentMap<Key, Integer> joined =
                    a.map().join(b.map(), (key, mine, theirs) -> join(mine, theirs));
            assertEquals(wanted, joined.asMap(), "seed " + seed);
            assertEquals(of(wanted), joined, "its shape, seed " + seed);
        }
    }

    /** What both have, and 9 for what one has. */
    private static Integer join(Integer mine, Integer theirs) {
        if (mine == null || theirs == null) {
            return 9;
        }
        return mine.equals(theirs) ? mine : null;
    }

    @Test
    void theDistanceCountsWhatTheOtherDoesNotHaveAlike() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            // Keys whose hash codes all differ: entries are told apart by those.
            PersistentMap<Integer, Integer> a = PersistentMap.empty();
            PersistentMap<Integer, Integer> b = PersistentMap.empty();
            int wanted = 0;
            for (int i = 0; i < 200; i++) {
                int kind = random.nextInt(8);
                a = kind == 0 ? a : a.with(i * 977, i);
                b = kind == 1 ? b : b.with(i * 977, kind == 2 ? -1 : i);
                wanted += kind == 1 || kind == 2 ? 1 : 0;
            }
            assertEquals(wanted, a.distance(b, (mine, theirs) -> 1), "seed " + seed);
            assertEquals(0, a.distance(a, (mine, theirs) -> 1), "seed " + seed);
        }
    }

    /** A value that is looked at in every join. */
    private record Open(int number) implements PersistentMap.Marked {
        @Override
        public long marks() {
            return ALWAYS_JOINED | 1L << number;
        }
    }

    @Test
    void marksLeadToTheirValues() {
        PersistentMap<Integer, Open> map = PersistentMap.empty();
        for (int i = 0; i < 60; i++) {
            map = map.with(i, new Open(i));
        }
        Set<Integer> asked = new HashSet<>();
        PersistentMap<Integer, Open> changed =
                map.replace(
                        1L << 33,
                        (key, value) -> {
                            asked.add(key);
                            return new Open(50);
                        });
        assertEquals(new Open(50), changed.get(33));
        assertEquals(new Open(12), changed.get(12));
        assertEquals(Set.of(33), asked);
    }

    @Test
    void aValueThatIsAlwaysJoinedIsJoinedInSharedPartsToo() {
        PersistentMap<Key, Open> map =
                PersistentMap.<Key, Open>empty()
                        .with(new Key(1), new Open(1))
                        .with(new Key(2), new Open(2));
        Set<Key> asked = new HashSet<>();
        map.join(
                map,
                (key, mine, theirs) -> {
                    asked.add(key);
                    return mine;
                });
        assertTrue(asked.containsAll(Set.of(new Key(1), new Key(2))));
    }
}
