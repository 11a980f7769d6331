package dev.microvisor.emulator.kernel.mqtt;

import dev.microvisor.emulator.api.MqttLostReason;
import dev.microvisor.emulator.api.Status;
import dev.microvisor.emulator.bytes.Bytes;
import dev.microvisor.emulator.cloud.mqtt.MqttReply;
import dev.microvisor.emulator.kernel.call.GuestMemory;
import dev.microvisor.emulator.kernel.call.GuestStruct;
import dev.microvisor.emulator.kernel.call.Host;
import dev.microvisor.emulator.kernel.call.HostCall;
import dev.microvisor.emulator.kernel.call.Words;
import java.util.Optional;

/** {@code mvMqttReceiveLostMessageInfo}: tells of a message that the receive buffer cannot hold. */
public final class MqttReceiveLostMessageInfo implements HostCall<MqttReceiveLostMessageInfo.Args> {
    /** Arguments by the header's names. */
    public record Args(int handle, int lostMessageInfo) {}

    @Override
    public Args decode(Words words) {
        return new Args(words.word(0), words.word(1));
    }

    @Override
    public Status handle(Args args, Host host) {
        Optional<GuestStruct> target =
                host.memory().struct("MvMqttLostMessageInfo", args.lostMessageInfo());
        if (target.isEmpty()) {
            return Status.PARAMETERFAULT;
        }
        return MqttTraffic.read(
                host,
                args.handle(),
                MqttReply.Lost.class,
                reply -> write(host, target.get(), reply));
    }

    private static Status write(Host host, GuestStruct target, MqttReply.Lost reply) {
        GuestMemory memory = host.memory();
        StringTarget topic = new StringTarget(memory, target.nested("topic"));
        Bytes topicBytes = Bytes.utf8(reply.topic());
        if (!topic.holds(topicBytes)) {
            return Status.INVALIDBUFFERSIZE;
        }
        int reason = target.word("reason");
        int length = target.word("message_len");
        if (!topic.writable() || !memory.writableWord(reason) || !memory.writableWord(length)) {
            return Status.LATEFAULT;
        }
        topic.put(topicBytes);
        memory.putWord(reason, MqttLostReason.DEVICERECEIVEBUFFERTOOSMALL.code());
        memory.putWord(length, reply.messageBytes());
        return Status.OKAY;
    }
}
