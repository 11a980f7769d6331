#!/usr/bin/env bash
# Speed of the emulator beside QEMU, whole programs, one after the other on the same machine:
#   mvn -q -pl debug-adapter/emulator -am test-compile && debug-adapter/emulator/src/test/firmware/benchmark.sh
# Needs arm-none-eabi-gcc and qemu-system-arm. Processor time of the thread that executes the guest, so
# other load disturbs only through the caches; millions of guest instructions per second.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
emulator=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
asm=$(find ~/.m2/repository/org/ow2/asm/asm -name 'asm-*.jar' | sort -V | tail -1)
classpath=$emulator/target/classes:$emulator/target/test-classes:$asm
measure() { java -cp "$classpath" dev.microvisor.emulator.machine.MipsBenchmark "$@"; }

printf 'load %s\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
printf '%-28s %8s %12s %12s %8s\n' program Minstr interpreter compiled QEMU
for case in 'benchmark -O2 2000' 'benchmark -O2 20000' 'benchmark -O0 3000' 'calls -O2 3000' 'calls -O2 15000' \
    'poll -O2 20000'; do
    set -- $case
    arm-none-eabi-gcc -w -DITER="$3" -mcpu=cortex-m33 -mthumb "$2" -mfloat-abi=hard -nostartfiles \
        -T "$here/program.ld" -o "$work/p.elf" "$here/start.c" "$here/$1.c" 2>/dev/null
    arm-none-eabi-objcopy -O binary "$work/p.elf" "$work/p.bin"
    chip=
    [ "$1" != poll ] || chip=--chip
    measure "$work/p.bin" 1 $chip >"$work/ours"
    interpreted=-
    [ "$3" -gt 3000 ] && [ -z "$chip" ] ||
        interpreted=$(measure "$work/p.bin" 1 --interpreter $chip | awk '/MIPS/ {print $5}')
    if [ -n "$chip" ]; then
        # QEMU's board has other peripherals.
        awk -v name="$1.c $2, ITER=$3" -v interpreted="$interpreted" '/MIPS/ {
            printf "%-28s %8.0f %12s %12s %8s\n", name, $1 / 1e6, interpreted, $5, "-" }' "$work/ours"
        continue
    fi
    # The tick of "times" is 10 ms.
    seconds=$( { TIMEFORMAT=%U; time qemu-system-arm -M mps2-an505 -nographic -semihosting \
        -kernel "$work/p.elf" </dev/null >"$work/theirs" 2>&1; } 2>&1 )
    diff <(tail -1 "$work/ours") <(tail -1 "$work/theirs") >&2
    awk -v name="$1.c $2, ITER=$3" -v interpreted="$interpreted" -v qemu="$seconds" '/MIPS/ {
        printf "%-28s %8.0f %12s %12s %8.0f\n", name, $1 / 1e6, interpreted, $5, $1 / qemu / 1e6 }' "$work/ours"
done
