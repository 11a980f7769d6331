package dev.microvisor.symbols.line;

import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;

/** Runs a line number program (DWARF 5 section 6.2) and hands its rows to a table. */
final class LineProgram {
    private final LineHeader header;
    private final LineTable table;
    private final Cursor cursor;
    private final DwarfFile dwarf;

    private long address;
    private int operation;
    private int file;
    private int line;
    private int column;
    private boolean statement;
    private boolean prologueEnd;
    private boolean epilogueBegin;
    private long discriminator;

    /** Whether the present line has been cut into blocks, so that its rows repeat it. */
    private boolean isCutIntoBlocks;

    LineProgram(LineHeader header, DwarfFile dwarf, LineTable table) {
        this.header = header;
        this.table = table;
        this.dwarf = dwarf;
        this.cursor = dwarf.section(".debug_line").cursor(header.start(), header.end());
        reset();
    }

    private void reset() {
        address = 0;
        operation = 0;
        file = 1;
        line = 1;
        column = 0;
        statement = header.defaultIsStatement();
        prologueEnd = false;
        epilogueBegin = false;
        discriminator = 0;
        isCutIntoBlocks = false;
    }

    void run() {
        while (cursor.hasRemaining()) {
            int opcode = cursor.u8();
            if (opcode >= header.opcodeBase()) {
                int adjusted = opcode - header.opcodeBase();
                advance(adjusted / header.lineRange());
                advanceLine(header.lineBase() + adjusted % header.lineRange());
                emit();
            } else if (opcode == 0) {
                extended();
            } else {
                standard(opcode);
            }
        }
        table.finish();
    }

    private void standard(int opcode) {
        switch (opcode) {
            case 1: // DW_LNS_copy
                emit();
                break;
            case 2: // DW_LNS_advance_pc
                advance(cursor.uleb());
                break;
            case 3: // DW_LNS_advance_line
                advanceLine((int) cursor.sleb());
                break;
            case 4: // DW_LNS_set_file
                file = cursor.ulebInt();
                break;
            case 5: // DW_LNS_set_column
                column = cursor.ulebInt();
                break;
            case 6: // DW_LNS_negate_stmt
                statement = !statement;
                break;
            case 7: // DW_LNS_set_basic_block
                break;
            case 8: // DW_LNS_const_add_pc
                advance((255 - header.opcodeBase()) / header.lineRange());
                break;
            case 9: // DW_LNS_fixed_advance_pc
                address += cursor.u16();
                operation = 0;
                break;
            case 10: // DW_LNS_set_prologue_end
                prologueEnd = true;
                break;
            case 11: // DW_LNS_set_epilogue_begin
                epilogueBegin = true;
                break;
            default:
                // The header says how many operands an opcode has that we do not know.
                for (int i = 0; i < header.operandCounts()[opcode]; i++) {
                    cursor.uleb();
                }
                break;
        }
    }

    private void extended() {
        int length = cursor.ulebInt();
        if (length > cursor.remaining()) {
            throw new MalformedException(".debug_line: an opcode is cut off");
        }
        int next = cursor.offset() + length;
        int opcode = length == 0 ? 0 : cursor.u8();
        switch (opcode) {
            case 1: // DW_LNE_end_sequence
                table.endSequence(address & 0xFFFF_FFFFL, dwarf.elf());
                reset();
                break;
            case 2: // DW_LNE_set_address
                address = cursor.unsigned(length - 1);
                operation = 0;
                break;
            case 4: // DW_LNE_set_discriminator
                discriminator = cursor.uleb();
                isCutIntoBlocks |= discriminator != 0;
                break;
            default: // DW_LNE_define_file and what others added
                break;
        }
        cursor.seek(next);
    }

    private void advance(long operations) {
        if (header.operationsPerInstruction() == 1) {
            address += operations * header.minimumInstruction();
            return;
        }
        long total = operation + operations;
        address += header.minimumInstruction() * (total / header.operationsPerInstruction());
        operation = (int) (total % header.operationsPerInstruction());
    }

    private void advanceLine(int delta) {
        line += delta;
        if (delta != 0) {
            isCutIntoBlocks = discriminator != 0;
        }
    }

    private void emit() {
        int flags =
                (statement ? LineTable.STATEMENT : 0)
                        | (prologueEnd ? LineTable.PROLOGUE_END : 0)
                        | (epilogueBegin ? LineTable.EPILOGUE_BEGIN : 0);
        if (!isCutIntoBlocks || !table.endsWith(file, line)) {
            table.add((int) address, file, line, column, flags);
        }
        discriminator = 0;
        prologueEnd = false;
        epilogueBegin = false;
    }
}
