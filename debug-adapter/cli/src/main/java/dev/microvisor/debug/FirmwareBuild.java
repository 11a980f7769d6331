package dev.microvisor.debug;

import com.google.gson.JsonObject;
import dev.microvisor.dap.firmware.CannotRun;
import dev.microvisor.debug.run.IoProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build that the local cloud is told of with {@code --app}. The vendor's command line made and
 * uploaded bundles; here an app is only a name for a file, so its manifest says no more than that.
 *
 * @param name unique name of the app
 * @param hash {@code sha256:} and the digest of the file
 * @param manifest base64, as the REST API hands it out: JSON with {@code file}, {@code size},
 *     {@code hash}
 */
record FirmwareBuild(String name, String hash, String manifest) {
    /** A file larger than this is no firmware for a flash of one MiB, even with its symbols. */
    private static final long MAX_BYTES = 256L << 20;

    private static final Pattern SPEC = Pattern.compile("(?:([\\w.-]{1,100})=)?(.+)");

    /**
     * @param text {@code [NAME=]FILE}
     */
    static FirmwareBuild read(String text) throws CannotRun {
        Matcher spec = SPEC.matcher(text);
        if (!spec.matches()) {
            throw new CannotRun("--app " + text + " is not understood: write [NAME=]FILE");
        }
        Path file = Path.of(spec.group(2));
        try {
            if (Files.isDirectory(file)) {
                throw new CannotRun("--app " + file + " is a folder: give the firmware's file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new CannotRun("--app " + file + " is larger than any firmware");
            }
            byte[] bytes = Files.readAllBytes(file);
            String fileName = file.getFileName().toString();
            String hash = "sha256:" + sha256(bytes);
            JsonObject manifest = new JsonObject();
            manifest.addProperty("file", fileName);
            manifest.addProperty("size", bytes.length);
            manifest.addProperty("hash", hash);
            String name =
                    spec.group(1) == null ? fileName.replaceFirst("\\.elf$", "") : spec.group(1);
            return new FirmwareBuild(
                    name,
                    hash,
                    Base64.getEncoder()
                            .encodeToString(manifest.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new CannotRun("--app " + file + " cannot be read: " + IoProblem.of(e));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
