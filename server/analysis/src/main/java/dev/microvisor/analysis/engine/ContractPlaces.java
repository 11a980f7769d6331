package dev.microvisor.analysis.engine;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a call and the fields of the structures that they point at. */
public final class ContractPlaces {
    private ContractPlaces() {}

    /** Values by contract path: {@code params}, {@code params.v1.send_buffer}. */
    static Map<String, Value> read(CallSite site, SystemCall contract, Catalog catalog) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : contract.parameters()) {
            values.put(parameter.name(), site.valueAt(parameter.name()));
            struct(parameter.type(), catalog)
                    .ifPresent(
                            struct -> {
                                for (StructType.Field field : struct.fields()) {
                                    String path = parameter.name() + "." + field.path();
                                    values.put(path, site.valueAt(path));
                                }
                            });
        }
        return values;
    }

    /** The structure that a C type of the catalog names, pointer or not. */
    public static Optional<StructType> struct(String type, Catalog catalog) {
        String name = type.replace("const", "").replace("struct", "").replace("*", "").strip();
        return catalog.struct(name);
    }
}
