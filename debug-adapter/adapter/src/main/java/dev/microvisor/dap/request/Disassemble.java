package dev.microvisor.dap.request;

import dev.microvisor.dap.firmware.Target;
import dev.microvisor.dap.session.Debugged;
import dev.microvisor.dap.session.RequestFailed;
import dev.microvisor.dap.session.Session;
import dev.microvisor.dap.view.CodeListing;
import dev.microvisor.symbols.line.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.debug.DisassembleArguments;
import org.eclipse.lsp4j.debug.DisassembleResponse;
import org.eclipse.lsp4j.debug.DisassembledInstruction;
import org.eclipse.lsp4j.debug.DisassembledInstructionPresentationHint;

/** {@code disassemble}: instructions with their source lines; also while the firmware runs. */
public final class Disassemble implements Handler<DisassembleArguments, DisassembleResponse> {
    /** More than any view shows. */
    private static final int MAX_INSTRUCTIONS = 10_000;

    private static final int WORD = 4;

    private final Session session;

    public Disassemble(Session session) {
        this.session = session;
    }

    @Override
    public DisassembleResponse handle(DisassembleArguments arguments) {
        Debugged debugged = session.debugged();
        int count = arguments.getInstructionCount();
        int first = arguments.getInstructionOffset() == null ? 0 : arguments.getInstructionOffset();
        if (count < 0 || count > MAX_INSTRUCTIONS || Math.abs((long) first) > MAX_INSTRUCTIONS) {
            throw new RequestFailed(
                    "cannot disassemble "
                            + count
                            + " instructions from number "
                            + first
                            + " on: at most "
                            + MAX_INSTRUCTIONS);
        }
        int address =
                MemoryReference.parse(arguments.getMemoryReference(), arguments.getOffset()) & ~1;
        List<DisassembledInstruction> rows = new ArrayList<>();
        Optional<SourceLine> above = Optional.empty();
        boolean symbols = !Boolean.FALSE.equals(arguments.getResolveSymbols());
        for (CodeListing.Row row : new CodeListing(debugged.target()).rows(address, first, count)) {
            DisassembledInstruction answer = answer(debugged.target(), row, symbols);
            Optional<SourceLine> line = debugged.target().program().lineAt(row.address());
            if (line.isPresent() && (above.isEmpty() || !sameLine(line.get(), above.get()))) {
                answer.setLocation(
                        Sources.of(
                                line.get().file(),
                                debugged.target().sources(),
                                session.settings()));
                answer.setLine(session.settings().lineToClient(line.get().line()));
            }
            above = line;
            rows.add(answer);
        }
        DisassembleResponse response = new DisassembleResponse();
        response.setInstructions(rows.toArray(DisassembledInstruction[]::new));
        return response;
    }

    private static boolean sameLine(SourceLine one, SourceLine other) {
        return one.line() == other.line() && one.file().equals(other.file());
    }

    private static DisassembledInstruction answer(
            Target target, CodeListing.Row row, boolean symbols) {
        DisassembledInstruction answer = new DisassembledInstruction();
        answer.setAddress(MemoryReference.of(row.address()));
        if (row.instruction().isEmpty()) {
            answer.setInstruction("(no memory)");
            answer.setPresentationHint(DisassembledInstructionPresentationHint.INVALID);
            return answer;
        }
        var instruction = row.instruction().get();
        answer.setInstruction(instruction.text() + comment(target, instruction, symbols));
        answer.setInstructionBytes(
                instruction.sizeBytes() == WORD
                        ? String.format(
                                "%04x %04x",
                                instruction.bits() >>> Short.SIZE, instruction.bits() & 0xFFFF)
                        : String.format("%04x", instruction.bits()));
        if (!instruction.valid() && !instruction.mnemonic().equals(".word")) {
            answer.setPresentationHint(DisassembledInstructionPresentationHint.INVALID);
        }
        if (symbols) {
            name(target, row.address()).ifPresent(answer::setSymbol);
        }
        return answer;
    }

    /** Where a branch leads, or what a literal is. */
    private static String comment(
            Target target,
            dev.microvisor.emulator.disassembly.DisassembledInstruction instruction,
            boolean symbols) {
        if (instruction.mnemonic().equals(".word")) {
            int word = Integer.rotateRight(instruction.bits(), Short.SIZE);
            return symbols ? name(target, word).map(n -> "  ; " + n).orElse("") : "";
        }
        if (instruction.target().isEmpty()) {
            return "";
        }
        int to = instruction.target().getAsInt();
        if (!instruction.operands().contains("pc")) {
            return symbols ? name(target, to).map(n -> "  ; " + n).orElse("") : "";
        }
        byte[] bytes = target.machine().peek(to, WORD);
        if (!instruction.mnemonic().startsWith("ldr") || bytes.length < WORD) {
            return String.format("  ; 0x%08x", to);
        }
        int word = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        Optional<String> name = symbols ? name(target, word) : Optional.empty();
        return String.format("  ; 0x%08x", word) + name.map(n -> " " + n).orElse("");
    }

    private static Optional<String> name(Target target, int address) {
        return target.program().describe(Integer.toUnsignedLong(address));
    }
}
