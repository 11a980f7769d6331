package dev.microvisor.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The catalog as Markdown: the one text that hover, {@code microvisor explain} and the documents
 * show for a name.
 */
public final class Reference {
    /** More calls than this are named without their conditions. */
    private static final int MAX_CASES_IN_FULL = 12;

    private final Catalog catalog;

    public Reference(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The text for a call, a structure, an enumeration, a constant, a field written {@code
     * MvHttpRequest.timeout_ms}, or an alias of one of them.
     */
    public Optional<String> of(String name) {
        Optional<String> text = ofCanonical(name);
        if (text.isPresent()) {
            return text;
        }
        return catalog.alias(name)
                .map(
                        alias ->
                                "`%s` is `%s`. %s"
                                                .formatted(
                                                        name,
                                                        alias.canonical(),
                                                        alias.explanation())
                                        + ofCanonical(alias.canonical())
                                                .map(t -> "\n\n" + t)
                                                .orElse(""));
    }

    private Optional<String> ofCanonical(String name) {
        return catalog.call(name)
                .map(this::call)
                .or(() -> catalog.struct(name).map(this::struct))
                .or(() -> catalog.enumeration(name).map(this::enumeration))
                .or(
                        () ->
                                catalog.enumerationOfConstant(name)
                                        .map(e -> constant(e, e.constant(name).orElseThrow())))
                .or(() -> qualifiedField(name));
    }

    private Optional<String> qualifiedField(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : catalog.struct(name.substring(0, dot))
                        .flatMap(
                                s ->
                                        s.field(name.substring(dot + 1))
                                                .or(() -> s.field("v1." + name.substring(dot + 1)))
                                                .map(f -> field(s, f)));
    }

    public String call(SystemCall call) {
        Markdown out = new Markdown().code(call.prototype());
        call.deprecated().ifPresent(out::deprecated);
        if (!call.inHeader()) {
            out.paragraph("Not in the SDK header; still exported.");
        }
        out.paragraph(call.summary()).paragraph(call.prose());
        if (!call.parameters().isEmpty()) {
            out.heading("Parameters");
            for (Parameter parameter : call.parameters()) {
                parameter(out, parameter);
            }
        }
        if (call.statuses().isEmpty()) {
            out.paragraph("No status other than `MV_STATUS_OKAY` is documented.");
        } else {
            statusTable(out, call);
        }
        if (!call.notifications().isEmpty()) {
            out.heading("May be followed by");
            for (String event : call.notifications()) {
                String meaning = catalog.constant(event).map(EnumType.Constant::meaning).orElse("");
                out.bullet("`%s`: %s".formatted(event, meaning));
            }
        }
        out.heading("Contract");
        new ContractWords(catalog).of(call).forEach(out::bullet);
        aliases(out, call.name());
        for (Parameter parameter : call.parameters()) {
            aliases(out, parameter.name());
        }
        return out.source(call.source()).toString();
    }

    private void parameter(Markdown out, Parameter parameter) {
        String direction =
                switch (parameter.direction()) {
                    case IN -> "";
                    case OUT -> " (out)";
                    case IN_OUT -> " (in and out)";
                };
        out.bullet(
                "`%s`%s: %s"
                        .formatted(
                                parameter.name(),
                                direction,
                                join(
                                        parameter.meaning(),
                                        ConstraintWords.sentence(parameter.constraints()))));
        // The fields that go wrong silently belong here: nobody looks them up one by one.
        CType.of(parameter.type())
                .structName()
                .flatMap(catalog::struct)
                .ifPresent(
                        struct ->
                                struct.fields().stream()
                                        .filter(
                                                f ->
                                                        f.constraints().stream()
                                                                .anyMatch(Reference::isTrap))
                                        .forEach(
                                                f ->
                                                        out.subBullet(
                                                                "`%s`: %s"
                                                                        .formatted(
                                                                                f.path(),
                                                                                ConstraintWords
                                                                                        .sentence(
                                                                                                traps(
                                                                                                        f))))));
    }

    private static List<Constraint> traps(StructType.Field field) {
        return field.constraints().stream().filter(Reference::isTrap).toList();
    }

    private static boolean isTrap(Constraint constraint) {
        return !(constraint instanceof Constraint.NonNull
                || constraint instanceof Constraint.LengthOf
                || constraint instanceof Constraint.OneOf);
    }

    private void statusTable(Markdown out, SystemCall call) {
        out.row("Status", "Value", "When").row("---", "---", "---");
        for (StatusCase status : call.statuses()) {
            String value =
                    catalog.statuses()
                            .constant(status.status())
                            .map(c -> hex(c.value()))
                            .orElse("");
            out.row(
                    "`" + status.status() + "`",
                    value,
                    status.documented() ? status.when() : status.when() + " *(inferred)*");
        }
    }

    /** A constant; for a status also which calls answer with it. */
    public String constant(EnumType type, EnumType.Constant constant) {
        Markdown out =
                new Markdown()
                        .code("%s = %s".formatted(constant.name(), valueOf(constant)))
                        .paragraph("Constant of `enum %s`.".formatted(type.name()));
        constant.deprecated().ifPresent(out::deprecated);
        out.paragraph(constant.meaning());
        if (type.name().equals(catalog.statuses().name())) {
            answeredBy(out, constant.name());
        }
        aliases(out, constant.name());
        return out.source(type.source()).toString();
    }

    private static String valueOf(EnumType.Constant constant) {
        return constant.value() < 10
                ? Long.toString(constant.value())
                : "%s /* %d */".formatted(hex(constant.value()), constant.value());
    }

    private void answeredBy(Markdown out, String status) {
        List<SystemCall> calls =
                catalog.calls().stream()
                        .filter(c -> c.statuses().stream().anyMatch(s -> s.status().equals(status)))
                        .toList();
        if (calls.isEmpty()) {
            return;
        }
        out.heading("Answered by");
        if (calls.size() > MAX_CASES_IN_FULL) {
            out.paragraph(
                    calls.stream()
                            .map(c -> "`" + c.name() + "`")
                            .collect(Collectors.joining(", ")));
            return;
        }
        for (SystemCall call : calls) {
            call.statuses().stream()
                    .filter(s -> s.status().equals(status))
                    .forEach(s -> out.bullet("`%s`: %s".formatted(call.name(), s.when())));
        }
    }

    public String enumeration(EnumType type) {
        Markdown out = new Markdown().code("enum " + type.name()).paragraph(type.summary());
        String width =
                type.widthBytes() == 1
                        ? "One byte wide with arm-none-eabi-gcc's short enums, four with"
                                + " `-fno-short-enums`; Microvisor reads and writes one byte."
                        : "Four bytes wide.";
        out.paragraph(type.bitField() ? width + " The constants are flags that add up." : width);
        out.row("Constant", "Value", "Meaning").row("---", "---", "---");
        for (EnumType.Constant constant : type.constants()) {
            String note = constant.deprecated().isPresent() ? "*Deprecated.* " : "";
            out.row("`" + constant.name() + "`", hex(constant.value()), note + constant.meaning());
        }
        aliases(out, type.name());
        return out.source(type.source()).toString();
    }

    public String struct(StructType struct) {
        Markdown out = new Markdown().code("struct " + struct.name()).paragraph(struct.summary());
        out.paragraph(
                "%d bytes, aligned to %d.".formatted(struct.sizeBytes(), struct.alignBytes()));
        out.row("Offset", "Field", "Type", "Meaning").row("---", "---", "---", "---");
        for (StructType.Field field : struct.fields()) {
            out.row(
                    Integer.toString(field.offset()),
                    "`" + field.path() + "`",
                    "`" + field.type() + "`",
                    join(field.meaning(), ConstraintWords.sentence(field.constraints())));
        }
        return out.source(struct.source()).toString();
    }

    public String field(StructType struct, StructType.Field field) {
        String name = field.path();
        String declaration =
                field.type().endsWith("*") ? field.type() + name : field.type() + " " + name;
        Markdown out =
                new Markdown()
                        .code(declaration + ";")
                        .paragraph(
                                "Field of `struct %s`, at offset %d, %d byte%s."
                                        .formatted(
                                                struct.name(),
                                                field.offset(),
                                                field.sizeBytes(),
                                                field.sizeBytes() == 1 ? "" : "s"))
                        .paragraph(field.meaning())
                        .paragraph(ConstraintWords.sentence(field.constraints()));
        return out.source(struct.source()).toString();
    }

    private void aliases(Markdown out, String canonical) {
        for (Alias alias : catalog.aliases()) {
            if (alias.canonical().equals(canonical)) {
                out.paragraph(
                        "Also met as `%s` for `%s`: %s"
                                .formatted(alias.name(), canonical, alias.explanation()));
            }
        }
    }

    private static String join(String meaning, String constraints) {
        return constraints.isEmpty() ? meaning : meaning + " " + constraints;
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
