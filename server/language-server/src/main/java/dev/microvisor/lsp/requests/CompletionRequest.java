package dev.microvisor.lsp.requests;

import dev.microvisor.analysis.text.SourceText;
import dev.microvisor.catalog.Catalog;
import dev.microvisor.catalog.Reference;
import dev.microvisor.catalog.StatusCase;
import dev.microvisor.catalog.StructType;
import dev.microvisor.catalog.SystemCall;
import dev.microvisor.lsp.document.CodeScan;
import dev.microvisor.lsp.document.Document;
import dev.microvisor.lsp.document.Documents;
import dev.microvisor.lsp.document.Initialiser;
import dev.microvisor.lsp.document.Places;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.InsertTextMode;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code textDocument/completion}, only where the contract knows more than clangd: the statuses
 * that this very call can return, the fields of a parameter structure, and a structure filled in
 * with its version. Never a plain name, which clangd would offer a second time.
 */
public final class CompletionRequest {
    private static final String STATUS_PREFIX = "MV_STATUS_";
    private static final Pattern DESIGNATOR = Pattern.compile("\\.\\s*(\\w+)\\s*=");
    private static final Pattern NEW_STRUCT =
            Pattern.compile("(?:struct\\s+)?(Mv\\w+)\\s+\\w+\\s*=\\s*$");

    private final Documents documents;
    private final Places places;
    private final Catalog catalog;
    private final Reference reference;
    private volatile boolean snippets;
    private volatile boolean indents;

    public CompletionRequest(Documents documents, Places places, Catalog catalog) {
        this.documents = documents;
        this.places = places;
        this.catalog = catalog;
        this.reference = new Reference(catalog);
    }

    /** Whether the client understands places to fill in. */
    public void setSnippets(boolean snippets) {
        this.snippets = snippets;
    }

    /**
     * Whether the client can be told to indent what it inserts. Those that take snippets do so
     * without being told, so that an indented one would be indented twice.
     */
    public void setIndents(boolean indents) {
        this.indents = indents;
    }

    public List<CompletionItem> answer(CompletionParams params) {
        Optional<Document> document = documents.get(params.getTextDocument().getUri());
        if (document.isEmpty()) {
            return List.of();
        }
        SourceText text = document.get().text();
        int cursor = places.offset(text, params.getPosition());
        String content = text.content();
        if (!CodeScan.isCode(content, cursor)) {
            return List.of();
        }
        int start = wordStart(content, cursor);
        Optional<SystemCall> tested =
                ComparedCall.callBefore(content, start).flatMap(catalog::call);
        if (tested.isPresent()) {
            return statuses(tested.get(), text, start, cursor);
        }
        Matcher struct = NEW_STRUCT.matcher(content.substring(Math.max(0, start - 200), start));
        if (struct.find()) {
            return catalog.struct(struct.group(1))
                    .map(s -> List.of(filled(s, text, start, cursor)))
                    .orElse(List.of());
        }
        return fields(text, start, cursor);
    }

    private static int wordStart(String content, int cursor) {
        int start = cursor;
        while (start > 0 && Character.isJavaIdentifierPart(content.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** OKAY and the documented errors, in the order in which Microvisor checks them. */
    private List<CompletionItem> statuses(SystemCall call, SourceText text, int start, int cursor) {
        List<StatusCase> cases = new ArrayList<>();
        cases.add(new StatusCase(STATUS_PREFIX + "OKAY", "The call did its work.", true));
        cases.addAll(call.statuses());
        List<CompletionItem> items = new ArrayList<>();
        for (StatusCase status : cases) {
            CompletionItem item = new CompletionItem(status.status());
            item.setKind(CompletionItemKind.EnumMember);
            item.setDetail("returned by " + call.name());
            item.setDocumentation(markdown(status.when()));
            item.setSortText("%02d".formatted(items.size()));
            insert(item, status.status(), text, start, cursor);
            items.add(item);
        }
        return items;
    }

    /** The fields that the innermost braces of an initialiser still lack. */
    private List<CompletionItem> fields(SourceText text, int start, int cursor) {
        String content = text.content();
        int from = start;
        while (from > 0 && Character.isWhitespace(content.charAt(from - 1))) {
            from--;
        }
        char before = from == 0 ? ' ' : content.charAt(from - 1);
        boolean dotted = before == '.' && from == start;
        int place = dotted ? from - 1 : start;
        if (!dotted && before != '{' && before != ',') {
            return List.of();
        }
        Optional<Initialiser> around = Initialiser.around(content, place);
        Optional<StructType> struct = around.flatMap(Initialiser::struct).flatMap(catalog::struct);
        if (struct.isEmpty()) {
            return List.of();
        }
        Set<String> present = new LinkedHashSet<>();
        Matcher used = DESIGNATOR.matcher(content).region(around.get().open(), place);
        while (used.find()) {
            present.add(used.group(1));
        }
        List<CompletionItem> items = new ArrayList<>();
        for (String name : members(struct.get(), around.get().path())) {
            if (!present.contains(name)) {
                items.add(field(struct.get(), around.get().path(), name, text, place, cursor));
            }
        }
        return items;
    }

    private static Set<String> members(StructType struct, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        return struct.fields().stream()
                .map(StructType.Field::path)
                .filter(p -> p.startsWith(prefix))
                .map(p -> p.substring(prefix.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private CompletionItem field(
            StructType struct, String path, String name, SourceText text, int start, int cursor) {
        String full = path.isEmpty() ? name : path + "." + name;
        CompletionItem item = new CompletionItem("." + name);
        item.setKind(CompletionItemKind.Field);
        item.setDetail(struct.name() + "." + full);
        reference.of(struct.name() + "." + full).ifPresent(t -> item.setDocumentation(markdown(t)));
        boolean union = struct.fields().stream().anyMatch(f -> f.path().startsWith(full + "."));
        String value = union ? braces(struct, full, indent(text, start)) : valueOf(struct, full, 1);
        insert(item, "." + name + " = " + value, text, start, cursor);
        return item;
    }

    private CompletionItem filled(StructType struct, SourceText text, int start, int cursor) {
        CompletionItem item = new CompletionItem("{ … } all fields of " + struct.name());
        item.setKind(CompletionItemKind.Struct);
        item.setDetail("microvisor");
        item.setFilterText("{");
        // Not the table of fields, for which the list of suggestions has no room: they are
        // inserted.
        item.setDocumentation(markdown(struct.summary()));
        insert(item, braces(struct, "", indent(text, start)), text, start, cursor);
        return item;
    }

    /** An initialiser with every member below {@code path}, one a line. */
    private String braces(StructType struct, String path, String indent) {
        int[] next = {1};
        return braces(struct, path, indent, next);
    }

    private String braces(StructType struct, String path, String indent, int[] next) {
        StringBuilder out = new StringBuilder("{\n");
        for (String name : members(struct, path)) {
            String full = path.isEmpty() ? name : path + "." + name;
            boolean union = struct.fields().stream().anyMatch(f -> f.path().startsWith(full + "."));
            String value =
                    union
                            ? braces(struct, full, indent + "    ", next)
                            : valueOf(struct, full, next[0]++);
            out.append(indent).append("    .").append(name).append(" = ").append(value);
            out.append(",\n");
        }
        return out.append(indent).append('}').toString();
    }

    private String valueOf(StructType struct, String path, int number) {
        String value = struct.versioned() && path.equals("version") ? "1" : "0";
        boolean known = value.equals("1");
        return snippets && !known ? "${" + number + ":" + value + "}" : value;
    }

    /** What each line but the first begins with. */
    private String indent(SourceText text, int offset) {
        if (snippets || indents) {
            return "";
        }
        String line = text.line(text.lineAt(offset));
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private void insert(
            CompletionItem item, String inserted, SourceText text, int start, int cursor) {
        item.setTextEdit(Either.forLeft(new TextEdit(places.range(text, start, cursor), inserted)));
        item.setInsertTextFormat(snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText);
        if (indents) {
            item.setInsertTextMode(InsertTextMode.AdjustIndentation);
        }
        if (item.getFilterText() == null) {
            item.setFilterText(item.getLabel());
        }
    }

    private static MarkupContent markdown(String text) {
        return new MarkupContent(MarkupKind.MARKDOWN, text);
    }
}
