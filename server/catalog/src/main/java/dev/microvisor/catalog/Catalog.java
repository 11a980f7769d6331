package dev.microvisor.catalog;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The whole API. Immutable and safe to share between threads. */
public final class Catalog {
    private final Map<String, SystemCall> calls;
    private final Map<Integer, SystemCall> callsBySlot;
    private final Map<String, StructType> structs;
    private final Map<String, EnumType> enums;
    private final List<EnumType> enumsByName;
    private final Map<String, EnumType> enumsByConstant;
    private final Map<String, Limit> limits;
    private final Map<String, Alias> aliases;
    private final Map<String, Resource> resources;
    private final List<Interrupt> interrupts;

    Catalog(
            List<SystemCall> calls,
            List<StructType> structs,
            List<EnumType> enums,
            List<Limit> limits,
            List<Alias> aliases,
            List<Resource> resources,
            List<Interrupt> interrupts) {
        this.calls = index(calls, SystemCall::name);
        this.callsBySlot = index(calls, SystemCall::slot);
        this.structs = index(structs, StructType::name);
        this.enums = index(enums, EnumType::name);
        this.enumsByName =
                this.enums.values().stream().sorted(Comparator.comparing(EnumType::name)).toList();
        Map<String, EnumType> byConstant = new HashMap<>();
        for (EnumType type : enums) {
            for (EnumType.Constant constant : type.constants()) {
                byConstant.put(constant.name(), type);
            }
        }
        this.enumsByConstant = byConstant;
        this.limits = index(limits, Limit::id);
        this.aliases = index(aliases, Alias::name);
        this.resources = index(resources, Resource::id);
        this.interrupts = List.copyOf(interrupts);
    }

    private static <K, V> Map<K, V> index(List<V> values, Function<V, K> key) {
        Map<K, V> byKey = new HashMap<>();
        for (V value : values) {
            byKey.put(key.apply(value), value);
        }
        return byKey;
    }

    /** The catalog that this jar carries, read once. */
    public static Catalog bundled() {
        return Bundled.CATALOG;
    }

    public Optional<SystemCall> call(String name) {
        return Optional.ofNullable(calls.get(name));
    }

    public Optional<SystemCall> callAtSlot(int slot) {
        return Optional.ofNullable(callsBySlot.get(slot));
    }

    /** All calls, by slot. */
    public List<SystemCall> calls() {
        return calls.values().stream().sorted(Comparator.comparingInt(SystemCall::slot)).toList();
    }

    public Optional<StructType> struct(String name) {
        return Optional.ofNullable(structs.get(name));
    }

    /** All structures, by name. */
    public List<StructType> structs() {
        return structs.values().stream().sorted(Comparator.comparing(StructType::name)).toList();
    }

    public Optional<EnumType> enumeration(String name) {
        return Optional.ofNullable(enums.get(name));
    }

    /** The enumeration that has a constant of this name. */
    public Optional<EnumType> enumerationOfConstant(String constantName) {
        return Optional.ofNullable(enumsByConstant.get(constantName));
    }

    /** The constant of this name, whatever its enumeration. */
    public Optional<EnumType.Constant> constant(String constantName) {
        return enumerationOfConstant(constantName).flatMap(e -> e.constant(constantName));
    }

    /** All enumerations, by name. */
    public List<EnumType> enumerations() {
        return enumsByName;
    }

    /** {@code enum MvStatus}. */
    public EnumType statuses() {
        return enums.get("MvStatus");
    }

    /** A limit that must exist; an unknown id is a bug of the caller. */
    public long limit(String id) {
        Limit limit = limits.get(id);
        if (limit == null) {
            throw new IllegalArgumentException("no limit " + id);
        }
        return limit.value();
    }

    public List<Limit> limits() {
        return limits.values().stream().sorted(Comparator.comparing(Limit::id)).toList();
    }

    public Optional<Alias> alias(String name) {
        return Optional.ofNullable(aliases.get(name));
    }

    public List<Alias> aliases() {
        return aliases.values().stream().sorted(Comparator.comparing(Alias::name)).toList();
    }

    public Optional<Resource> resource(String id) {
        return Optional.ofNullable(resources.get(id));
    }

    public List<Resource> resources() {
        return resources.values().stream().sorted(Comparator.comparing(Resource::id)).toList();
    }

    /** All interrupts of the device, by number; index and number agree. */
    public List<Interrupt> interrupts() {
        return interrupts;
    }

    private static final class Bundled {
        static final Catalog CATALOG = CatalogReader.readBundled();
    }
}
