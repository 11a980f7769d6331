package dev.microvisor.cli;

import dev.microvisor.analysis.settings.Suggestion;
import dev.microvisor.cli.report.OutputFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Format names in small letters, also where picocli lists them. */
final class FormatName implements ITypeConverter<OutputFormat>, Iterable<String> {
    @Override
    public OutputFormat convert(String name) {
        return Arrays.stream(OutputFormat.values())
                .filter(format -> format.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "there is no format '" + name + "'" + hint(name)));
    }

    private static String hint(String name) {
        List<String> known =
                Arrays.stream(OutputFormat.values()).map(OutputFormat::toString).toList();
        return Suggestion.among(known, name)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(", only " + String.join(", ", known));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(OutputFormat.values()).map(OutputFormat::toString).iterator();
    }
}
