package dev.microvisor.emulator.system;

import dev.microvisor.emulator.memory.GuestFault;

/** Bits of CFSR and HFSR, and which fault sets which. */
public final class FaultStatus {
    static final int IACCVIOL = 1;
    static final int DACCVIOL = 1 << 1;
    static final int MUNSTKERR = 1 << 3;
    static final int MSTKERR = 1 << 4;
    static final int MLSPERR = 1 << 5;
    static final int MMARVALID = 1 << 7;
    static final int IBUSERR = 1 << 8;
    static final int PRECISERR = 1 << 9;
    static final int UNSTKERR = 1 << 11;
    static final int STKERR = 1 << 12;
    static final int LSPERR = 1 << 13;
    static final int BFARVALID = 1 << 15;
    static final int UNDEFINSTR = 1 << 16;
    static final int INVSTATE = 1 << 17;
    static final int INVPC = 1 << 18;
    static final int NOCP = 1 << 19;
    static final int STKOF = 1 << 20;
    static final int UNALIGNED = 1 << 24;
    static final int DIVBYZERO = 1 << 25;

    static final int HFSR_VECTTBL = 1 << 1;
    static final int HFSR_FORCED = 1 << 30;
    static final int HFSR_DEBUGEVT = 1 << 31;

    private FaultStatus() {}

    /** The CFSR bits of a fault. */
    static int cfsrBits(GuestFault.Kind kind) {
        return switch (kind) {
            case DACCVIOL -> DACCVIOL | MMARVALID;
            case IACCVIOL -> IACCVIOL;
            case PRECISERR -> PRECISERR | BFARVALID;
            case IBUSERR -> IBUSERR;
            case UNALIGNED -> UNALIGNED;
            case UNDEFINSTR -> UNDEFINSTR;
            case NOCP -> NOCP;
            case DIVBYZERO -> DIVBYZERO;
            case INVSTATE -> INVSTATE;
            case STKOF -> STKOF;
            case SECURE -> 0;
        };
    }

    /** The exception that CFSR bits belong to. */
    static int exceptionOf(int cfsrBits) {
        if ((cfsrBits & 0xFF) != 0) {
            return ExceptionNumbers.MEM_MANAGE;
        }
        return (cfsrBits & 0xFF00) != 0 ? ExceptionNumbers.BUS_FAULT : ExceptionNumbers.USAGE_FAULT;
    }

    /** Names of the bits set in a CFSR value, most severe last; empty for zero. */
    public static String describe(int cfsr) {
        StringBuilder text = new StringBuilder();
        String[] names = {
            "IACCVIOL",
            "DACCVIOL",
            null,
            "MUNSTKERR",
            "MSTKERR",
            "MLSPERR",
            null,
            "MMARVALID",
            "IBUSERR",
            "PRECISERR",
            "IMPRECISERR",
            "UNSTKERR",
            "STKERR",
            "LSPERR",
            null,
            "BFARVALID",
            "UNDEFINSTR",
            "INVSTATE",
            "INVPC",
            "NOCP",
            "STKOF",
            null,
            null,
            null,
            "UNALIGNED",
            "DIVBYZERO"
        };
        for (int bit = 0; bit < names.length; bit++) {
            if ((cfsr >>> bit & 1) == 1 && names[bit] != null) {
                text.append(text.isEmpty() ? "" : " ").append(names[bit]);
            }
        }
        return text.toString();
    }
}
