package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.ApiConstant;
import dev.microvisor.emulator.api.MqttAuthenticationMethod;
import dev.microvisor.emulator.api.MqttVersion;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttCommand;
import dev.microvisor.emulator.cloud.mqtt.MqttMessage;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a connect request with all that it points at. */
final class ConnectRequestReader {
    private final GuestStruct struct;
    private final int maxCertificates;

    private Bytes host = Bytes.EMPTY;
    private Bytes clientId = Bytes.EMPTY;
    private Optional<String> username = Optional.empty();
    private Optional<Bytes> password = Optional.empty();
    private final List<Bytes> authorities = new ArrayList<>();
    private final List<Bytes> ownChain = new ArrayList<>();
    private Bytes ownKey = Bytes.EMPTY;
    private Optional<MqttMessage> will = Optional.empty();

    ConnectRequestReader(GuestStruct struct, Host host) {
        this.struct = struct;
        maxCertificates = host.limit("mqtt-certificates");
    }

    /** OKAY, or the first thing that is wrong. */
    Status read() {
        Optional<Bytes> hostName = struct.sizedString("host");
        Optional<Bytes> client = struct.sizedString("clientid");
        if (hostName.isEmpty() || client.isEmpty()) {
            return Status.LATEFAULT;
        }
        host = hostName.get();
        clientId = client.get();
        Status status = readAuthentication(struct.nested("authentication"));
        if (status == Status.OKAY) {
            status = readCertificates();
        }
        if (status == Status.OKAY) {
            status = readWill();
        }
        if (status == Status.OKAY && (host.isEmpty() || clientId.isEmpty())) {
            return Status.REQUIREDELEMENTMISSING;
        }
        return status;
    }

    private Status readAuthentication(GuestStruct authentication) {
        Optional<MqttAuthenticationMethod> method =
                ApiConstant.fromCode(MqttAuthenticationMethod.class, authentication.word("method"));
        if (method.isEmpty()) {
            return Status.INVALIDAUTHENTICATION;
        }
        if (method.get() == MqttAuthenticationMethod.NONE) {
            return Status.OKAY;
        }
        GuestStruct pair = authentication.nested("username_password");
        Optional<Bytes> name = pair.sizedString("username");
        Optional<Bytes> secret = pair.sizedString("password");
        if (name.isEmpty() || secret.isEmpty()) {
            return Status.LATEFAULT;
        }
        // A password without a name is the one contradiction that the structure can hold.
        if (name.get().isEmpty()) {
            return Status.INVALIDAUTHENTICATION;
        }
        username = Optional.of(name.get().text());
        password = secret;
        return Status.OKAY;
    }

    private Status readCertificates() {
        if (struct.word("tls_credentials") == 0) {
            return Status.OKAY;
        }
        Optional<List<GuestStruct>> credentials = struct.array("tls_credentials", 1);
        if (credentials.isEmpty()) {
            return Status.LATEFAULT;
        }
        GuestStruct own = credentials.get().get(0).nested("clientcert");
        Status status = readChain(credentials.get().get(0).nested("cacert"), authorities);
        if (status == Status.OKAY) {
            status = readChain(own.nested("chain"), ownChain);
        }
        if (status != Status.OKAY) {
            return status;
        }
        Optional<Bytes> key = own.sizedString("key");
        if (key.isEmpty()) {
            return Status.LATEFAULT;
        }
        ownKey = key.get();
        return !ownChain.isEmpty() && ownKey.isEmpty()
                ? Status.REQUIREDELEMENTMISSING
                : Status.OKAY;
    }

    private Status readChain(GuestStruct chain, List<Bytes> target) {
        int count = chain.word("num_certs");
        if (Integer.compareUnsigned(count, maxCertificates) > 0) {
            return Status.TOOMANYELEMENTS;
        }
        Optional<List<Bytes>> certificates = SizedStrings.read(chain, "certs", count);
        if (certificates.isEmpty()) {
            return Status.LATEFAULT;
        }
        target.addAll(certificates.get());
        return Status.OKAY;
    }

    private Status readWill() {
        if (struct.word("will") == 0) {
            return Status.OKAY;
        }
        Optional<List<GuestStruct>> wills = struct.array("will", 1);
        if (wills.isEmpty()) {
            return Status.LATEFAULT;
        }
        GuestStruct given = wills.get().get(0);
        Optional<Bytes> topic = given.sizedString("topic");
        Optional<Bytes> payload = given.sizedString("payload");
        if (topic.isEmpty() || payload.isEmpty()) {
            return Status.LATEFAULT;
        }
        if (topic.get().isEmpty() || payload.get().isEmpty()) {
            return Status.REQUIREDELEMENTMISSING;
        }
        will =
                Optional.of(
                        new MqttMessage(
                                topic.get().text(),
                                payload.get(),
                                given.word("qos"),
                                given.word("retain") != 0));
        return Status.OKAY;
    }

    /** What was read; only after {@link #read()} has answered OKAY. */
    MqttCommand.Connect connect() {
        MqttVersion version =
                ApiConstant.fromCode(MqttVersion.class, struct.word("protocol_version"))
                        .orElse(MqttVersion.V5);
        return new MqttCommand.Connect(
                version,
                host.text(),
                struct.word("port"),
                clientId.text(),
                username,
                password,
                authorities,
                ownChain,
                ownKey,
                struct.word("keepalive"),
                struct.word("clean_start") != 0,
                will);
    }
}
