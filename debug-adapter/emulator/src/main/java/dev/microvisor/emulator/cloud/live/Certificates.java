package dev.microvisor.emulator.cloud.live;

import dev.microvisor.emulator.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Turns certificates and keys as firmware and users have them into what the JDK wants. */
public final class Certificates {
    /** Algorithms of private keys that a PKCS #8 file may hold without saying so outside. */
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private static final char[] NO_PASSWORD = new char[0];

    private Certificates() {}

    /** Reads PEM text or DER, one or more certificates. */
    public static List<X509Certificate> read(Bytes content) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(content.toArray()))) {
            certificates.add((X509Certificate) certificate);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        return certificates;
    }

    /** The authorities that the host's Java trusts. */
    public static List<X509Certificate> ofTheHost() throws GeneralSecurityException {
        TrustManagerFactory standard =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        standard.init((KeyStore) null);
        List<X509Certificate> all = new ArrayList<>();
        for (TrustManager manager : standard.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                all.addAll(List.of(x509.getAcceptedIssuers()));
            }
        }
        return all;
    }

    /** Trusts the host's authorities and some more. */
    public static SSLContext trustingAlso(List<X509Certificate> more) {
        try {
            List<X509Certificate> all = new ArrayList<>(more);
            all.addAll(ofTheHost());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(all).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Trusts these authorities and no others. */
    public static TrustManagerFactory trusting(List<X509Certificate> authorities)
            throws GeneralSecurityException {
        KeyStore store = empty();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority" + i, authorities.get(i));
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** Shows a chain of certificates, with the key of the first one in PKCS #8. */
    public static KeyManagerFactory showing(List<X509Certificate> chain, Bytes key)
            throws GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                "device", privateKey(key), NO_PASSWORD, chain.toArray(new Certificate[0]));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static PrivateKey privateKey(Bytes pkcs8) throws GeneralSecurityException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8.toArray()));
            } catch (InvalidKeySpecException e) {
                // Of another kind: the next one may fit.
            }
        }
        throw new InvalidKeySpecException(
                "the private key is none of " + String.join(", ", KEY_ALGORITHMS) + " in PKCS #8");
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store cannot be read", e);
        }
    }
}
