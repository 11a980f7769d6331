package dev.microvisor.analysis.project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads gcc and clang flags from one command; used once per command. */
final class FlagParser {
    /** Response files inside response files, and so on. */
    private static final int MAX_RESPONSE_FILES = 32;

    private static final long MAX_RESPONSE_BYTES = 4 << 20;

    /** Programs that are given the compiler's command line. */
    private static final Pattern WRAPPER =
            Pattern.compile("(.*[/\\\\])?(ccache|sccache|distcc|icecc)(\\.exe)?");

    private final CompileCommand command;
    private final Deque<String> words;
    private final List<Path> quote = new ArrayList<>();
    private final List<Path> includes = new ArrayList<>();
    private final List<Path> system = new ArrayList<>();
    private final List<Path> after = new ArrayList<>();
    private final List<Path> forced = new ArrayList<>();
    private final Map<String, String> macros = new LinkedHashMap<>();
    private boolean cpp;
    private boolean shortEnums = true;
    private int responseFiles;

    FlagParser(CompileCommand command) {
        this.command = command;
        this.words = new ArrayDeque<>(command.arguments());
    }

    CompilerFlags parse() {
        cpp = SourceFiles.isCpp(command.file());
        String compiler = words.isEmpty() ? "" : words.poll();
        if (WRAPPER.matcher(compiler).matches() && !words.isEmpty()) {
            compiler = words.poll();
        }
        if (compiler.endsWith("++") || compiler.endsWith("++.exe")) {
            cpp = true;
        }
        while (!words.isEmpty()) {
            read(words.poll());
        }
        system.addAll(after);
        return new CompilerFlags(quote, includes, system, forced, macros, cpp, shortEnums);
    }

    private void read(String word) {
        if (word.startsWith("@") && word.length() > 1) {
            expand(word.substring(1));
        } else if (word.equals("-isystem") || word.equals("-cxx-isystem")) {
            folder(system, words.poll());
        } else if (word.startsWith("-isystem")) {
            folder(system, word.substring("-isystem".length()));
        } else if (word.equals("-iquote")) {
            folder(quote, words.poll());
        } else if (word.startsWith("-iquote")) {
            folder(quote, word.substring("-iquote".length()));
        } else if (word.equals("-idirafter")) {
            folder(after, words.poll());
        } else if (word.startsWith("-idirafter")) {
            folder(after, word.substring("-idirafter".length()));
        } else if (word.startsWith("-Wp,")) {
            List<String> more = List.of(word.substring("-Wp,".length()).split(","));
            for (int i = more.size() - 1; i >= 0; i--) {
                words.push(more.get(i));
            }
        } else if (word.equals("-Xpreprocessor")) {
            return; // What follows is read as if it stood alone.
        } else if (word.equals("-include") || word.equals("-imacros")) {
            folder(forced, words.poll());
        } else if (word.equals("-I") || word.equals("--include-directory")) {
            folder(includes, words.poll());
        } else if (word.startsWith("--include-directory=")) {
            folder(includes, word.substring("--include-directory=".length()));
        } else if (word.startsWith("-I")) {
            folder(includes, word.substring(2));
        } else if (word.startsWith("/I") && word.length() > 2 && word.indexOf('/', 1) < 0) {
            folder(includes, word.substring(2));
        } else if (word.equals("-D")) {
            define(words.poll());
        } else if (word.startsWith("-D")) {
            define(word.substring(2));
        } else if (word.equals("-U")) {
            undefine(words.poll());
        } else if (word.startsWith("-U")) {
            undefine(word.substring(2));
        } else if (word.equals("-x")) {
            language(words.poll());
        } else if (word.startsWith("-x")) {
            language(word.substring(2));
        } else if (word.startsWith("-std=")) {
            cpp = word.contains("++") || (cpp && !word.matches("-std=(c|gnu|iso9899).*"));
        } else if (word.equals("-fno-short-enums")) {
            shortEnums = false;
        } else if (word.equals("-fshort-enums")) {
            shortEnums = true;
        } else if (word.equals("-o") || word.matches("-M[FTQ]")) {
            words.poll();
        }
    }

    private void language(String name) {
        cpp = name != null && name.startsWith("c++");
    }

    private void define(String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            macros.put(text, "1");
        } else {
            macros.put(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    private void undefine(String name) {
        if (name != null) {
            macros.put(name, null);
        }
    }

    private void folder(List<Path> to, String text) {
        if (text != null && !text.isEmpty()) {
            path(text).ifPresent(to::add);
        }
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(command.directory().resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private void expand(String name) {
        Optional<Path> file = path(name);
        if (file.isEmpty()
                || ++responseFiles > MAX_RESPONSE_FILES
                || !Files.isRegularFile(file.get())
                || file.get().toFile().length() > MAX_RESPONSE_BYTES) {
            return;
        }
        try {
            List<String> more =
                    ShellWords.split(Files.readString(file.get(), StandardCharsets.UTF_8));
            for (int i = more.size() - 1; i >= 0; i--) {
                words.push(more.get(i));
            }
        } catch (IOException e) {
            // As with any flag that cannot be used: the other flags still count.
            return;
        }
    }
}
