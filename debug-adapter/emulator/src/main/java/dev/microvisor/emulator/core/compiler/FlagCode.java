package dev.microvisor.emulator.core.compiler;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Emits flags. An addition or subtraction only keeps its operands; what it means for a flag is
 * computed where the flag is needed, or when the region is left. Where each flag is, is known here
 * as far as possible, and always in a variable of the generated code.
 */
final class FlagCode implements Opcodes {
    private static final String ALU = GuestCode.CORE + "Alu";

    /** The fourteen conditions; bit 0 negates. */
    private static final int EQ = 0;

    private static final int CS = 2;
    private static final int MI = 4;
    private static final int VS = 6;
    private static final int HI = 8;
    private static final int GE = 10;
    private static final int GT = 12;

    private static final String[] LEFT_FIELDS = {"flagKind", "flagResult", "flagX", "flagY"};
    private static final int[] LEFT_VARIABLES = {
        GuestCode.FLAG_KIND, GuestCode.RESULT, GuestCode.FLAG_X, GuestCode.FLAG_Y
    };

    private final GuestCode code;
    private Knowledge known = Knowledge.NOTHING;

    FlagCode(GuestCode code) {
        this.code = code;
    }

    /**
     * What is known about where the flags are.
     *
     * @param mask the known bits of the kind, as {@link GuestOps} numbers them
     * @param kind their values
     */
    record Knowledge(int mask, int kind) {
        private static final int ALL = GuestOps.SOURCE | GuestOps.STORED;

        static final Knowledge NOTHING = new Knowledge(0, 0);

        static Knowledge of(int kind) {
            return new Knowledge(ALL, kind);
        }

        /** What holds whichever of the two ways was taken. */
        Knowledge or(Knowledge other) {
            int common = mask & other.mask & ~(kind ^ other.kind);
            if ((common & GuestOps.SOURCE) != GuestOps.SOURCE) {
                common &= ~GuestOps.SOURCE;
            }
            return new Knowledge(common, kind & common);
        }

        boolean has(int bits) {
            return (mask & bits) == bits;
        }

        boolean isSet(int bit) {
            return (kind & bit) != 0;
        }
    }

    Knowledge knowledge() {
        return known;
    }

    void begin(Knowledge knowledge) {
        known = knowledge;
    }

    // ---------------------------------------------------------------- setting

    /** Pops y and x: all flags become those of x - y. */
    void setOfSub() {
        pair(GuestOps.OF_SUB);
    }

    /** Pops y and x: all flags become those of x + y. */
    void setOfAdd() {
        pair(GuestOps.OF_ADD);
    }

    private void pair(int kind) {
        code.store(GuestCode.FLAG_Y);
        code.store(GuestCode.FLAG_X);
        setKind(kind);
    }

    private void setKind(int kind) {
        if (!known.equals(Knowledge.of(kind))) {
            code.constant(kind);
            code.store(GuestCode.FLAG_KIND);
            known = Knowledge.of(kind);
        }
    }

    private void addToKind(int bit) {
        if (known.has(bit) && known.isSet(bit)) {
            return;
        }
        if (known.mask() == Knowledge.ALL) {
            setKind(known.kind() | bit);
            return;
        }
        code.load(GuestCode.FLAG_KIND);
        code.constant(bit);
        code.op(IOR);
        code.store(GuestCode.FLAG_KIND);
        known = new Knowledge(known.mask() | bit, known.kind() | bit);
    }

    /** Pops the result that N and Z come from; carry and overflow stay. */
    void setResult() {
        code.store(GuestCode.RESULT);
        addToKind(GuestOps.RESULT);
    }

    /** Pops the carry flag; the others stay. */
    void setCarry() {
        code.setCpu("c");
        addToKind(GuestOps.CARRY);
    }

    /** Says that all flags have just been put into their variables. */
    void stored() {
        setKind(GuestOps.STORED);
    }

    // ---------------------------------------------------------------- reading

    /** Pushes a value that is negative when N is set, and zero when Z is. */
    void pushResult() {
        if (known.has(GuestOps.RESULT) && known.isSet(GuestOps.RESULT)) {
            code.load(GuestCode.RESULT);
        } else if (known.has(GuestOps.RESULT | GuestOps.SOURCE)) {
            pushPair();
            code.op(known.isSet(GuestOps.OF_SUB) ? ISUB : IADD);
        } else {
            pushUnknown("result", () -> code.load(GuestCode.RESULT));
        }
    }

    void pushCarry() {
        if (known.has(GuestOps.CARRY) && known.isSet(GuestOps.CARRY)) {
            code.getCpu("c");
        } else if (!known.has(GuestOps.CARRY | GuestOps.SOURCE)) {
            pushUnknown("carry", () -> code.getCpu("c"));
        } else if (known.isSet(GuestOps.OF_SUB)) {
            pushPair();
            code.call(ALU, "carryOfSub", "(II)I");
        } else {
            code.load(GuestCode.FLAG_X);
            pushPair();
            code.op(IADD);
            code.call(ALU, "carryOfAdd", "(II)I");
        }
    }

    void pushOverflow() {
        if (!known.has(GuestOps.SOURCE)) {
            pushUnknown("overflow", () -> code.getCpu("v"));
        } else if (!known.isSet(GuestOps.SOURCE)) {
            code.getCpu("v");
        } else {
            boolean sub = known.isSet(GuestOps.OF_SUB);
            pushPair();
            pushPair();
            code.op(sub ? ISUB : IADD);
            code.call(ALU, sub ? "overflowOfSub" : "overflowOfAdd", "(III)I");
        }
    }

    private void pushUnknown(String function, Runnable pushVariable) {
        code.load(GuestCode.FLAG_KIND);
        pushVariable.run();
        pushPair();
        code.guestOp(function, "(IIII)I");
    }

    private void pushPair() {
        code.load(GuestCode.FLAG_X);
        code.load(GuestCode.FLAG_Y);
    }

    /** Takes all flags from the CPU. */
    void fetch() {
        code.getCpu("n");
        code.getCpu("z");
        code.guestOp("resultOf", "(II)I");
        code.store(GuestCode.RESULT);
        stored();
    }

    /** Takes the flags as another region has left them. */
    void fetchAsLeft() {
        for (int i = 0; i < LEFT_FIELDS.length; i++) {
            code.getCpu(LEFT_FIELDS[i]);
            code.store(LEFT_VARIABLES[i]);
        }
    }

    /** Leaves the flags to another region, or to {@link CompiledRegion#flagsToCpu}. */
    void leave() {
        for (int i = 0; i < LEFT_FIELDS.length; i++) {
            code.putCpu(LEFT_FIELDS[i], LEFT_VARIABLES[i]);
        }
    }

    /** Writes all flags to the CPU. */
    void spill() {
        put("n", this::pushResult);
        put("z", this::pushResult);
        put("c", this::pushCarry);
        put("v", this::pushOverflow);
    }

    private void put(String field, Runnable push) {
        code.push(Constant.CPU);
        push.run();
        code.mv().visitFieldInsn(PUTFIELD, GuestCode.CPU, field, "I");
    }

    // ---------------------------------------------------------------- conditions

    /** Jumps when a condition of the manual's numbering holds. */
    void jumpIf(int condition, Label label) {
        boolean negated = (condition & 1) != 0;
        int base = condition & ~1;
        if (known.equals(Knowledge.of(GuestOps.OF_SUB)) && base != VS && base != MI) {
            jumpComparing(condition, label);
            return;
        }
        switch (base) {
            case EQ -> {
                pushResult();
                code.jump(negated ? IFNE : IFEQ, label);
            }
            case CS -> {
                pushCarry();
                code.jump(negated ? IFEQ : IFNE, label);
            }
            case MI -> {
                pushResult();
                code.jump(negated ? IFGE : IFLT, label);
            }
            case VS -> {
                pushOverflow();
                code.jump(negated ? IFGE : IFLT, label);
            }
            case HI -> {
                pushCarry();
                pushResult();
                code.guestOp("isHigher", "(II)Z");
                code.jump(negated ? IFEQ : IFNE, label);
            }
            case GE -> {
                pushResult();
                pushOverflow();
                code.op(IXOR);
                code.jump(negated ? IFLT : IFGE, label);
            }
            case GT -> {
                pushResult();
                pushOverflow();
                code.guestOp("isGreater", "(II)Z");
                code.jump(negated ? IFEQ : IFNE, label);
            }
            default -> code.jump(GOTO, label);
        }
    }

    /** The condition straight from the two numbers that were compared. */
    private void jumpComparing(int condition, Label label) {
        boolean negated = (condition & 1) != 0;
        boolean unsigned = (condition & ~1) == CS || (condition & ~1) == HI;
        pushOperand(GuestCode.FLAG_X, unsigned);
        pushOperand(GuestCode.FLAG_Y, unsigned);
        int opcode =
                switch (condition & ~1) {
                    case EQ -> negated ? IF_ICMPNE : IF_ICMPEQ;
                    case GE, CS -> negated ? IF_ICMPLT : IF_ICMPGE;
                    default -> negated ? IF_ICMPLE : IF_ICMPGT;
                };
        code.jump(opcode, label);
    }

    /** Unsigned numbers are in the order of signed ones with the sign bit inverted. */
    private void pushOperand(int variable, boolean unsigned) {
        code.load(variable);
        if (unsigned) {
            code.constant(Integer.MIN_VALUE);
            code.op(IADD);
        }
    }
}
