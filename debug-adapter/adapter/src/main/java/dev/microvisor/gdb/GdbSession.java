package dev.microvisor.gdb;

import dev.microvisor.emulator.guest.StopReason;
import dev.microvisor.emulator.machine.Debuggee;
import dev.microvisor.gdb.GuestTasks.GuestTask;
import dev.microvisor.gdb.PacketStream.Command;
import dev.microvisor.gdb.PacketStream.Input;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Logger;

/**
 * One client, from its first packet to its last. The thread that calls {@link #serve} owns the
 * machine; a second one only reads the connection while the machine runs.
 */
final class GdbSession {
    private static final Logger LOG = Logger.getLogger(GdbSession.class.getName());

    /** The reply to what the stub does not know; clients then do without. */
    private static final String UNSUPPORTED = "";

    private static final String OK = "OK";

    private final Debuggee machine;
    private final Optional<TimeTravel> travel;
    private final MonitorCommands monitor;
    private final PacketStream packets;
    private final ClientInput input;
    private final TargetRegisters registers;
    private final StopPoints stopPoints;
    private final Threads threads;
    private StopReason lastStop = new StopReason.Paused();
    private boolean over;

    GdbSession(
            Debuggee machine,
            Optional<TimeTravel> travel,
            MonitorCommands monitor,
            GuestTasks tasks,
            PacketStream packets) {
        this.machine = machine;
        this.travel = travel;
        this.monitor = monitor;
        this.packets = packets;
        this.input = new ClientInput(packets, machine::pause);
        this.registers = new TargetRegisters(machine.registers());
        this.stopPoints = new StopPoints(machine);
        this.threads = new Threads(machine, tasks, stopPoints);
    }

    /** Why a session ended. */
    enum End {
        /** The client has gone or detached: another may come. */
        DETACHED,
        /** The client killed the program. */
        KILLED
    }

    End serve() throws IOException {
        input.start();
        try {
            Optional<Input> next = input.take();
            while (next.isPresent()) {
                if (next.get() instanceof Command command) {
                    if (command.data().startsWith("k") || command.data().startsWith("vKill")) {
                        return End.KILLED;
                    }
                    packets.send(answer(command.data()));
                    if (command.data().equals("QStartNoAckMode")) {
                        packets.acknowledge(false);
                    }
                    if (over) {
                        return End.DETACHED;
                    }
                }
                next = input.take();
            }
            return End.DETACHED;
        } finally {
            stopPoints.clear();
        }
    }

    private String answer(String command) {
        try {
            return switch (command.isEmpty() ? ' ' : command.charAt(0)) {
                case '?' -> stopReply();
                case 'g' -> readRegisters();
                case 'G' -> {
                    refuseWaiting();
                    registers.writeAll(command.substring(1));
                    yield OK;
                }
                case 'p' -> readRegister((int) Hex.number(command.substring(1)));
                case 'P' -> writeRegister(command.substring(1));
                case 'm' -> readMemory(command.substring(1));
                case 'M', 'X' -> writeMemory(command);
                case 'c' -> resume(OptionalInt.empty());
                case 's' -> resume(OptionalInt.of(threads.onCore()));
                case 'b' -> reverse(command);
                case 'v' -> verbose(command);
                case 'q', 'Q' -> query(command);
                case 'Z' -> stopPoints.insert(command.substring(1)) ? OK : UNSUPPORTED;
                case 'z' -> stopPoints.remove(command.substring(1)) ? OK : UNSUPPORTED;
                case 'H' -> threads.choose(command.substring(1)) ? OK : "E01";
                case 'T' -> threads.isAlive(command.substring(1)) ? OK : "E01";
                case 'D' -> {
                    over = true;
                    yield OK;
                }
                default -> UNSUPPORTED;
            };
        } catch (BadCommandException e) {
            LOG.fine(() -> "gdb sent " + command + ": " + e.getMessage());
            return "E01";
        }
    }

    private String stopReply() {
        return StopReply.of(lastStop, registers, threads.current());
    }

    private String readRegister(int number) throws BadCommandException {
        Optional<GuestTask> waiting = threads.waiting();
        return waiting.isPresent()
                ? registers.read(number, waiting.get().saved())
                : registers.read(number);
    }

    private String readRegisters() {
        return threads.waiting()
                .map(task -> registers.readAll(task.saved()))
                .orElseGet(registers::readAll);
    }

    private void refuseWaiting() throws BadCommandException {
        if (threads.waiting().isPresent()) {
            throw new BadCommandException("registers of a task that waits are not written");
        }
    }

    private String writeRegister(String arguments) throws BadCommandException {
        int equals = arguments.indexOf('=');
        if (equals < 0) {
            throw new BadCommandException("P without =");
        }
        refuseWaiting();
        registers.write(
                (int) Hex.number(arguments.substring(0, equals)), arguments.substring(equals + 1));
        return OK;
    }

    private String readMemory(String arguments) throws BadCommandException {
        AddressRange range = AddressRange.parse(arguments);
        int most = PacketStream.MAX_PACKET_BYTES / 2 - 4;
        byte[] bytes = machine.peek(range.address(), Math.min(range.size(), most));
        return bytes.length == 0 && range.size() > 0 ? "E14" : Hex.bytes(bytes);
    }

    private String writeMemory(String command) throws BadCommandException {
        int colon = command.indexOf(':');
        if (colon < 0) {
            throw new BadCommandException("no colon");
        }
        AddressRange range = AddressRange.parse(command.substring(1, colon));
        String data = command.substring(colon + 1);
        byte[] bytes =
                command.charAt(0) == 'M'
                        ? Hex.bytes(data)
                        : data.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        if (bytes.length != range.size()) {
            throw new BadCommandException("length and data differ");
        }
        return bytes.length == 0 || machine.poke(range.address(), bytes) ? OK : "E14";
    }

    private String verbose(String command) throws BadCommandException {
        if (command.equals("vCont?")) {
            return "vCont;c;C;s;S";
        }
        if (command.startsWith("vCont;") && command.length() > "vCont;".length()) {
            String actions = command.substring("vCont;".length());
            boolean steps = Character.toLowerCase(actions.charAt(0)) == 's';
            OptionalInt named = Threads.stepped(actions);
            return resume(steps && named.isEmpty() ? OptionalInt.of(threads.onCore()) : named);
        }
        return UNSUPPORTED;
    }

    /**
     * @param stepped the thread that makes a step; empty to go on
     */
    private String resume(OptionalInt stepped) {
        input.running(true);
        try {
            lastStop =
                    stepped.isPresent()
                            ? threads.step(stepped.getAsInt())
                            : machine.run(Long.MAX_VALUE);
        } finally {
            input.running(false);
        }
        return stopReply();
    }

    private String reverse(String command) {
        if (travel.isEmpty() || command.length() != 2) {
            return UNSUPPORTED;
        }
        input.running(true);
        try {
            lastStop =
                    command.equals("bs") ? travel.get().stepBack() : travel.get().reverseContinue();
        } finally {
            input.running(false);
        }
        return lastStop instanceof StopReason.LimitReached ? "T05replaylog:begin;" : stopReply();
    }

    private String query(String command) throws BadCommandException {
        if (command.startsWith("qSupported")) {
            return String.format(
                    "PacketSize=%x;QStartNoAckMode+;qXfer:features:read+;qXfer:memory-map:read+;"
                            + "vContSupported+;swbreak+;hwbreak+%s",
                    PacketStream.MAX_PACKET_BYTES,
                    travel.isPresent() ? ";ReverseStep+;ReverseContinue+" : "");
        }
        if (command.startsWith("qXfer:")) {
            return transfer(command);
        }
        if (command.startsWith("qRcmd,")) {
            String text =
                    new String(
                            Hex.bytes(command.substring("qRcmd,".length())),
                            java.nio.charset.StandardCharsets.UTF_8);
            String result = monitor.run(text.strip());
            return result.isEmpty() ? OK : Hex.text(result.endsWith("\n") ? result : result + "\n");
        }
        return switch (command.split("[:,]", 2)[0].toLowerCase(Locale.ROOT)) {
            case "qc" -> "QC" + threads.current();
            case "qfthreadinfo" -> threads.list();
            case "qsthreadinfo" -> "l";
            case "qattached" -> "1";
            case "qsymbol" -> OK;
            case "qstartnoackmode" -> OK;
            case "qthreadextrainfo" ->
                    threads.describe(command.substring(command.indexOf(',') + 1));
            default -> UNSUPPORTED;
        };
    }

    /** Section "qXfer object read": a part of a document, from an offset, at most a length. */
    private String transfer(String command) throws BadCommandException {
        String[] parts = command.split(":", 5);
        if (parts.length != 5 || !parts[2].equals("read")) {
            return UNSUPPORTED;
        }
        String document;
        if (parts[1].equals("features") && parts[3].equals("target.xml")) {
            document = registers.description();
        } else if (parts[1].equals("memory-map")) {
            document = MemoryMapDocument.TEXT;
        } else {
            return "E00";
        }
        AddressRange range = AddressRange.parse(parts[4]);
        int start = Math.min(range.address(), document.length());
        int end = (int) Math.min((long) start + range.size(), document.length());
        if (start < 0) {
            throw new BadCommandException("negative offset");
        }
        return (end == document.length() ? "l" : "m") + document.substring(start, end);
    }
}
