package dev.microvisor.cli.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element of an XML report in the making. */
final class XmlElement {
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private String text = "";

    XmlElement(String name) {
        this.name = name;
    }

    XmlElement with(String attribute, Object value) {
        attributes.put(attribute, value.toString());
        return this;
    }

    XmlElement text(String content) {
        text = content;
        return this;
    }

    XmlElement add(XmlElement child) {
        children.add(child);
        return this;
    }

    /** Writes a document with this element as its root. */
    void writeDocument(PrintWriter out) {
        out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        write(out, "");
    }

    private void write(PrintWriter out, String indent) {
        out.print(indent + "<" + name);
        attributes.forEach((key, value) -> out.print(" " + key + "=\"" + escape(value) + "\""));
        if (children.isEmpty() && text.isEmpty()) {
            out.println("/>");
            return;
        }
        out.print(">" + escape(text));
        if (!children.isEmpty()) {
            out.println();
            children.forEach(child -> child.write(out, indent + "  "));
            out.print(indent);
        }
        out.println("</" + name + ">");
    }

    /** XML 1.0 has no way at all to write most control characters. */
    private static String escape(String raw) {
        StringBuilder escaped = new StringBuilder();
        raw.codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '&' -> escaped.append("&amp;");
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '"' -> escaped.append("&quot;");
                                case '\n' -> escaped.append("&#10;");
                                case '\t' -> escaped.append("&#9;");
                                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
                            }
                        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x1_0000 && c <= 0x10_FFFF);
    }
}
