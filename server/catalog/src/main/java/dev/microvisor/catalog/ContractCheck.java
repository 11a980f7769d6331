package dev.microvisor.catalog;

import static dev.microvisor.catalog.CatalogCheck.require;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that constraints and effects speak of things that exist and have the right type. */
final class ContractCheck {
    private static final Pattern CONDITION = Pattern.compile("([\\w.]+) == (\\w+)");

    private final Map<String, StructType> structs;
    private final Map<String, EnumType> enums;
    private final Map<String, Resource> resources;
    private final Set<String> calls;

    ContractCheck(
            Map<String, StructType> structs,
            Map<String, EnumType> enums,
            Map<String, Resource> resources,
            Set<String> calls) {
        this.structs = structs;
        this.enums = enums;
        this.resources = resources;
        this.calls = calls;
    }

    /**
     * @param siblingType type of a parameter of the same call or a field of the same structure
     */
    void checkConstraints(
            String where,
            List<Constraint> constraints,
            Function<String, Optional<String>> siblingType) {
        for (Constraint constraint : constraints) {
            checkCondition(where, constraint.when(), siblingType);
            if (constraint instanceof Constraint.LengthOf lengthOf) {
                Optional<String> type = siblingType.apply(lengthOf.of());
                require(
                        type.isPresent() && type.get().endsWith("*"),
                        where,
                        "length-of names '" + lengthOf.of() + "', which is no pointer beside it");
            } else if (constraint instanceof Constraint.RequiredWith required) {
                require(
                        siblingType.apply(required.of()).isPresent(),
                        where,
                        "required-with names '" + required.of() + "', which is not beside it");
            } else if (constraint instanceof Constraint.OneOf oneOf) {
                require(
                        enums.containsKey(oneOf.enumName()),
                        where,
                        "unknown enumeration '" + oneOf.enumName() + "'");
            } else if (constraint instanceof Constraint.DeprecatedValue value) {
                require(
                        enums.values().stream()
                                .anyMatch(e -> e.constant(value.constant()).isPresent()),
                        where,
                        "unknown constant '" + value.constant() + "'");
            }
        }
    }

    private void checkCondition(
            String where, String when, Function<String, Optional<String>> siblingType) {
        if (when.isEmpty()) {
            return;
        }
        Matcher matcher = CONDITION.matcher(when);
        require(matcher.matches(), where, "condition '" + when + "' is not 'field == CONSTANT'");
        String field = matcher.group(1);
        String constant = matcher.group(2);
        EnumType type =
                siblingType
                        .apply(field)
                        .flatMap(t -> CType.of(t).enumName())
                        .map(enums::get)
                        .orElseThrow(
                                () ->
                                        new CatalogException(
                                                where,
                                                "condition names '"
                                                        + field
                                                        + "', which is no enumeration beside it"));
        require(
                type.constant(constant).isPresent(),
                where,
                "condition compares with '" + constant + "', which " + type.name() + " lacks");
    }

    void checkEffects(SystemCall call) {
        String where = CatalogCheck.where(call);
        for (Effect effect : call.effects()) {
            if (effect instanceof Effect.Requires requires) {
                require(
                        calls.contains(requires.call()),
                        where,
                        "requires the unknown call '" + requires.call() + "'");
                continue;
            }
            String type = typeOf(call, effect.place());
            String at = where + "/" + effect.place();
            if (effect instanceof Effect.Acquires acquires) {
                checkHandle(at, acquires.resource(), type);
                if (!acquires.kind().isEmpty()) {
                    String kind = typeOf(call, acquires.kind());
                    require(
                            CType.of(kind).enumName().isPresent(),
                            at,
                            "kind '" + acquires.kind() + "' is no enumeration");
                }
            } else if (effect instanceof Effect.Uses uses) {
                Resource resource = checkHandle(at, uses.resource(), type);
                uses.states().forEach(state -> checkState(at, resource, state));
                require(
                        uses.kind().isEmpty()
                                || enums.values().stream()
                                        .anyMatch(e -> e.constant(uses.kind()).isPresent()),
                        at,
                        "unknown constant '" + uses.kind() + "'");
            } else if (effect instanceof Effect.Releases releases) {
                checkHandle(at, releases.resource(), type);
                checkStatuses(call, releases.statuses());
            } else if (effect instanceof Effect.Borrows borrows) {
                require(type.endsWith("*"), at, "only memory can be borrowed");
                require(
                        borrows.until().isEmpty() || resources.containsKey(borrows.until()),
                        at,
                        "unknown resource '" + borrows.until() + "'");
            } else if (effect instanceof Effect.State state) {
                Resource resource =
                        resources.values().stream()
                                .filter(r -> r.handleType().equals(CType.of(type).base()))
                                .findFirst()
                                .orElseThrow(() -> new CatalogException(at, "is no handle"));
                checkState(at, resource, state.state());
                checkStatuses(call, state.statuses());
            } else if (effect instanceof Effect.Writes) {
                require(type.endsWith("*"), at, "only memory can be written");
            } else {
                throw new AssertionError(effect);
            }
        }
    }

    private Resource checkHandle(String where, String id, String type) {
        Resource resource = resources.get(id);
        require(resource != null, where, "unknown resource '" + id + "'");
        require(
                CType.of(type).base().equals(resource.handleType()),
                where,
                "is no " + resource.handleType() + " but " + type);
        return resource;
    }

    private static void checkState(String where, Resource resource, String state) {
        require(
                resource.states().contains(state),
                where,
                "'" + state + "' is no state of " + resource.id());
    }

    private static void checkStatuses(SystemCall call, List<String> statuses) {
        for (String status : statuses) {
            require(
                    status.equals("MV_STATUS_OKAY")
                            || call.statuses().stream().anyMatch(s -> s.status().equals(status)),
                    CatalogCheck.where(call),
                    "effect speaks of status '" + status + "', which the call does not list");
        }
    }

    /** Type of the parameter or of the nested field that a place names. */
    private String typeOf(SystemCall call, String place) {
        String where = CatalogCheck.where(call) + "/" + place;
        int dot = place.indexOf('.');
        String name = dot < 0 ? place : place.substring(0, dot);
        String type =
                call.parameter(name)
                        .map(Parameter::type)
                        .orElseThrow(() -> new CatalogException(where, "no parameter " + name));
        return dot < 0 ? type : fieldType(type, place.substring(dot + 1), where);
    }

    private String fieldType(String structType, String path, String where) {
        StructType struct =
                CType.of(structType)
                        .structName()
                        .map(structs::get)
                        .orElseThrow(() -> new CatalogException(where, "is not in a structure"));
        Optional<StructType.Field> whole = struct.field(path);
        if (whole.isPresent()) {
            return whole.get().type();
        }
        // The longest field that starts the path holds the rest of it.
        return struct.fields().stream()
                .filter(f -> path.startsWith(f.path() + "."))
                .findFirst()
                .map(f -> fieldType(f.type(), path.substring(f.path().length() + 1), where))
                .orElseThrow(() -> new CatalogException(where, struct.name() + " has no " + path));
    }
}
