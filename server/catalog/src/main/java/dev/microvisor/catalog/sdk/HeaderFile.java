package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.CType;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Deprecation;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.Group;
import dev.microvisor.catalog.Resource;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code mv_syscalls.h}: types and prototypes for C11 and C++. */
final class HeaderFile {
    private static final String UNION_MEMBER = "v1.";

    private final Catalog catalog;
    private final CText out = new CText();

    private HeaderFile(Catalog catalog) {
        this.catalog = catalog;
    }

    static String of(Catalog catalog) {
        HeaderFile header = new HeaderFile(catalog);
        header.write();
        return header.out.toString();
    }

    private void write() {
        out.banner(
                "The Microvisor API: types and system calls. Binary compatible with version 0.7.0"
                        + " of the vendor's header, and written anew from its facts.");
        out.line()
                .line("#ifndef MICROVISOR_MV_SYSCALLS_H")
                .line("#define MICROVISOR_MV_SYSCALLS_H");
        out.line().line("#include <stdint.h>").line();
        out.line("#ifdef __cplusplus").line("extern \"C\" {").line("#endif").line();
        out.line("/* Define MV_WARN_DEPRECATED to have the compiler warn of deprecated names. */");
        out.line("#ifdef MV_WARN_DEPRECATED");
        out.line("#define MV_DEPRECATED(message) __attribute__((deprecated(message)))");
        out.line("#else").line("#define MV_DEPRECATED(message)").line("#endif").line();
        for (Resource resource : catalog.resources()) {
            String type = resource.handleType();
            String what = resource.id().replace('-', ' ');
            out.doc(List.of("Handle (" + what + "): 32 opaque bits, never 0."));
            out.line("typedef struct " + type + "Opaque *" + type + ";").line();
        }
        for (EnumType type : inOrderOfGroups(catalog.enumerations())) {
            enumeration(type);
        }
        for (StructType type : dependenciesFirst()) {
            struct(type);
        }
        for (Group group : Group.values()) {
            calls(group);
        }
        out.line("#ifdef __cplusplus").line("}").line("#endif").line();
        out.line("#endif /* MICROVISOR_MV_SYSCALLS_H */");
    }

    private static List<EnumType> inOrderOfGroups(List<EnumType> types) {
        return types.stream().sorted(Comparator.comparing(EnumType::group)).toList();
    }

    private void enumeration(EnumType type) {
        out.doc(List.of(type.summary()));
        out.open("enum " + type.name() + " {");
        for (EnumType.Constant constant : type.constants()) {
            out.doc(List.of(constant.meaning()));
            out.line(
                    constant.name()
                            + deprecated(constant.deprecated())
                            + " = 0x"
                            + Long.toHexString(constant.value())
                            + ",");
        }
        out.line("/** Not a value: gives the type its width. */");
        out.line(sentinel(type) + " = 0x" + "ff".repeat(type.widthBytes()) + ",");
        out.close("};").line();
    }

    /** The constants' common prefix and two underscores, such as MV_STATUS__MAX. */
    static String sentinel(EnumType type) {
        return "MV_" + type.name().substring(2).toUpperCase(Locale.ROOT) + "__MAX";
    }

    private static String deprecated(Optional<Deprecation> deprecation) {
        return deprecation.map(d -> " MV_DEPRECATED(\"" + d.replacement() + "\")").orElse("");
    }

    private List<StructType> dependenciesFirst() {
        List<StructType> sorted = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        catalog.structs().stream()
                .sorted(Comparator.comparing(StructType::group))
                .forEach(struct -> visit(struct, done, sorted));
        return sorted;
    }

    private void visit(StructType struct, Set<String> done, List<StructType> sorted) {
        if (!done.add(struct.name())) {
            return;
        }
        struct.fields().stream()
                .flatMap(field -> CType.of(field.type()).structName().stream())
                .flatMap(name -> catalog.struct(name).stream())
                .forEach(needed -> visit(needed, done, sorted));
        sorted.add(struct);
    }

    private void struct(StructType type) {
        out.doc(List.of(type.summary()));
        out.open("struct " + type.name() + " {");
        for (StructType.Field field : type.fields()) {
            if (!field.path().startsWith(UNION_MEMBER)) {
                field(field, field.path());
            }
        }
        if (type.versioned()) {
            out.open("union {").open("struct {");
            for (StructType.Field field : type.fields()) {
                if (field.path().startsWith(UNION_MEMBER)) {
                    field(field, field.path().substring(UNION_MEMBER.length()));
                }
            }
            out.close("} v1;").close("};");
        }
        out.close("};").line();
    }

    private void field(StructType.Field field, String name) {
        out.doc(List.of(field.meaning()));
        out.line(field.type() + (field.type().endsWith("*") ? "" : " ") + name + ";");
    }

    private void calls(Group group) {
        List<SystemCall> calls =
                catalog.calls().stream()
                        .filter(call -> call.group() == group && call.inHeader())
                        .toList();
        if (calls.isEmpty()) {
            return;
        }
        out.line("/* ---- " + group.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " ---- */");
        out.line();
        for (SystemCall call : calls) {
            out.doc(documentation(call));
            String prototype = call.prototype();
            call.deprecated()
                    .ifPresentOrElse(
                            d -> {
                                out.line(prototype.substring(0, prototype.length() - 1));
                                out.line("        MV_DEPRECATED(\"" + d.replacement() + "\");");
                            },
                            () -> out.line(prototype));
            out.line();
        }
    }

    private static List<String> documentation(SystemCall call) {
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(call.summary());
        if (!call.prose().isEmpty()) {
            paragraphs.addAll(Arrays.asList(call.prose().split("\n\n")));
        }
        call.deprecated()
                .ifPresent(
                        d -> paragraphs.add("Deprecated. " + d.reason() + " " + d.replacement()));
        call.parameters().forEach(p -> paragraphs.add("@param " + p.name() + " " + p.meaning()));
        for (StatusCase status : call.statuses()) {
            paragraphs.add("@retval " + status.status() + " " + status.when());
        }
        return paragraphs;
    }
}
