package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Runs call frame instructions (DWARF 5 section 6.4.2) up to an address. */
final class CallFrameProgram {
    private static final int MAX_REMEMBERED = 64;

    private final CallFrameTable.Common common;
    private final long wanted;
    private final Deque<State> remembered = new ArrayDeque<>();
    private long address;
    private CfaRule cfa;
    private Map<Integer, CfaRule> registers = new HashMap<>();
    private Map<Integer, CfaRule> initial = Map.of();

    private record State(CfaRule cfa, Map<Integer, CfaRule> registers) {}

    private CallFrameProgram(CallFrameTable.Entry entry, long wanted) {
        this.common = entry.common();
        this.wanted = wanted;
        this.address = entry.start();
    }

    static CfaRow rowAt(CallFrameTable.Entry entry, long wanted) {
        CallFrameProgram program = new CallFrameProgram(entry, wanted);
        program.run(entry.common().instructions());
        program.initial = Map.copyOf(program.registers);
        program.run(entry.instructions());
        return new CfaRow(program.cfa, program.registers, entry.common().returnRegister());
    }

    private void run(Slice instructions) {
        Cursor cursor = instructions.cursor(0);
        while (cursor.hasRemaining() && address <= wanted) {
            int op = cursor.u8();
            int operand = op & 0x3F;
            switch (op & 0xC0) {
                case 0x40: // DW_CFA_advance_loc
                    if (!advance(operand)) {
                        return;
                    }
                    break;
                case 0x80: // DW_CFA_offset
                    registers.put(operand, CfaRule.offset(cursor.uleb() * common.dataAlignment()));
                    break;
                case 0xC0: // DW_CFA_restore
                    restore(operand);
                    break;
                default:
                    if (op >= 0x02 && op <= 0x04) {
                        if (!advance(cursor.unsigned(1 << (op - 2)))) {
                            return;
                        }
                    } else if (op == 0x01) { // DW_CFA_set_loc
                        long to = cursor.u32();
                        if (to > wanted) {
                            return;
                        }
                        address = to;
                    } else {
                        extended(op, cursor);
                    }
                    break;
            }
        }
    }

    /** False when the wanted address lies before the next row. */
    private boolean advance(long delta) {
        long next = address + delta * common.codeAlignment();
        if (next > wanted) {
            return false;
        }
        address = next;
        return true;
    }

    private void restore(int register) {
        CfaRule rule = initial.get(register);
        if (rule == null) {
            registers.remove(register);
        } else {
            registers.put(register, rule);
        }
    }

    private void extended(int op, Cursor cursor) {
        long factor = common.dataAlignment();
        switch (op) {
            case 0x00: // DW_CFA_nop
                break;
            case 0x05: // DW_CFA_offset_extended
                registers.put(cursor.ulebInt(), CfaRule.offset(cursor.uleb() * factor));
                break;
            case 0x06: // DW_CFA_restore_extended
                restore(cursor.ulebInt());
                break;
            case 0x07: // DW_CFA_undefined
                registers.put(cursor.ulebInt(), CfaRule.UNDEFINED);
                break;
            case 0x08: // DW_CFA_same_value
                registers.put(cursor.ulebInt(), CfaRule.SAME_VALUE);
                break;
            case 0x09: // DW_CFA_register
                registers.put(cursor.ulebInt(), CfaRule.register(cursor.ulebInt(), 0));
                break;
            case 0x0A: // DW_CFA_remember_state
                if (remembered.size() >= MAX_REMEMBERED) {
                    throw new MalformedException(cursor.name() + ": too many remembered states");
                }
                remembered.push(new State(cfa, Map.copyOf(registers)));
                break;
            case 0x0B: // DW_CFA_restore_state
                if (remembered.isEmpty()) {
                    throw new MalformedException(cursor.name() + ": no remembered state");
                }
                State state = remembered.pop();
                cfa = state.cfa();
                registers = new HashMap<>(state.registers());
                break;
            case 0x0C: // DW_CFA_def_cfa
                cfa = CfaRule.register(cursor.ulebInt(), cursor.uleb());
                break;
            case 0x0D: // DW_CFA_def_cfa_register
                cfa = CfaRule.register(cursor.ulebInt(), offsetOfCfa());
                break;
            case 0x0E: // DW_CFA_def_cfa_offset
                cfa = CfaRule.register(registerOfCfa(), cursor.uleb());
                break;
            case 0x0F: // DW_CFA_def_cfa_expression
                cfa = CfaRule.valueExpression(block(cursor));
                break;
            case 0x10: // DW_CFA_expression
                registers.put(cursor.ulebInt(), CfaRule.expression(block(cursor)));
                break;
            case 0x11: // DW_CFA_offset_extended_sf
                registers.put(cursor.ulebInt(), CfaRule.offset(cursor.sleb() * factor));
                break;
            case 0x12: // DW_CFA_def_cfa_sf
                cfa = CfaRule.register(cursor.ulebInt(), cursor.sleb() * factor);
                break;
            case 0x13: // DW_CFA_def_cfa_offset_sf
                cfa = CfaRule.register(registerOfCfa(), cursor.sleb() * factor);
                break;
            case 0x14: // DW_CFA_val_offset
                registers.put(cursor.ulebInt(), CfaRule.valueOffset(cursor.uleb() * factor));
                break;
            case 0x15: // DW_CFA_val_offset_sf
                registers.put(cursor.ulebInt(), CfaRule.valueOffset(cursor.sleb() * factor));
                break;
            case 0x16: // DW_CFA_val_expression
                registers.put(cursor.ulebInt(), CfaRule.valueExpression(block(cursor)));
                break;
            case 0x2E: // DW_CFA_GNU_args_size
                cursor.uleb();
                break;
            case 0x2F: // DW_CFA_GNU_negative_offset_extended
                registers.put(cursor.ulebInt(), CfaRule.offset(-cursor.uleb() * factor));
                break;
            default:
                throw new MalformedException(
                        String.format("%s: unknown frame instruction 0x%02x", cursor.name(), op));
        }
    }

    private static Slice block(Cursor cursor) {
        return Slice.of(cursor.bytes(cursor.ulebInt()), "frame expression");
    }

    private long offsetOfCfa() {
        return cfa == null ? 0 : cfa.offset();
    }

    private int registerOfCfa() {
        return cfa == null ? 0 : cfa.register();
    }
}
