package dev.microvisor.analysis.rules;

import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.engine.CallSite;
import dev.microvisor.analysis.engine.Place;
import dev.microvisor.analysis.ir.CType;
import dev.microvisor.analysis.ir.Variable;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flags a channel or log buffer whose address is not certain to be aligned as the call demands. */
public final class BufferAlignment implements Rule {
    private static final RuleInfo INFO =
            new RuleInfo(
                    "buffer-alignment",
                    Severity.ERROR,
                    RuleInfo.Fixing.SAFE,
                    RuleInfo.Tag.BUFFERS,
                    RuleInfo.Tag.QUICK);

    /** Structures in structures in which objects are looked for. */
    private static final int MAX_NESTING = 3;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void onCallInContext(CallSite site, Check check) {
        onCall(site, check);
    }

    @Override
    public void onCall(CallSite site, Check check) {
        for (ContractValue value : check.values(site)) {
            if (value.group() == Group.NOTIFICATIONS) {
                continue;
            }
            for (Constraint constraint : value.constraints()) {
                if (constraint instanceof Constraint.Align align
                        && value.applies(align, check.catalog())) {
                    check(
                            INFO,
                            value,
                            align,
                            "the call answers MV_STATUS_INVALIDBUFFERALIGNMENT unless the linker"
                                    + " happens to place it well",
                            check);
                }
            }
        }
    }

    /** Reports when the value is the address of something known with too little alignment. */
    static void check(
            RuleInfo rule, ContractValue value, Constraint.Align align, String why, Check check) {
        Optional<Place> place = value.value().target();
        if (place.isPresent() && place.get().root() instanceof Place.Pointee) {
            member(rule, value, place.get(), align, why, check);
        }
        if (place.isEmpty() || !(place.get().root() instanceof Place.Var root)) {
            return;
        }
        Variable variable = root.variable();
        // Of an index that is not known every row counts, also the second one.
        int promised = place.get().align();
        if (!variable.declaration().definition()
                || promised >= align.bytes()
                || (place.get().path().contains("*") && !hasRows(variable.type()))) {
            return;
        }
        CallSite site = value.site();
        SourceRange name =
                array(place.get())
                        .member()
                        .map(CType.Member::where)
                        .filter(where -> where != null)
                        .orElse(variable.declaration().name());
        Report report =
                Report.of(
                                rule,
                                variable.isFileScope() ? "" : site.function().name(),
                                name,
                                "'"
                                        + place.get().display()
                                        + "' is aligned to "
                                        + promised
                                        + (promised == 1 ? " byte" : " bytes")
                                        + ", "
                                        + site.call().name()
                                        + " needs "
                                        + align.bytes())
                        .why(why)
                        .help("declare it with __attribute__((aligned(" + align.bytes() + ")))")
                        .note(site.call().nameRange(), "passed as " + value.name() + " here");
        boolean whole = place.get().path().isEmpty();
        if (whole && variable.declaration().declaredAlign() == 0) {
            report.safeFix(
                    "Align '" + variable.name() + "' to " + align.bytes() + " bytes",
                    variable.declaration().attributePlace(),
                    " __attribute__((aligned(" + align.bytes() + ")))");
        }
        check.report(report);
    }

    /** The array that an element is in. */
    private static Place array(Place element) {
        String path = element.path();
        int end = path.endsWith("]") ? path.lastIndexOf('[') : path.length();
        return new Place(element.root(), path.substring(0, end));
    }

    /** False when the size of an element is not known, and with it where the next one begins. */
    private static boolean hasRows(CType array) {
        return array.size() > 0;
    }

    /**
     * A member of an object that a pointer leads to, such as {@code this}. It is misaligned for
     * certain when the program has objects of its type, and none of them is aligned better than the
     * type asks.
     */
    private static void member(
            RuleInfo rule,
            ContractValue value,
            Place place,
            Constraint.Align align,
            String why,
            Check check) {
        Optional<CType.Struct> owner = place.root().type().struct();
        Optional<CType.Member> member =
                place.member().filter(m -> m.type().isArray() || m.type().struct().isPresent());
        if (owner.isEmpty() || member.isEmpty() || member.get().where() == null) {
            return;
        }
        List<Place> objects = objects(owner.get(), check);
        boolean misaligned =
                place.align() < align.bytes()
                        && !objects.isEmpty()
                        && objects.stream().allMatch(o -> align(place, o) < align.bytes());
        if (misaligned) {
            CallSite site = value.site();
            check.report(
                    Report.of(
                                    rule,
                                    "",
                                    member.get().where(),
                                    "'"
                                            + member.get().name()
                                            + "' is aligned to "
                                            + place.align()
                                            + (place.align() == 1 ? " byte" : " bytes")
                                            + " in its object, "
                                            + site.call().name()
                                            + " needs "
                                            + align.bytes())
                            .why(why)
                            .help("declare it with __attribute__((aligned(" + align.bytes() + ")))")
                            .note(site.call().nameRange(), "passed as " + value.name() + " here")
                            .note(
                                    objects.get(0).variable().orElseThrow().declaration().name(),
                                    "an object of its type is declared here"));
        }
    }

    /** What a member is aligned to in an object; in one whose layout is not known the best. */
    private static int align(Place member, Place object) {
        Place inside = new Place(object.root(), object.path() + member.path());
        return inside.isLaidOut() ? inside.align() : object.align();
    }

    /** Variables of a structure's type, and parts of variables. */
    private static List<Place> objects(CType.Struct type, Check check) {
        List<Place> objects = new ArrayList<>();
        Stream.concat(
                        check.program().globals().stream(),
                        check.program().functions().stream().flatMap(f -> f.variables().stream()))
                .filter(v -> v.declaration().definition())
                .distinct()
                .forEach(v -> objects(new Place(new Place.Var(v), ""), type, 0, objects));
        return objects;
    }

    private static void objects(Place at, CType.Struct wanted, int nesting, List<Place> found) {
        CType type = at.type();
        if (type.plain() instanceof CType.Array array) {
            // The second element shows whether the stride keeps the alignment.
            objects(at.at(array.count() > 1 ? "[1]" : "[0]"), wanted, nesting, found);
            return;
        }
        Optional<CType.Struct> struct = type.struct();
        if (struct.filter(s -> isSame(s, wanted)).isPresent()) {
            found.add(at);
        } else if (struct.isPresent() && nesting < MAX_NESTING) {
            struct.get().members().stream()
                    .filter(m -> !m.name().isEmpty())
                    .forEach(m -> objects(at.field(m.name()), wanted, nesting + 1, found));
        }
    }

    /** Each file has its own copy of the type. */
    private static boolean isSame(CType.Struct a, CType.Struct b) {
        return a.name().equals(b.name()) && a.size() == b.size();
    }
}
