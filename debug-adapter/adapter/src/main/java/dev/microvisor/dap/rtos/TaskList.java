package dev.microvisor.dap.rtos;

import dev.microvisor.symbols.location.Location;
import dev.microvisor.symbols.location.UnavailableException;
import dev.microvisor.symbols.type.CompositeType;
import dev.microvisor.symbols.type.Type;
import dev.microvisor.symbols.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of the kernel: items in a ring, each of which has an owner. */
final class TaskList {
    /** More items than a list of firmware's tasks has; a damaged one may be endless. */
    private static final int MAX_ITEMS = 256;

    private final Value list;

    TaskList(Value list) {
        this.list = list;
    }

    /** Addresses of the owners, in the list's order. */
    List<Long> owners() {
        List<Long> owners = new ArrayList<>();
        Value end = Members.of(list, "xListEnd");
        long endAddress = end.address().orElse(0);
        Value next = Members.of(end, "pxNext");
        for (int i = 0; i < MAX_ITEMS; i++) {
            long address = next.asLong();
            if (address == endAddress || address == 0) {
                return owners;
            }
            Value item = next.dereference();
            owners.add(Members.of(item, "pvOwner").asLong());
            next = Members.of(item, "pxNext");
        }
        return owners;
    }

    /** Members by name, as the firmware's types have them. */
    static final class Members {
        private Members() {}

        static Value of(Value composite, String name) {
            return find(composite, name)
                    .orElseThrow(
                            () ->
                                    new UnavailableException(
                                            composite.type() + " has no member " + name));
        }

        static Optional<Value> find(Value composite, String name) {
            return composite.type().resolved() instanceof CompositeType type
                    ? type.member(name).map(composite::member)
                    : Optional.empty();
        }

        /** A number that not every version or configuration has. */
        static long number(Value composite, String name, long otherwise) {
            return find(composite, name).map(Value::asLong).orElse(otherwise);
        }

        /** What lies at an address, as a type. */
        static Value at(Type type, long address, Value like) {
            return Value.at(type, new Location.Memory(address), like.context());
        }
    }
}
