package dev.microvisor.symbols.value.library;

import dev.microvisor.symbols.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;

/** The elements of an object, read when they are asked for. */
public interface Items {
    Items NONE =
            new Items() {
                @Override
                public long count() {
                    return 0;
                }

                @Override
                public List<Value> range(long first, long count) {
                    return List.of();
                }
            };

    long count();

    /** Some elements; fewer where there are no more. */
    List<Value> range(long first, long count);

    /** Elements that can be got at by their number. */
    static Items indexed(long count, LongFunction<Value> element) {
        return new Items() {
            @Override
            public long count() {
                return count;
            }

            @Override
            public List<Value> range(long first, long wanted) {
                List<Value> some = new ArrayList<>();
                for (long i = first; i < count && some.size() < wanted; i++) {
                    some.add(element.apply(i));
                }
                return some;
            }
        };
    }

    /** Elements that come one after the other. */
    static Items linked(long count, Iterable<Value> elements) {
        return new Items() {
            @Override
            public long count() {
                return count;
            }

            @Override
            public List<Value> range(long first, long wanted) {
                List<Value> some = new ArrayList<>();
                Iterator<Value> each = elements.iterator();
                for (long i = 0; i < count && some.size() < wanted && each.hasNext(); i++) {
                    Value value = each.next();
                    if (i >= first) {
                        some.add(value);
                    }
                }
                return some;
            }
        };
    }
}
