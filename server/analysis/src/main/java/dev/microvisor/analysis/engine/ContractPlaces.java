package dev.microvisor.analysis.engine;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a call and the fields, nested ones too, of the structures that they point at.
 */
public final class ContractPlaces {
    /** Structures in structures. */
    private static final int MAX_NESTING = 4;

    private ContractPlaces() {}

    /** Values by contract path: {@code params}, {@code params.v1.send_buffer}. */
    static Map<String, Value> read(CallSite site, SystemCall contract, Catalog catalog) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : contract.parameters()) {
            values.put(parameter.name(), site.valueAt(parameter.name()));
            fields(site, parameter.name(), parameter.type(), catalog, values, 0);
        }
        return values;
    }

    private static void fields(
            CallSite site,
            String base,
            String type,
            Catalog catalog,
            Map<String, Value> values,
            int nesting) {
        Optional<StructType> struct = struct(type, catalog);
        if (struct.isEmpty() || nesting > MAX_NESTING) {
            return;
        }
        for (StructType.Field field : struct.get().fields()) {
            String path = base + "." + field.path();
            values.put(path, site.valueAt(path));
            if (!field.type().endsWith("*")) {
                fields(site, path, field.type(), catalog, values, nesting + 1);
            }
        }
    }

    /** The structure at a contract path, such as {@code params.buf}. */
    static Optional<StructType> structAt(SystemCall contract, String path, Catalog catalog) {
        String[] steps = path.split("\\.");
        Optional<StructType> struct =
                contract.parameter(steps[0]).flatMap(p -> struct(p.type(), catalog));
        String field = "";
        for (int i = 1; i < steps.length; i++) {
            // Fields of unions have two steps in one path: v1.send_buffer.
            field = field.isEmpty() ? steps[i] : field + "." + steps[i];
            Optional<StructType.Field> found = struct.flatMap(field(field));
            if (found.isPresent()) {
                struct = struct(found.get().type(), catalog);
                field = "";
            }
        }
        return field.isEmpty() ? struct : Optional.empty();
    }

    private static java.util.function.Function<StructType, Optional<StructType.Field>> field(
            String path) {
        return s -> s.field(path);
    }

    /** The structure that a C type of the catalog names, pointer or not. */
    public static Optional<StructType> struct(String type, Catalog catalog) {
        String name = type.replace("const", "").replace("struct", "").replace("*", "").strip();
        return catalog.struct(name);
    }
}
