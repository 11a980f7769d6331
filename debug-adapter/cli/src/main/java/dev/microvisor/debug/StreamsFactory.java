package dev.microvisor.debug;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands that need the process's streams; leaves the others to picocli. */
final class StreamsFactory implements IFactory {
    private final Main.Streams streams;
    private final Interruption interruption;

    StreamsFactory(Main.Streams streams, Interruption interruption) {
        this.streams = streams;
        this.interruption = interruption;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == RunCommand.class) {
            return type.cast(new RunCommand(streams, interruption));
        }
        if (type == DapCommand.class) {
            return type.cast(new DapCommand(streams));
        }
        if (type == CloudCommand.class) {
            return type.cast(new CloudCommand(streams, interruption));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
