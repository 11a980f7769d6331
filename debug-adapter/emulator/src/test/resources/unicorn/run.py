"""Runs a program image on Unicorn's Cortex-M33 and writes what it writes by semihosting.

usage: run.py IMAGE. The memory map is that of src/test/firmware/program.ld.
"""

import struct
import sys

from unicorn import UC_ARCH_ARM, UC_HOOK_INTR, UC_MODE_MCLASS, UC_MODE_THUMB, Uc, UcError
from unicorn.arm_const import UC_ARM_REG_PC, UC_ARM_REG_R0, UC_ARM_REG_R1, UC_ARM_REG_SP, UC_CPU_ARM_CORTEX_M33

ROM = 0x10000000
WRITE0 = 0x04
EXIT_EXTENDED = 0x20
LONGEST_TEXT = 16
BKPT_AB = b"\xab\xbe"
YIELDS = (b"\x10\xbf", b"\xaf\xf3\x01\x80")


def semihost(uc, number, data):
    operation = uc.reg_read(UC_ARM_REG_R0)
    if operation == WRITE0:
        text = bytes(uc.mem_read(uc.reg_read(UC_ARM_REG_R1), LONGEST_TEXT))
        sys.stdout.write(text.split(b"\0")[0].decode())
        pc = uc.reg_read(UC_ARM_REG_PC)
        if bytes(uc.mem_read(pc, 2)) == BKPT_AB:
            uc.reg_write(UC_ARM_REG_PC, pc + 2 | 1)
    else:
        if operation != EXIT_EXTENDED:
            print("exception", number, "at", hex(uc.reg_read(UC_ARM_REG_PC)))
        uc.emu_stop()


def main():
    with open(sys.argv[1], "rb") as file:
        image = file.read()
    uc = Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
    uc.ctl_set_cpu_model(UC_CPU_ARM_CORTEX_M33)
    uc.mem_map(ROM, 0x100000)
    uc.mem_map(0x28000000, 0x40000)
    uc.mem_map(0xE0000000, 0x100000)
    uc.mem_write(ROM, image)
    stack, pc = struct.unpack("<II", image[:8])
    uc.reg_write(UC_ARM_REG_SP, stack)
    uc.hook_add(UC_HOOK_INTR, semihost)
    while True:
        try:
            uc.emu_start(pc | 1, 0xFFFFFFFF)
            return
        except UcError as error:
            # Unicorn ends at a YIELD; everything else is the end.
            pc = uc.reg_read(UC_ARM_REG_PC)
            before = bytes(uc.mem_read(pc - 4, 4))
            if not before.endswith(YIELDS):
                print(error, "at", hex(pc))
                return


main()
