package dev.microvisor.cli.filter;

import dev.microvisor.analysis.Finding;
import dev.microvisor.analysis.SourceRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a git work tree that differ from a revision; untracked files differ as a whole. */
public final class ChangedLines {
    private static final Pattern HUNK =
            Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,(\\d+))? @@.*");
    private static final long GIT_TIMEOUT_SECONDS = 60;

    private final Map<Path, List<Span>> spans = new HashMap<>();

    /** 0-based lines, both included. */
    private record Span(int first, int last) {}

    private ChangedLines() {}

    /**
     * Asks git.
     *
     * @throws IOException with git's own words when it cannot tell
     */
    public static ChangedLines since(String revision, Path folder) throws IOException {
        String root = git(folder, "rev-parse", "--show-toplevel").strip();
        Path top = Path.of(root).toRealPath();
        String commit = commit(revision, folder);
        ChangedLines changed = new ChangedLines();
        changed.readDiff(
                top,
                git(
                        top,
                        "-c",
                        "core.quotePath=false",
                        "diff",
                        "--no-color",
                        "--no-ext-diff",
                        "--src-prefix=a/",
                        "--dst-prefix=b/",
                        "--unified=0",
                        commit,
                        "--"));
        String untracked =
                git(top, "ls-files", "--others", "--exclude-standard", "-z", "--full-name");
        for (String name : untracked.split("\0")) {
            if (!name.isEmpty()) {
                changed.add(top.resolve(name), new Span(0, Integer.MAX_VALUE));
            }
        }
        return changed;
    }

    /** A revision that git does not know. */
    public static final class UnknownRevision extends IOException {
        private static final long serialVersionUID = 1L;
        private final String advice;

        UnknownRevision(String message, String advice) {
            super(message);
            this.advice = advice;
        }

        /** What to try. */
        public String advice() {
            return advice;
        }
    }

    private static String commit(String revision, Path folder) throws IOException {
        boolean shallow =
                git(folder, "rev-parse", "--is-shallow-repository").strip().equals("true");
        try {
            // A name that begins with a dash is asked for as a revision, not taken for an option.
            return git(folder, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}")
                    .strip();
        } catch (IOException e) {
            String advice =
                    shallow
                            ? "this clone lacks most of its history: git fetch --unshallow, or"
                                    + " fetch-depth: 0 where a workflow checks it out"
                            : "name a commit, a tag or a branch, such as origin/main";
            throw new UnknownRevision("git knows no commit '" + revision + "' here", advice);
        }
    }

    void readDiff(Path top, String diff) {
        Path file = null;
        for (String line : diff.split("\n")) {
            if (line.startsWith("+++ b/")) {
                // Git ends a name that holds a space with a tab.
                file = top.resolve(line.substring("+++ b/".length()).replaceAll("\t$", ""));
            } else if (line.startsWith("+++ ")) {
                file = null;
            }
            Matcher hunk = HUNK.matcher(line);
            if (file != null && hunk.matches()) {
                int first = Integer.parseInt(hunk.group(1)) - 1;
                int count = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
                if (count > 0) {
                    add(file, new Span(first, first + count - 1));
                }
            }
        }
    }

    private void add(Path file, Span span) {
        spans.computeIfAbsent(file.normalize(), f -> new ArrayList<>()).add(span);
    }

    private static String git(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        process.getOutputStream().close();
        // Read at once: git waits when nobody reads its warnings, of which it may have many.
        CompletableFuture<byte[]> said = read(process.getErrorStream());
        CompletableFuture<byte[]> answer = read(process.getInputStream());
        try {
            byte[] text = answer.get(GIT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            String complaint = new String(said.get(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(complaint.strip().lines().findFirst().orElse("git failed"));
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new IOException("git does not answer", e);
        } catch (ExecutionException e) {
            throw new IOException("git's answer cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking git", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<byte[]> read(InputStream stream) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        Thread reader =
                new Thread(
                        () -> {
                            try (stream) {
                                all.complete(stream.readAllBytes());
                            } catch (IOException e) {
                                all.completeExceptionally(e);
                            }
                        },
                        "git-output");
        reader.setDaemon(true);
        reader.start();
        return all;
    }

    public List<Finding> in(List<Finding> findings) {
        return findings.stream().filter(f -> touches(f.range())).toList();
    }

    private boolean touches(SourceRange range) {
        return spans.getOrDefault(real(range.file()), List.of()).stream()
                .anyMatch(s -> range.startLine() <= s.last() && range.endLine() >= s.first());
    }

    /** Git answers with real paths; the user may have come through a link. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
