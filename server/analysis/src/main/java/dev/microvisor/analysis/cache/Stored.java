package dev.microvisor.analysis.cache;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.Fix;
import dev.microvisor.analysis.Note;
import dev.microvisor.analysis.Problem;
import dev.microvisor.analysis.Severity;
import dev.microvisor.analysis.SourceRange;
import dev.microvisor.analysis.TextEdit;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A result and what it rests on.
 *
 * @param files every file asked for, with what was found there
 */
public record Stored(Map<String, FileState> files, List<Finding> findings, List<Problem> problems) {
    private static final int MAX_COUNT = 1 << 20;

    public Stored {
        files = new LinkedHashMap<>(files);
        findings = List.copyOf(findings);
        problems = List.copyOf(problems);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(files.size());
        for (Map.Entry<String, FileState> file : files.entrySet()) {
            text(out, file.getKey());
            text(out, file.getValue().content());
            text(out, file.getValue().stamp());
        }
        out.writeInt(findings.size());
        for (Finding f : findings) {
            text(out, f.rule());
            text(out, f.severity().name());
            range(out, f.range());
            text(out, f.function());
            text(out, f.message());
            text(out, f.why());
            text(out, f.help());
            out.writeInt(f.path().size());
            for (Note note : f.path()) {
                range(out, note.range());
                text(out, note.message());
            }
            out.writeInt(f.fixes().size());
            for (Fix fix : f.fixes()) {
                text(out, fix.title());
                out.writeBoolean(fix.safe());
                out.writeInt(fix.edits().size());
                for (TextEdit edit : fix.edits()) {
                    range(out, edit.range());
                    text(out, edit.newText());
                }
            }
        }
        out.writeInt(problems.size());
        for (Problem p : problems) {
            text(out, p.where().toString());
            out.writeInt(p.line().orElse(-1));
            text(out, p.what());
            text(out, p.advice());
            out.writeBoolean(p.fatal());
        }
    }

    static Stored read(DataInputStream in) throws IOException {
        Map<String, FileState> files = new LinkedHashMap<>();
        for (int i = count(in); i > 0; i--) {
            files.put(text(in), new FileState(text(in), text(in)));
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            findings.add(
                    new Finding(
                            text(in),
                            Severity.valueOf(text(in)),
                            range(in),
                            text(in),
                            text(in),
                            text(in),
                            text(in),
                            notes(in),
                            fixes(in)));
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            Path where = Path.of(text(in));
            int line = in.readInt();
            problems.add(
                    new Problem(
                            where,
                            line < 0 ? Optional.empty() : Optional.of(line),
                            text(in),
                            text(in),
                            in.readBoolean()));
        }
        return new Stored(files, findings, problems);
    }

    private static List<Note> notes(DataInputStream in) throws IOException {
        List<Note> notes = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            notes.add(new Note(range(in), text(in)));
        }
        return notes;
    }

    private static List<Fix> fixes(DataInputStream in) throws IOException {
        List<Fix> fixes = new ArrayList<>();
        for (int i = count(in); i > 0; i--) {
            String title = text(in);
            boolean safe = in.readBoolean();
            List<TextEdit> edits = new ArrayList<>();
            for (int k = count(in); k > 0; k--) {
                edits.add(new TextEdit(range(in), text(in)));
            }
            fixes.add(new Fix(title, safe, edits));
        }
        return fixes;
    }

    private static void range(DataOutputStream out, SourceRange range) throws IOException {
        text(out, range.file().toString());
        out.writeInt(range.startLine());
        out.writeInt(range.startColumn());
        out.writeInt(range.endLine());
        out.writeInt(range.endColumn());
    }

    private static SourceRange range(DataInputStream in) throws IOException {
        return new SourceRange(
                Path.of(text(in)), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(count(in)), StandardCharsets.UTF_8);
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_COUNT) {
            throw new IOException("a length of " + count + " cannot be");
        }
        return count;
    }
}
