package dev.microvisor.emulator.machine;

import dev.microvisor.emulator.core.CpuState;
import java.util.ArrayList;
import java.util.List;

/** The core's registers for a debugger. */
final class MachineRegisters implements Registers {
    private static final List<String> CORE =
            List.of(
                    "xPSR",
                    "MSP",
                    "PSP",
                    "MSPLIM",
                    "PSPLIM",
                    "PRIMASK",
                    "BASEPRI",
                    "FAULTMASK",
                    "CONTROL",
                    "FPSCR");

    private final CpuState cpu;

    MachineRegisters(CpuState cpu) {
        this.cpu = cpu;
    }

    @Override
    public int get(int number) {
        return number == PC ? cpu.pc : cpu.r[number];
    }

    @Override
    public void set(int number, int value) {
        if (number == PC) {
            cpu.pc = value & ~1;
            cpu.it = 0;
            cpu.thumb = true;
        } else {
            cpu.r[number] = number == SP ? value & ~3 : value;
        }
    }

    @Override
    public int xpsr() {
        return cpu.xpsr();
    }

    @Override
    public int msp() {
        return cpu.msp();
    }

    @Override
    public int psp() {
        return cpu.psp();
    }

    @Override
    public int named(String name) {
        return switch (name) {
            case "xPSR" -> cpu.xpsr();
            case "MSP" -> cpu.msp();
            case "PSP" -> cpu.psp();
            case "MSPLIM" -> cpu.msplim;
            case "PSPLIM" -> cpu.psplim;
            case "PRIMASK" -> cpu.primask;
            case "BASEPRI" -> cpu.basepri;
            case "FAULTMASK" -> cpu.faultmask;
            case "CONTROL" -> cpu.control;
            case "FPSCR" -> cpu.fpscr;
            default -> cpu.s[floatNumber(name)];
        };
    }

    @Override
    public void setNamed(String name, int value) {
        switch (name) {
            case "xPSR" -> cpu.setXpsr(value);
            case "MSP" -> cpu.setMsp(value);
            case "PSP" -> cpu.setPsp(value);
            case "MSPLIM" -> cpu.msplim = value & ~7;
            case "PSPLIM" -> cpu.psplim = value & ~7;
            case "PRIMASK" -> cpu.primask = value & 1;
            case "BASEPRI" -> cpu.basepri = value & 0xF0;
            case "FAULTMASK" -> cpu.faultmask = value & 1;
            case "CONTROL" -> cpu.setMode(cpu.exception, value & 7);
            case "FPSCR" -> cpu.fpscr = value;
            default -> cpu.s[floatNumber(name)] = value;
        }
        cpu.updateStackLimit();
    }

    private static int floatNumber(String name) {
        if (name.matches("S([0-9]|[12][0-9]|3[01])")) {
            return Integer.parseInt(name.substring(1));
        }
        throw new IllegalArgumentException("no register " + name);
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(CORE);
        for (int i = 0; i < 32; i++) {
            names.add("S" + i);
        }
        return names;
    }
}
