package dev.microvisor.analysis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.LintRequest;
import dev.microvisor.analysis.Lints;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Constraint;
import dev.microvisor.catalog.Parameter;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Each constraint of the catalog on a number or a pointer is broken by a generated function of its
 * own, and kept by another one: the first must be found, the second must be silent.
 */
class ContractViolationsTest {
    private static final Catalog CATALOG = Catalog.bundled();

    /** Rules that find broken constraints. */
    private static final Set<String> FINDERS =
            Set.of(
                    "bad-pointer",
                    "buffer-alignment",
                    "buffer-size",
                    "device-id-size",
                    "empty-request-url",
                    "length-exceeds-buffer",
                    "notification-buffer-alignment",
                    "notification-buffer-size",
                    "params-version",
                    "text-not-accepted",
                    "timeout-range",
                    "value-out-of-range");

    private final Map<String, String> functions = new LinkedHashMap<>();
    private final Set<String> broken = new TreeSet<>();

    @Test
    void everyBrokenConstraintIsFoundAndEveryKeptOneIsSilent() {
        for (SystemCall call : CATALOG.calls()) {
            if (call.deprecated().isEmpty()) {
                generate(call);
            }
        }
        assertThat(broken).hasSizeGreaterThan(100);
        assertThat(functions.size()).isGreaterThan(broken.size());
        Path file = Path.of("violations.c").toAbsolutePath();
        String text = "#include \"mv_syscalls.h\"\n\n" + String.join("\n", functions.values());
        List<Finding> findings = Lints.of(file, text, LintRequest.Depth.FULL).findings();
        Map<String, String> found = new TreeMap<>();
        for (Finding finding : findings) {
            if (FINDERS.contains(finding.rule())) {
                found.merge(finding.function(), finding.message(), (a, b) -> a + "; " + b);
            }
        }
        assertThat(found.keySet()).as(found.toString()).isEqualTo(broken);
    }

    private void generate(SystemCall call) {
        for (int i = 0; i < call.parameters().size(); i++) {
            Parameter parameter = call.parameters().get(i);
            for (Constraint constraint : parameter.constraints()) {
                for (String value : breaking(constraint, parameter.isPointer())) {
                    add(call, i, "", value, true);
                }
                for (String value : keeping(constraint)) {
                    add(call, i, "", value, false);
                }
            }
            Optional<StructType> struct = struct(parameter.type());
            if (parameter.isPointer() && struct.isPresent()) {
                fields(call, i, struct.get(), "");
            }
        }
    }

    private void fields(SystemCall call, int index, StructType struct, String prefix) {
        for (StructType.Field field : struct.fields()) {
            String path = prefix + "." + field.path();
            boolean pointer = field.type().endsWith("*");
            for (Constraint constraint : field.constraints()) {
                if (constraint.when().isEmpty()) {
                    for (String value : breaking(constraint, pointer)) {
                        add(call, index, path, value, true);
                    }
                    for (String value : keeping(constraint)) {
                        add(call, index, path, value, false);
                    }
                }
            }
            if (!pointer) {
                struct(field.type()).ifPresent(s -> fields(call, index, s, path));
            }
        }
    }

    private static Optional<StructType> struct(String type) {
        return CATALOG.struct(
                type.replace("const", "").replace("struct", "").replace("*", "").strip());
    }

    private static List<String> breaking(Constraint constraint, boolean pointer) {
        if (constraint instanceof Constraint.NonNull) {
            return List.of("0");
        }
        if (constraint instanceof Constraint.MultipleOf multiple) {
            return List.of(Integer.toString(multiple.factor() + 1));
        }
        if (constraint instanceof Constraint.Const exact) {
            return List.of(Long.toString(exact.value() + 1), "0");
        }
        if (constraint instanceof Constraint.OneOf oneOf) {
            long last =
                    CATALOG.enumeration(oneOf.enumName()).orElseThrow().constants().stream()
                            .mapToLong(c -> c.value())
                            .filter(v -> v < 0xFF)
                            .max()
                            .orElseThrow();
            return List.of("(enum " + oneOf.enumName() + ")" + (last + 1));
        }
        if (constraint instanceof Constraint.Range range) {
            List<String> values = new ArrayList<>();
            if (range.min() > 0) {
                values.add(Long.toString(range.min() - 1));
            }
            if (range.max() < 0xFFFF) {
                values.add(Long.toString(range.max() + 1));
            }
            return values;
        }
        if (constraint instanceof Constraint.Length length) {
            List<String> values = new ArrayList<>();
            if (length.min() > 0) {
                values.add(text("", 0));
            }
            if (length.max() < 0xFFFF) {
                values.add(text("a".repeat((int) length.max() + 1), length.max() + 1));
            }
            return values;
        }
        if (constraint instanceof Constraint.Prefix) {
            return List.of(text("gopher://a", 10));
        }
        if (constraint instanceof Constraint.OneOfTexts
                || constraint instanceof Constraint.Printable) {
            return List.of(text("\\a", 1));
        }
        assertThat(
                        constraint instanceof Constraint.LengthOf
                                || constraint instanceof Constraint.Align
                                || constraint instanceof Constraint.MinSize
                                // Takes two values; the fixtures of empty-request-url break it.
                                || constraint instanceof Constraint.RequiredWith
                                || constraint instanceof Constraint.DeprecatedValue)
                .as("a kind of constraint that nobody breaks: " + constraint + pointer)
                .isTrue();
        return List.of();
    }

    private static String text(String characters, long length) {
        return "(struct MvSizedString){(const uint8_t *)\"" + characters + "\", " + length + "}";
    }

    private static List<String> keeping(Constraint constraint) {
        if (constraint instanceof Constraint.Range range && range.max() < 0xFFFF) {
            return List.of(Long.toString(range.min()), Long.toString(range.max()));
        }
        if (constraint instanceof Constraint.OneOf oneOf) {
            return List.of(
                    CATALOG.enumeration(oneOf.enumName()).orElseThrow().constants().get(0).name());
        }
        return constraint instanceof Constraint.Const exact
                ? List.of(Long.toString(exact.value()))
                : List.of();
    }

    /** A function that takes all arguments from its caller, but for one value. */
    private void add(SystemCall call, int index, String path, String value, boolean breaks) {
        String name = "f" + functions.size();
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        String body = "";
        for (int i = 0; i < call.parameters().size(); i++) {
            Parameter parameter = call.parameters().get(i);
            String own = "a" + i;
            if (i == index && path.isEmpty()) {
                arguments.add(value);
                continue;
            }
            parameters.add(parameter.type() + " " + own);
            arguments.add(i == index ? "&own" : own);
            if (i == index) {
                String type = parameter.type().replace("const ", "").replace("*", "").strip();
                body =
                        "    "
                                + type
                                + " own = *"
                                + own
                                + ";\n    own"
                                + path
                                + " = "
                                + value
                                + ";\n";
            }
        }
        functions.put(
                name,
                "enum MvStatus %s(%s) {\n%s    return %s(%s);\n}\n"
                        .formatted(
                                name,
                                parameters.isEmpty() ? "void" : String.join(", ", parameters),
                                body,
                                call.name(),
                                arguments.stream().collect(Collectors.joining(", "))));
        if (breaks) {
            broken.add(name);
        }
    }
}
