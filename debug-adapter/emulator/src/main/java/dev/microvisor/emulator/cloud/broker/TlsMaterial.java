package dev.microvisor.emulator.cloud.broker;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.live.Certificates;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates and the key of a connect request, as the client library wants them. */
final class TlsMaterial {
    private TlsMaterial() {}

    /**
     * @param more authorities that are trusted besides those that firmware names
     */
    static MqttClientSslConfig config(MqttCommand.Connect connect, List<X509Certificate> more)
            throws GeneralSecurityException {
        List<X509Certificate> authorities =
                chain(connect.certificates(), "a certificate of an authority");
        List<X509Certificate> own = chain(connect.clientCertificates(), "a client certificate");
        // Who names no authority trusts those of the host.
        List<X509Certificate> trusted =
                new ArrayList<>(authorities.isEmpty() ? Certificates.ofTheHost() : authorities);
        trusted.addAll(more);
        MqttClientSslConfigBuilder config =
                MqttClientSslConfig.builder().trustManagerFactory(Certificates.trusting(trusted));
        if (!own.isEmpty()) {
            try {
                config = config.keyManagerFactory(Certificates.showing(own, connect.clientKey()));
            } catch (GeneralSecurityException e) {
                throw new CredentialsException("the key", e);
            }
        }
        return config.build();
    }

    /** Whether the device shows a certificate that is no longer valid. */
    static boolean ownHasExpired(MqttCommand.Connect connect) {
        try {
            for (X509Certificate own : chain(connect.clientCertificates(), "a certificate")) {
                own.checkValidity();
            }
            return false;
        } catch (CertificateExpiredException e) {
            return true;
        } catch (GeneralSecurityException e) {
            return false; // Not yet valid, or none at all: another trouble.
        }
    }

    private static List<X509Certificate> chain(List<Bytes> encoded, String what)
            throws CredentialsException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Bytes certificate : encoded) {
            try {
                chain.addAll(Certificates.read(certificate));
            } catch (GeneralSecurityException e) {
                throw new CredentialsException(what, e);
            }
        }
        return chain;
    }
}
