package dev.microvisor.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks what no single entry can check by itself: that names are unique, that what is referred to
 * exists, and that layouts add up. The first contradiction ends the reading.
 */
final class CatalogCheck {
    private final List<SystemCall> calls;
    private final List<StructType> structs;
    private final List<EnumType> enums;
    private final List<Limit> limits;
    private final List<Alias> aliases;
    private final List<Resource> resources;

    private final Map<String, StructType> structsByName = new HashMap<>();
    private final Map<String, EnumType> enumsByName = new HashMap<>();
    private final Map<String, EnumType> enumsByConstant = new HashMap<>();
    private final Map<String, Resource> resourcesById = new HashMap<>();
    private final Set<String> handleTypes = new HashSet<>();

    CatalogCheck(
            List<SystemCall> calls,
            List<StructType> structs,
            List<EnumType> enums,
            List<Limit> limits,
            List<Alias> aliases,
            List<Resource> resources) {
        this.calls = calls;
        this.structs = structs;
        this.enums = enums;
        this.limits = limits;
        this.aliases = aliases;
        this.resources = resources;
    }

    void run() {
        resources.forEach(this::checkResource);
        Set<String> limitIds = new HashSet<>();
        for (Limit limit : limits) {
            require(limitIds.add(limit.id()), "limits/" + limit.id(), "stated twice");
        }
        enums.forEach(this::checkEnum);
        for (StructType struct : structs) {
            unique(structsByName, struct.name(), struct, where(struct));
        }
        structs.forEach(this::checkStruct);
        checkCalls();
        aliases.forEach(this::checkAlias);
    }

    static void require(boolean condition, String where, String what) {
        if (!condition) {
            throw new CatalogException(where, what);
        }
    }

    private static <T> void unique(Map<String, T> seen, String name, T value, String where) {
        require(seen.put(name, value) == null, where, "'" + name + "' is stated twice");
    }

    private static String where(StructType struct) {
        return CatalogReader.fileName(struct.group()) + "/structs/" + struct.name();
    }

    private static String where(EnumType type) {
        return CatalogReader.fileName(type.group()) + "/enums/" + type.name();
    }

    static String where(SystemCall call) {
        return CatalogReader.fileName(call.group()) + "/calls/" + call.name();
    }

    private void checkResource(Resource resource) {
        String where = "resources/" + resource.id();
        unique(resourcesById, resource.id(), resource, where);
        require(handleTypes.add(resource.handleType()), where, "shares its handle type");
        require(!resource.states().isEmpty(), where, "has no state");
        require(
                new HashSet<>(resource.states()).size() == resource.states().size(),
                where,
                "has a state twice");
    }

    private void checkEnum(EnumType type) {
        String where = where(type);
        unique(enumsByName, type.name(), type, where);
        require(
                type.widthBytes() == 1 || type.widthBytes() == 4,
                where,
                "width " + type.widthBytes() + " is neither 1 nor 4");
        require(!type.constants().isEmpty(), where, "has no constants");
        // The largest value is the sentinel that gives the enumeration its width.
        long sentinel = (1L << (8 * type.widthBytes())) - 1;
        Set<Long> values = new HashSet<>();
        for (EnumType.Constant constant : type.constants()) {
            String at = where + "/" + constant.name();
            unique(enumsByConstant, constant.name(), type, at);
            require(values.add(constant.value()), at, "value " + constant.value() + " is taken");
            require(
                    constant.value() >= 0 && constant.value() < sentinel,
                    at,
                    "value " + constant.value() + " does not fit the width");
        }
    }

    private void checkStruct(StructType struct) {
        String where = where(struct);
        require(!struct.fields().isEmpty(), where, "has no fields");
        require(
                struct.versioned() == struct.fields().get(0).path().equals("version"),
                where,
                "'versioned' and its first field contradict each other");
        Set<String> paths = new HashSet<>();
        int end = 0;
        for (StructType.Field field : struct.fields()) {
            String at = where + "/" + field.path();
            require(paths.add(field.path()), at, "stated twice");
            int size = sizeOf(field.type(), at);
            require(
                    field.sizeBytes() == size,
                    at,
                    "says %d bytes, but %s has %d"
                            .formatted(field.sizeBytes(), field.type(), size));
            require(field.offset() >= end, at, "overlaps the field before it");
            require(
                    field.offset() % alignOf(field.type(), at) == 0,
                    at,
                    "offset " + field.offset() + " is not aligned for " + field.type());
            end = field.offset() + size;
        }
        require(end <= struct.sizeBytes(), where, "fields end at " + end + ", beyond the size");
        require(
                struct.sizeBytes() % struct.alignBytes() == 0,
                where,
                "size is no multiple of the alignment");
        ContractCheck contracts = contracts();
        for (StructType.Field field : struct.fields()) {
            contracts.checkConstraints(
                    where + "/" + field.path(),
                    field.constraints(),
                    sibling -> fieldType(struct, sibling));
        }
    }

    /** The type of a field, or of one in a structure that is a field. */
    private Optional<String> fieldType(StructType struct, String path) {
        Optional<String> direct = struct.field(path).map(StructType.Field::type);
        int dot = path.indexOf('.');
        if (direct.isPresent() || dot < 0) {
            return direct;
        }
        return struct.field(path.substring(0, dot))
                .flatMap(f -> CType.of(f.type()).structName())
                .map(structsByName::get)
                .flatMap(s -> fieldType(s, path.substring(dot + 1)));
    }

    private void checkCalls() {
        EnumType statuses = existing(enumsByName, "MvStatus", "enums", "enumeration");
        EnumType events = existing(enumsByName, "MvEventType", "enums", "enumeration");
        ContractCheck contracts = contracts();
        Set<String> names = new HashSet<>();
        Map<Integer, SystemCall> slots = new HashMap<>();
        for (SystemCall call : calls) {
            String where = where(call);
            require(names.add(call.name()), where, "stated twice");
            SystemCall other = slots.put(call.slot(), call);
            require(other == null, where, "slot " + call.slot() + " is taken");
            checkParameters(call, where, contracts);
            Set<String> cases = new HashSet<>();
            for (StatusCase status : call.statuses()) {
                String at = where + "/" + status.status();
                require(
                        statuses.constant(status.status()).isPresent(),
                        at,
                        "unknown status '" + status.status() + "'");
                require(!status.status().equals("MV_STATUS_OKAY"), at, "OKAY is no error");
                require(cases.add(status.status()), at, "stated twice");
            }
            for (String event : call.notifications()) {
                require(
                        events.constant(event).isPresent(),
                        where,
                        "unknown notification '" + event + "'");
            }
            contracts.checkEffects(call);
        }
    }

    private ContractCheck contracts() {
        Set<String> names = calls.stream().map(SystemCall::name).collect(Collectors.toSet());
        return new ContractCheck(structsByName, enumsByName, resourcesById, names);
    }

    private void checkParameters(SystemCall call, String where, ContractCheck contracts) {
        require(
                call.parameters().size() <= MAX_PARAMETERS,
                where,
                "has more than " + MAX_PARAMETERS + " parameters");
        Set<String> names = new HashSet<>();
        for (Parameter parameter : call.parameters()) {
            String at = where + "/" + parameter.name();
            require(names.add(parameter.name()), at, "stated twice");
            // The types of a call that left the header have left it too.
            if (call.inHeader()) {
                sizeOf(parameter.type(), at);
            }
            require(
                    parameter.isPointer() || parameter.direction() == Direction.IN,
                    at,
                    "a plain value cannot be written through");
            require(
                    !CType.of(parameter.type()).constant() || parameter.direction() == Direction.IN,
                    at,
                    "a const pointer cannot be written through");
            contracts.checkConstraints(
                    at,
                    parameter.constraints(),
                    sibling -> call.parameter(sibling).map(Parameter::type));
        }
    }

    /** All arguments travel in r0 to r3. */
    private static final int MAX_PARAMETERS = 4;

    private void checkAlias(Alias alias) {
        boolean exists =
                enumsByName.containsKey(alias.canonical())
                        || enumsByConstant.containsKey(alias.canonical())
                        || structsByName.containsKey(alias.canonical())
                        || calls.stream()
                                .anyMatch(
                                        c ->
                                                c.name().equals(alias.canonical())
                                                        || c.parameter(alias.canonical())
                                                                .isPresent());
        String where = "aliases/" + alias.name();
        require(exists, where, "nothing is called '" + alias.canonical() + "'");
        require(
                aliases.stream().filter(a -> a.name().equals(alias.name())).count() == 1,
                where,
                "stated twice");
    }

    /** Size of a value of this type, which must be known. */
    private int sizeOf(String type, String where) {
        CType parsed = CType.of(type);
        Optional<String> struct = parsed.structName();
        Optional<String> enumeration = parsed.enumName();
        int size;
        if (struct.isPresent()) {
            size = existing(structsByName, struct.get(), where, "structure").sizeBytes();
        } else if (enumeration.isPresent()) {
            size = existing(enumsByName, enumeration.get(), where, "enumeration").widthBytes();
        } else if (handleTypes.contains(parsed.base())) {
            size = POINTER_BYTES;
        } else {
            size =
                    parsed.scalarBytes()
                            .orElseThrow(() -> new CatalogException(where, "unknown type " + type));
        }
        return parsed.pointers() > 0 ? POINTER_BYTES : size;
    }

    private int alignOf(String type, String where) {
        CType parsed = CType.of(type);
        if (parsed.pointers() == 0 && parsed.structName().isPresent()) {
            return structsByName.get(parsed.structName().get()).alignBytes();
        }
        return sizeOf(type, where);
    }

    private static final int POINTER_BYTES = 4;

    private static <T> T existing(Map<String, T> all, String name, String where, String kind) {
        T value = all.get(name);
        require(value != null, where, "unknown " + kind + " '" + name + "'");
        return value;
    }
}
