package dev.microvisor.dap.request;

import dev.microvisor.dap.firmware.SourcePaths;
import dev.microvisor.dap.session.ClientSettings;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.Session;
import dev.microvisor.symbols.line.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.lsp4j.debug.Checksum;
import org.eclipse.lsp4j.debug.ChecksumAlgorithm;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourcePresentationHint;

/** Source files as the protocol writes them. */
final class Sources {
    private Sources() {}

    /** A recorded file for the client; a file that is not on this machine says so. */
    static Source of(SourceFile file, SourcePaths paths, ClientSettings settings) {
        Source source = new Source();
        source.setName(file.name());
        Optional<Path> here = paths.locate(file.path());
        String path = paths.display(file.path());
        source.setPath(
                settings.uriPaths() && here.isPresent() ? here.get().toUri().toString() : path);
        file.md5()
                .ifPresent(
                        md5 -> {
                            Checksum checksum = new Checksum();
                            checksum.setAlgorithm(ChecksumAlgorithm.MD5);
                            checksum.setChecksum(md5);
                            source.setChecksums(new Checksum[] {checksum});
                        });
        if (here.isEmpty()) {
            source.setOrigin(
                    "not found on this machine: set \"sourceMap\" in the launch configuration");
            source.setPresentationHint(SourcePresentationHint.DEEMPHASIZE);
        }
        return source;
    }

    /** Says once for each file that it is not the one that the firmware was built from. */
    static void warnIfChanged(SourceFile file, Session session) {
        Debugged debugged = session.debugged();
        Optional<String> problem = debugged.target().sourceCheck().problemOf(file);
        if (problem.isPresent() && debugged.isNewsOf(file.path())) {
            session.client().output("important", "warning: " + problem.get(), Optional.empty());
        }
    }

    /** The path that a client means. */
    static String pathOf(Source source, ClientSettings settings) {
        String path = source.getPath() == null ? "" : source.getPath();
        if (settings.uriPaths() && path.startsWith("file:")) {
            try {
                return Path.of(URI.create(path)).toString();
            } catch (IllegalArgumentException e) {
                return path; // Not a file of this machine; compared by its last parts.
            }
        }
        return path;
    }
}
