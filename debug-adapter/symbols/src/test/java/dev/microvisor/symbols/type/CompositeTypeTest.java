package dev.microvisor.symbols.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompositeTypeTest {
    private static CompositeType struct(List<Member> members) {
        return new CompositeType(
                CompositeType.Kind.STRUCT,
                "",
                false,
                () -> new CompositeType.Body(4, true, members, List.of()));
    }

    private static Member member(String name, Type type, long offsetBytes) {
        return new Member(name, type, offsetBytes, 0, 0, false, Optional.empty());
    }

    @Test
    void aMemberOfAnonymousStructuresIsAtItsOffsetFromTheOutermost() {
        CompositeType inner = struct(List.of(member("x", VoidType.INSTANCE, 4)));
        CompositeType middle = struct(List.of(member("", inner, 8), member("", inner, 32)));
        CompositeType outer = struct(List.of(member("", middle, 16)));

        assertEquals(28, outer.member("x").orElseThrow().offsetBytes());
    }

    /** Each of 32 levels would be gone through by each of its 16 members: for ever. */
    @Test
    void structuresThatHoldThemselvesAreLookedIntoOnce() {
        List<Member> members = new ArrayList<>();
        CompositeType circular = struct(members);
        IntStream.range(0, 16).forEach(i -> members.add(member("", circular, i)));

        assertEquals(Optional.empty(), circular.member("nowhere"));
    }
}
