package dev.microvisor.emulator.disassembly;

import dev.microvisor.emulator.core.Encoding;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** Fills in what {@link SyntaxTable} leaves open, from the fields of one instruction. */
final class Slots {
    private static final String[] CORE = {
        "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "sp", "lr",
        "pc"
    };
    private static final String[] SHIFTS = {"lsl", "lsr", "asr", "ror"};
    private static final String[] PARALLEL = {"s", "q", "sh", "?", "u", "uq", "uh", "?"};
    private static final String[] HALVES = {"bb", "bt", "tb", "tt"};
    private static final String[] TEST_TARGET = {"", "t", "a", "at"};
    private static final String[] DIRECTIONS = {"a", "n", "p", "m"};
    private static final String[] SELECTIONS = {"eq", "vs", "ge", "gt"};
    private static final int PC = 15;

    private static final Map<Integer, String> SPECIAL =
            Map.ofEntries(
                    Map.entry(0, "CPSR"),
                    Map.entry(1, "IAPSR"),
                    Map.entry(2, "EAPSR"),
                    Map.entry(3, "PSR"),
                    Map.entry(5, "IPSR"),
                    Map.entry(6, "EPSR"),
                    Map.entry(7, "IEPSR"),
                    Map.entry(8, "MSP"),
                    Map.entry(9, "PSP"),
                    Map.entry(10, "MSPLIM"),
                    Map.entry(11, "PSPLIM"),
                    Map.entry(16, "PRIMASK"),
                    Map.entry(17, "BASEPRI"),
                    Map.entry(18, "BASEPRI_MAX"),
                    Map.entry(19, "FAULTMASK"),
                    Map.entry(20, "CONTROL"),
                    Map.entry(0x88, "MSP_NS"),
                    Map.entry(0x89, "PSP_NS"),
                    Map.entry(0x8A, "MSPLIM_NS"),
                    Map.entry(0x8B, "PSPLIM_NS"),
                    Map.entry(0x90, "PRIMASK_NS"),
                    Map.entry(0x91, "BASEPRI_NS"),
                    Map.entry(0x93, "FAULTMASK_NS"),
                    Map.entry(0x94, "CONTROL_NS"),
                    Map.entry(0x98, "SP_NS"));

    private static final Map<Integer, String> BARRIERS =
            Map.of(
                    15, "sy", 14, "st", 13, "ld", 11, "ish", 10, "ishst", 9, "ishld", 7, "un", 6,
                    "unst", 3, "osh", 2, "oshst");

    private static final Map<String, Function<Slots, String>> PRINTERS = printers();

    private final Encoding code;
    private final int address;
    private final ItBlock it;
    private OptionalInt target = OptionalInt.empty();

    Slots(Encoding code, int address, ItBlock it) {
        this.code = code;
        this.address = address;
        this.it = it;
    }

    /** What {@link #fill} found the instruction to jump to or to load. */
    OptionalInt target() {
        return target;
    }

    String fill(String syntax) {
        StringBuilder text = new StringBuilder();
        int position = 0;
        while (position < syntax.length()) {
            int open = syntax.indexOf('<', position);
            if (open < 0) {
                return text.append(syntax, position, syntax.length()).toString();
            }
            int close = syntax.indexOf('>', open);
            String slot = syntax.substring(open + 1, close);
            Function<Slots, String> printer = PRINTERS.get(slot);
            if (printer == null) {
                throw new IllegalStateException(code.name() + ": no slot " + slot);
            }
            text.append(syntax, position, open).append(printer.apply(this));
            position = close + 1;
        }
        return text.toString();
    }

    private static Map<String, Function<Slots, String>> printers() {
        Map<String, Function<Slots, String>> slots = new HashMap<>();
        for (String register : new String[] {"d", "n", "m", "a", "e", "t"}) {
            slots.put(register, s -> CORE[s.field(register.charAt(0))]);
        }
        for (String register : new String[] {"d", "n", "m"}) {
            slots.put("S" + register, s -> "s" + s.single(register.charAt(0)));
            slots.put("D" + register, s -> "d" + s.twice(register.charAt(0)));
        }
        slots.put("Sm+1", s -> "s" + (s.single('m') + 1));
        flags(slots);
        immediates(slots);
        memory(slots);
        branches(slots);
        multiplication(slots);
        real(slots);
        return slots;
    }

    private static void flags(Map<String, Function<Slots, String>> slots) {
        slots.put("c", s -> s.it.condition());
        slots.put("S", s -> s.it.isInside() ? s.it.condition() : "s");
        slots.put("s", s -> s.field('s') == 1 ? "s" : "");
        slots.put("cond", s -> ItBlock.name(s.field('c')));
        slots.put("it", s -> new ItBlock(s.field('c') << 4 | s.field('k')).mnemonic());
        slots.put("firstcond", s -> s.field('c') >= 14 ? "al" : ItBlock.name(s.field('c')));
        slots.put("effect", s -> s.field('d') == 1 ? "id" : "ie");
        slots.put("masks", Slots::masks);
        slots.put("hint", s -> s.field('i') == 0 ? "" : " {" + s.field('i') + "}");
        slots.put("special", s -> s.special());
        slots.put("msrBits", s -> s.msrBits());
        slots.put("barrier", s -> BARRIERS.getOrDefault(s.field('i'), "#" + s.field('i')));
        slots.put("tt", s -> TEST_TARGET[s.field('i') >>> 6]);
    }

    private static void immediates(Map<String, Function<Slots, String>> slots) {
        slots.put("i", s -> "" + s.field('i'));
        slots.put("i*2", s -> "" + s.field('i') * 2);
        slots.put("i*4", s -> "" + s.field('i') * 4);
        slots.put("w", s -> "" + s.field('w'));
        slots.put("w+1", s -> "" + (s.field('w') + 1));
        slots.put("width", s -> "" + (s.field('w') - s.field('i') + 1));
        slots.put("hex4", s -> String.format("0x%04x", s.field('i')));
        slots.put("imm16", s -> "" + (s.field('j') << 12 | s.field('i')));
        slots.put("amount", s -> "" + (s.field('i') == 0 ? 32 : s.field('i')));
        slots.put("expanded", s -> Integer.toUnsignedString(s.expanded()));
        slots.put("shift", s -> shift(s.field('y'), s.field('i')));
        slots.put("lsl", s -> s.field('i') == 0 ? "" : shift(0, s.field('i')));
        slots.put("asr", s -> shift(2, s.field('i')));
        slots.put(
                "saturateShift",
                s ->
                        s.field('y') == 0 && s.field('i') == 0
                                ? ""
                                : shift(s.field('y') * 2, s.field('i')));
        slots.put("shiftType", s -> SHIFTS[s.field('y')]);
        slots.put("rotation", s -> s.field('i') == 0 ? "" : ", ror #" + s.field('i') * 8);
        slots.put("plusA", s -> s.field('n') == PC ? "" : "a");
        slots.put("wideUnlessA", s -> s.field('n') == PC ? ".w" : "");
        slots.put("nUnlessPc", s -> s.field('n') == PC ? "" : CORE[s.field('n')] + ", ");
    }

    private static void memory(Map<String, Function<Slots, String>> slots) {
        slots.put("list", s -> coreList(s.wideList()));
        slots.put("list16", s -> coreList(s.field('r')));
        slots.put("list16lr", s -> coreList(s.field('r') | s.field('p') << 14));
        slots.put("list16pc", s -> coreList(s.field('r') | s.field('p') << 15));
        slots.put("bang", s -> s.field('w') == 1 ? "!" : "");
        slots.put("bangUnlessListed", s -> (s.field('r') >>> s.field('n') & 1) == 1 ? "" : "!");
        slots.put("plus", s -> s.field('i') == 0 ? "" : ", #" + s.field('i'));
        slots.put("plus4", s -> s.field('i') == 0 ? "" : ", #" + s.field('i') * 4);
        slots.put("scale", s -> s.field('i') == 0 ? "" : ", lsl #" + s.field('i'));
        slots.put("indexed", s -> s.indexed(s.field('p') == 1, s.field('w') == 1, 1));
        slots.put("dual", s -> s.dual(true));
        slots.put("dualPost", s -> s.dual(false));
        slots.put("literal", s -> s.literal());
        slots.put("literal4", s -> s.refersTo(s.alignedPc() + s.field('i') * 4));
        slots.put("literalAhead", s -> s.refersTo(s.alignedPc() + s.field('i')));
        slots.put("literalBehind", s -> s.refersTo(s.alignedPc() - s.field('i')));
    }

    private static void branches(Map<String, Function<Slots, String>> slots) {
        slots.put("near8", s -> s.jump(signed(s.field('i'), 8) * 2));
        slots.put("near11", s -> s.jump(signed(s.field('i'), 11) * 2));
        slots.put("forward", s -> s.jump(s.field('i') * 2));
        slots.put("far20", s -> s.jump(s.far20()));
        slots.put("far24", s -> s.jump(s.far24()));
    }

    private static void multiplication(Map<String, Function<Slots, String>> slots) {
        slots.put("parallel", s -> PARALLEL[s.field('o')]);
        slots.put("halves", s -> HALVES[s.field('o')]);
        slots.put("half", s -> s.field('o') == 0 ? "b" : "t");
        slots.put("x", s -> s.field('o') == 0 ? "" : "x");
        slots.put("r", s -> s.field('o') == 0 ? "" : "r");
        slots.put("laOrUl", s -> s.accumulates() ? "la" : "ul");
        slots.put("ladOrUad", s -> s.accumulates() ? "lad" : "uad");
        slots.put("lOrU", s -> s.accumulates() ? "l" : "u");
        slots.put("aUnlessPc", s -> s.accumulates() ? "a" : "");
        slots.put("accumulator", s -> s.accumulates() ? ", " + CORE[s.field('a')] : "");
    }

    private static void real(Map<String, Function<Slots, String>> slots) {
        slots.put("singles", s -> floatList('s', s.single('d'), s.field('i')));
        slots.put("doubles", s -> floatList('d', s.twice('d'), s.field('i') / 2));
        slots.put("vstm", s -> s.transfer("vpush", "vstm", true));
        slots.put("vldm", s -> s.transfer("vpop", "vldm", false));
        slots.put("vbase", s -> s.transferBase());
        slots.put("vmem", s -> s.floatMemory());
        slots.put("real", s -> s.real());
        slots.put("tOrFlags", s -> s.field('t') == PC ? "APSR_nzcv" : CORE[s.field('t')]);
        slots.put("signalling", s -> s.field('o') == 1 ? "e" : "");
        slots.put("integer", s -> (s.field('o') & 1) == 1 ? "s32" : "u32");
        slots.put("integerOfTo", s -> (s.field('o') & 2) != 0 ? "s32" : "u32");
        slots.put("rounding", s -> (s.field('o') & 1) == 1 ? "" : "r");
        slots.put(
                "fixed",
                s -> ((s.field('o') & 2) != 0 ? "u" : "s") + ((s.field('o') & 1) != 0 ? 32 : 16));
        slots.put("fraction", s -> "" + s.fractionBits());
        slots.put("select", s -> SELECTIONS[s.field('o')]);
        slots.put("direction", s -> DIRECTIONS[s.direction()]);
    }

    private int field(char letter) {
        return code.field(letter);
    }

    private int pc() {
        return address + 4;
    }

    private int alignedPc() {
        return pc() & ~3;
    }

    private static int signed(int value, int bits) {
        return value << (32 - bits) >> (32 - bits);
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }

    // ---------------------------------------------------------------- core

    private String masks() {
        int masks = field('i');
        return ((masks & 2) != 0 ? "i" : "") + ((masks & 1) != 0 ? "f" : "");
    }

    private String special() {
        int number = field('i') & 0xFF;
        return SPECIAL.getOrDefault(number, String.valueOf(number));
    }

    /** Which parts of APSR an MSR writes. */
    private String msrBits() {
        int mask = field('i') >>> 10;
        if ((field('i') & 0xFF) > 3) {
            return "";
        }
        return switch (mask) {
            case 1 -> "_s";
            case 2 -> "_f";
            case 3 -> "_fs";
            default -> "";
        };
    }

    /** The manual's ThumbExpandImm. */
    private int expanded() {
        int imm = field('i');
        int low = imm & 0xFF;
        return switch (imm >>> 8) {
            case 0 -> low;
            case 1 -> low << 16 | low;
            case 2 -> low << 24 | low << 8;
            case 3 -> low << 24 | low << 16 | low << 8 | low;
            default -> Integer.rotateRight((low & 0x7F) | 0x80, imm >>> 7);
        };
    }

    private static String shift(int type, int amount) {
        if (amount == 0) {
            return switch (type) {
                case 0 -> "";
                case 3 -> ", rrx";
                default -> ", " + SHIFTS[type] + " #32";
            };
        }
        return ", " + SHIFTS[type] + " #" + amount;
    }

    private int wideList() {
        int list = field('r');
        return (list >>> 13 << 14) | (list & 0x1FFF);
    }

    private static String coreList(int list) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < CORE.length; i++) {
            if ((list >>> i & 1) == 1) {
                text.append(text.isEmpty() ? "" : ", ").append(CORE[i]);
            }
        }
        return text.toString();
    }

    private String indexed(boolean pre, boolean update, int scale) {
        int offset = field('i') * scale;
        String number = (field('u') == 1 ? "#" : "#-") + offset;
        String base = CORE[field('n')];
        if (!pre) {
            return "[" + base + "], " + number;
        }
        return "[" + base + ", " + number + "]" + (update ? "!" : "");
    }

    private String dual(boolean pre) {
        boolean update = field('w') == 1;
        if (field('n') == PC && !update && pre) {
            refersTo(alignedPc() + (field('u') == 1 ? 1 : -1) * field('i') * 4);
        }
        if (pre && !update && field('i') == 0 && field('u') == 1) {
            return "[" + CORE[field('n')] + "]";
        }
        return indexed(pre, update, 4);
    }

    private String literal() {
        int offset = field('u') == 1 ? field('i') : -field('i');
        refersTo(alignedPc() + offset);
        return offset == 0 ? "[pc]" : "[pc, #" + offset + "]";
    }

    private String refersTo(int what) {
        target = OptionalInt.of(what);
        return "";
    }

    private String jump(int offset) {
        target = OptionalInt.of(pc() + offset);
        return String.format("0x%x", pc() + offset);
    }

    private int far20() {
        int offset = field('g') << 20 | field('k') << 19 | field('j') << 18 | field('i') << 1;
        return signed(offset, 21);
    }

    private int far24() {
        int sign = field('g');
        int i1 = ~(field('j') ^ sign) & 1;
        int i2 = ~(field('k') ^ sign) & 1;
        return signed(sign << 24 | i1 << 23 | i2 << 22 | field('i') << 1, 25);
    }

    private boolean accumulates() {
        return field('a') != PC;
    }

    // ---------------------------------------------------------------- floating point

    private int extra(char register) {
        return field(Character.toUpperCase(register));
    }

    private int single(char register) {
        return field(register) << 1 | extra(register);
    }

    private int twice(char register) {
        return extra(register) << 4 | field(register);
    }

    private static String floatList(char kind, int first, int count) {
        String from = "" + kind + first;
        return count <= 1 ? from : from + "-" + kind + (first + count - 1);
    }

    private boolean isStackTransfer(boolean store) {
        return field('n') == 13 && field('w') == 1 && field('p') == bit(store);
    }

    private String transfer(String stack, String other, boolean store) {
        if (isStackTransfer(store)) {
            return stack;
        }
        boolean odd = code.name().endsWith("T1") && (field('i') & 1) == 1;
        String name = odd ? (store ? "fstm" : "fldm") : other;
        return name + (field('p') == 1 ? "db" : "ia") + (odd ? "x" : "");
    }

    private String transferBase() {
        boolean store = code.name().startsWith("VSTM");
        if (isStackTransfer(store)) {
            return "";
        }
        return CORE[field('n')] + (field('w') == 1 ? "!" : "") + ", ";
    }

    private String floatMemory() {
        int offset = field('i') * 4;
        if (field('n') == PC) {
            refersTo(alignedPc() + (field('u') == 1 ? offset : -offset));
        }
        String number =
                offset == 0 && field('u') == 1 ? "" : ", #" + (field('u') == 1 ? "" : "-") + offset;
        return "[" + CORE[field('n')] + number + "]";
    }

    private String real() {
        int imm = field('i');
        int exponent = (imm >>> 6 & 1) == 1 ? 0x3E00_0000 : 0x4000_0000;
        float value = Float.intBitsToFloat(imm >>> 7 << 31 | exponent | (imm & 0x3F) << 19);
        return String.format(Locale.ROOT, "%s", value);
    }

    private int fractionBits() {
        int imm = field('i');
        int number = (imm & 15) << 1 | imm >>> 4;
        return ((field('o') & 1) == 1 ? 32 : 16) - number;
    }

    private int direction() {
        return code.name().startsWith("VCVT") ? field('o') >>> 1 : field('o');
    }
}
