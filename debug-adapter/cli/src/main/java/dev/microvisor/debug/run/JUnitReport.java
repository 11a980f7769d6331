package dev.microvisor.debug.run;

import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.debug.ExitCodes;
import dev.microvisor.debug.run.RunOutput.RunEnd;
import java.util.List;
import java.util.Locale;

/**
 * A run as a test case in the XML that build servers read: a failure when the firmware did not do
 * what was expected of it, an error when it could not be run to the end.
 */
public final class JUnitReport {
    private JUnitReport() {}

    /**
     * @param log the last lines that the firmware logged
     */
    public static void write(ReportFile file, String firmware, RunEnd end, List<String> log)
            throws CannotRun {
        file.write(xml(firmware, end, log));
    }

    static String xml(String firmware, RunEnd end, List<String> log) {
        boolean passed = end.exitCode() == ExitCodes.DONE;
        boolean error =
                end.exitCode() == ExitCodes.COULD_NOT_RUN || end.exitCode() > ExitCodes.SIGNALLED;
        String seconds = String.format(Locale.ROOT, "%.6f", end.microseconds() / 1e6);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"microvisor run\" tests=\"1\" failures=\"")
                .append(passed || error ? 0 : 1)
                .append("\" errors=\"")
                .append(error ? 1 : 0)
                .append("\" skipped=\"0\" time=\"")
                .append(seconds)
                .append("\">\n  <testcase classname=\"microvisor.run\" name=\"")
                .append(escaped(firmware))
                .append("\" time=\"")
                .append(seconds)
                .append("\">\n");
        if (!passed) {
            String element = error ? "error" : "failure";
            xml.append("    <")
                    .append(element)
                    .append(" type=\"")
                    .append(escaped(end.reason()))
                    .append("\" message=\"")
                    .append(escaped(end.detail()))
                    .append("\"/>\n");
        }
        xml.append("    <system-out>");
        log.forEach(line -> xml.append(escaped(line)).append('\n'));
        return xml.append("</system-out>\n  </testcase>\n</testsuite>\n").toString();
    }

    /** What XML 1.0 cannot hold at all becomes a question mark. */
    static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '<' -> result.append("&lt;");
                                case '>' -> result.append("&gt;");
                                case '&' -> result.append("&amp;");
                                case '"' -> result.append("&quot;");
                                case '\n' -> result.append("&#10;");
                                default -> result.appendCodePoint(isXml(c) ? c : '?');
                            }
                        });
        return result.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
