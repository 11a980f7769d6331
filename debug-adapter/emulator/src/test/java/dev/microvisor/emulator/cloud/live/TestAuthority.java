package dev.microvisor.emulator.cloud.live;

import dev.microvisor.emulator.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificate authority of tests, with a server on loopback and a device; {@code
 * src/test/resources/tls} says how they were made.
 */
public final class TestAuthority {
    private static final String PASSWORD = "for-tests";

    private TestAuthority() {}

    private static KeyStore store(String name) {
        try (InputStream in = TestAuthority.class.getResourceAsStream("/tls/" + name + ".p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A certificate as DER: {@code ca}, {@code server}, {@code device}, {@code expired-server} or
     * {@code expired-device}.
     */
    public static Bytes certificate(String name) {
        try {
            return Bytes.of(store(name).getCertificate(name).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A private key as PKCS #8. */
    public static Bytes key(String name) {
        try {
            return Bytes.of(store(name).getKey(name, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes {@code ca.pem}, and {@code .pem} and {@code .key} of {@code server} and {@code
     * expired-server}.
     */
    public static void writeFiles(Path folder) throws IOException {
        Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", certificate("ca")));
        for (String name : List.of("server", "expired-server")) {
            Files.writeString(folder.resolve(name + ".pem"), pem("CERTIFICATE", certificate(name)));
            Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key(name)));
        }
    }

    private static String pem(String kind, Bytes content) {
        String base64 =
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.toArray());
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    /** TLS of a server that shows the server's certificate. */
    public static SSLContext serverContext() {
        return serverContext("server");
    }

    /** TLS of a server that shows a certificate. */
    public static SSLContext serverContext(String name) {
        try {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(name), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
