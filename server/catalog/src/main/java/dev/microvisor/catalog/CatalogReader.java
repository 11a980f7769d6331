package dev.microvisor.catalog;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the catalog's files, one per {@link Group}. Each entry is checked by itself as it is read;
 * {@link #finish} has {@link CatalogCheck} look at the whole. The files in the jar had that look
 * when they were built, so {@link #readBundled} leaves it out: a command line cannot wait for it.
 *
 * <p>Defaults keep the files short: {@code direction} is IN, {@code context} UNDOCUMENTED, {@code
 * documented} and {@code inHeader} true, an absent list empty, and {@code source} that of the file.
 */
final class CatalogReader {
    private final List<SystemCall> calls = new ArrayList<>();
    private final List<StructType> structs = new ArrayList<>();
    private final List<EnumType> enums = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<Alias> aliases = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Interrupt> interrupts = new ArrayList<>();

    /** The files that this jar carries. */
    static Catalog readBundled() {
        return bundled().catalog();
    }

    /** A reader that has read the files that this jar carries. */
    static CatalogReader bundled() {
        CatalogReader reader = new CatalogReader();
        for (Group group : Group.values()) {
            String file = fileName(group);
            InputStream stream = CatalogReader.class.getResourceAsStream(file);
            if (stream == null) {
                throw new CatalogException(file, "missing from the jar");
            }
            try (Reader text = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                reader.read(group, text);
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return reader;
    }

    static String fileName(Group group) {
        return group.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    }

    /** Reads one file. */
    void read(Group group, Reader text) throws IOException {
        String file = fileName(group);
        Object root;
        try {
            root = JsonTree.parse(text);
        } catch (JsonParseException e) {
            throw new CatalogException(file, "not JSON: " + e.getMessage());
        }
        Entry entry = new Entry(file, root);
        Group stated = entry.oneOf(Group.class, "group");
        if (stated != group) {
            throw entry.problem("belongs to " + group + " but says " + stated);
        }
        String source = entry.text("source");
        for (String vector : entry.texts("vectors")) {
            interrupts.add(new Interrupt(interrupts.size(), vector));
        }
        limits.addAll(entry.entries("limits", e -> limit(e, source)));
        resources.addAll(entry.entries("resources", CatalogReader::resource));
        aliases.addAll(entry.entries("aliases", CatalogReader::alias));
        enums.addAll(entry.entries("enums", e -> enumeration(e, group, source)));
        structs.addAll(entry.entries("structs", e -> struct(e, group, source)));
        calls.addAll(entry.entries("calls", e -> call(e, group, source)));
        entry.end();
    }

    /** The whole, checked. */
    Catalog finish() {
        new CatalogCheck(calls, structs, enums, limits, aliases, resources).run();
        return catalog();
    }

    private Catalog catalog() {
        return new Catalog(calls, structs, enums, limits, aliases, resources, interrupts);
    }

    private static Limit limit(Entry e, String source) {
        return new Limit(
                e.text("id"),
                e.number("value"),
                e.text("unit"),
                e.text("meaning"),
                e.text("source", source));
    }

    private static Resource resource(Entry e) {
        return new Resource(
                e.text("id"),
                e.text("handleType"),
                e.texts("states"),
                e.number("maxLive", 0, Integer.MAX_VALUE));
    }

    private static Alias alias(Entry e) {
        return new Alias(e.text("name"), e.text("canonical"), e.text("explanation"));
    }

    private static EnumType enumeration(Entry e, Group group, String source) {
        return new EnumType(
                e.text("name"),
                group,
                e.text("summary"),
                e.number("widthBytes", 1, 4),
                e.flag("bitField", false),
                e.entries("constants", CatalogReader::constant),
                e.text("source", source));
    }

    private static EnumType.Constant constant(Entry e) {
        return new EnumType.Constant(
                e.text("name"), e.number("value"), e.text("meaning"), deprecation(e));
    }

    private static Optional<Deprecation> deprecation(Entry e) {
        return e.optional(
                "deprecated", d -> new Deprecation(d.text("reason"), d.text("replacement")));
    }

    private static StructType struct(Entry e, Group group, String source) {
        return new StructType(
                e.text("name"),
                group,
                e.text("summary"),
                e.number("sizeBytes", 1, 4096),
                e.number("alignBytes", 1, 8),
                e.flag("versioned", false),
                e.entries("fields", CatalogReader::field),
                e.text("source", source));
    }

    private static StructType.Field field(Entry e) {
        return new StructType.Field(
                e.text("path"),
                e.text("type"),
                e.number("offset", 0, 4096),
                e.number("sizeBytes", 1, 4096),
                e.oneOf(Direction.class, "direction", Direction.IN),
                e.text("meaning"),
                e.flag("secret", false),
                e.entries("constraints", ContractReader::constraint));
    }

    private static SystemCall call(Entry e, Group group, String source) {
        return new SystemCall(
                e.text("name"),
                e.number("slot", 0, SystemCall.SLOTS - 1),
                group,
                e.text("summary"),
                e.text("prose", ""),
                e.entries("parameters", CatalogReader::parameter),
                e.oneOf(Tier.class, "tier"),
                e.entries("statuses", CatalogReader::statusCase),
                e.texts("notifications"),
                e.oneOf(InterruptContext.class, "context", InterruptContext.UNDOCUMENTED),
                deprecation(e),
                e.flag("inHeader", true),
                e.entries("effects", ContractReader::effect),
                e.text("source", source));
    }

    private static Parameter parameter(Entry e) {
        return new Parameter(
                e.text("name"),
                e.text("type"),
                e.oneOf(Direction.class, "direction", Direction.IN),
                e.text("meaning"),
                e.entries("constraints", ContractReader::constraint));
    }

    private static StatusCase statusCase(Entry e) {
        return new StatusCase(e.text("status"), e.text("when"), e.flag("documented", true));
    }
}
