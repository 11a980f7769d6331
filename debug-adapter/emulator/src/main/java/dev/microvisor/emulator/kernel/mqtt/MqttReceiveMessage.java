package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.GuestMemory;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/**
 * {@code mvMqttReceiveMessage}: takes the next message; a buffer that is too small may be replaced.
 */
public final class MqttReceiveMessage implements HostCall<MqttReceiveMessage.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int messageData) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> target = host.memory().struct("MvMqttMessage", args.messageData());
        if (target.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.read(
                host,
                args.handle(),
                MqttReply.Received.class,
                reply -> write(host, target.get(), reply));
    }

    private static Status write(Host host, GuestStruct target, MqttReply.Received reply) {
        GuestMemory memory = host.memory();
        StringTarget topic = new StringTarget(memory, target.nested("topic"));
        StringTarget payload = new StringTarget(memory, target.nested("payload"));
        Bytes topicBytes = Bytes.utf8(reply.message().topic());
        Bytes payloadBytes = reply.message().payload();
        if (!topic.holds(topicBytes) || !payload.holds(payloadBytes)) {
            return Status.INVALIDBUFFERSIZE;
        }
        int correlation = target.word("correlation_id");
        int qos = target.word("qos");
        int retain = target.word("retain");
        if (!topic.writable()
                || !payload.writable()
                || !memory.writableWord(correlation)
                || !memory.writableWord(qos)
                || !memory.writable(retain, 1)) {
            return Status.LATEFAULT;
        }
        topic.put(topicBytes);
        payload.put(payloadBytes);
        memory.putWord(correlation, reply.correlationId());
        memory.putWord(qos, reply.message().qos());
        memory.putByte(retain, reply.message().retain() ? 1 : 0);
        return Status.OKAY;
    }
}
