package dev.microvisor.symbols.frame;

import java.util.Map;
import java.util.TreeMap;

/**
 * The rules that hold at one address.
 *
 * @param cfa how to compute the canonical frame address; null when nothing defined it
 * @param registers by DWARF number; a register that is absent keeps its value
 */
record CfaRow(CfaRule cfa, Map<Integer, CfaRule> registers, int returnRegister) {
    CfaRow {
        registers = Map.copyOf(new TreeMap<>(registers));
    }
}
