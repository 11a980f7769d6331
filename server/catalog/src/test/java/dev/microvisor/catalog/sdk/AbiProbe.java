package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.EnumType;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.util.stream.Collectors;

/**
 * A C file that compiles only when a header has the sizes, offsets, widths, values and prototypes
 * that the catalog states. It names no header: any can be put in front with {@code -include}.
 */
final class AbiProbe {
    private AbiProbe() {}

    static String of(Catalog catalog, boolean shortEnums) {
        StringBuilder c = new StringBuilder("#include <stddef.h>\n");
        for (EnumType type : catalog.enumerations()) {
            int width = shortEnums ? type.widthBytes() : 4;
            claim(c, "sizeof(enum " + type.name() + ") == " + width);
            for (EnumType.Constant constant : type.constants()) {
                claim(c, constant.name() + " == " + constant.value() + "u");
            }
            claim(
                    c,
                    "(unsigned)"
                            + HeaderFile.sentinel(type)
                            + " == 0x"
                            + "ff".repeat(type.widthBytes())
                            + "u");
        }
        for (StructType struct : catalog.structs()) {
            String name = "struct " + struct.name();
            claim(c, "sizeof(" + name + ") == " + struct.sizeBytes());
            claim(c, "_Alignof(" + name + ") == " + struct.alignBytes());
            for (StructType.Field field : struct.fields()) {
                claim(c, "offsetof(" + name + ", " + field.path() + ") == " + field.offset());
                String value = "((" + name + " *)0)->" + field.path();
                int size =
                        field.sizeBytes() == 1 && field.type().startsWith("enum ") && !shortEnums
                                ? 4
                                : field.sizeBytes();
                claim(c, "sizeof(" + value + ") == " + size);
                claim(c, "_Generic(&" + value + ", " + field.type() + " *: 1, default: 0)");
            }
        }
        for (SystemCall call : catalog.calls()) {
            if (call.inHeader()) {
                c.append(
                        "enum MvStatus (*const probe_%s)(%s) = %s;\n"
                                .formatted(call.name(), parameters(call), call.name()));
            }
        }
        return c.toString();
    }

    private static String parameters(SystemCall call) {
        return call.parameters().isEmpty()
                ? "void"
                : call.parameters().stream().map(Parameter::type).collect(Collectors.joining(", "));
    }

    private static void claim(StringBuilder c, String expression) {
        c.append("_Static_assert(")
                .append(expression)
                .append(", \"")
                .append(expression.replace("\"", ""))
                .append("\");\n");
    }
}
