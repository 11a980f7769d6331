# Runs inside gdb: single-steps a program in QEMU and prints, for each stop, the registers, the RAM and
# what gdb says about every frame. GdbComparisonIT reads the output and compares.
import base64
import struct
import zlib

import gdb

RAM_START = 0x38000000
RAM_SIZE = 0x8000
MAX_ELEMENTS = 8


def number(text):
    return int(gdb.parse_and_eval(text)) & 0xFFFFFFFF


def is_known(address):
    """Whether the recording has the memory: what is elsewhere is not compared."""
    address &= 0xFFFFFFFF
    return RAM_START <= address < RAM_START + RAM_SIZE or 0x10000000 <= address < 0x10008000


def leaves(path, value, out, depth=0):
    kind = value.type.strip_typedefs()
    code = kind.code
    try:
        if code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
            out.append("%s=%s" % (path, "?" if value.is_optimized_out else "&"))
        elif value.address is not None and not is_known(int(value.address)):
            out.append("%s=?" % path)
        elif code == gdb.TYPE_CODE_ARRAY:
            low, high = kind.range()
            for i in range(low, min(high, low + MAX_ELEMENTS - 1) + 1):
                leaves("%s[%d]" % (path, i), value[i], out, depth + 1)
        elif code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
            for index, field in enumerate(kind.fields()):
                if hasattr(field, "bitpos"):
                    name = field.name or "#%d" % index
                    if field.is_base_class:
                        name = "<%s>" % name
                    leaves("%s.%s" % (path, name), value[field], out, depth + 1)
        elif value.is_optimized_out:
            out.append("%s=?" % path)
        elif code == gdb.TYPE_CODE_FLT:
            out.append("%s=%s" % (path, struct.pack(">d", float(value)).hex()))
        elif code == gdb.TYPE_CODE_FUNC:
            pass
        else:
            out.append("%s=%d" % (path, int(value)))
    except (gdb.error, RuntimeError):
        out.append("%s=?" % path)


def variables(frame, out):
    try:
        block = frame.block()
    except RuntimeError:
        return
    seen = set()
    while block is not None:
        for symbol in block:
            if (symbol.is_argument or symbol.is_variable) and symbol.name not in seen:
                seen.add(symbol.name)
                found = []
                try:
                    leaves(symbol.name, symbol.value(frame), found)
                except (gdb.error, RuntimeError):
                    found.append("%s=?" % symbol.name)
                for one in found:
                    out.append("var %s" % one)
        if block.function is not None:
            break
        block = block.superblock


def stop(out):
    out.append("stop")
    names = ["r%d" % i for i in range(13)] + ["sp", "lr", "pc", "xpsr"]
    out.append("core " + " ".join(str(number("$" + name)) for name in names))
    doubles = [
        struct.unpack("<Q", struct.pack("<d", float(gdb.parse_and_eval("$d%d" % i))))[0]
        for i in range(16)
    ]
    out.append("fp " + " ".join(str(double) for double in doubles))
    ram = bytes(gdb.selected_inferior().read_memory(RAM_START, RAM_SIZE))
    out.append("ram " + base64.b64encode(zlib.compress(ram)).decode())
    frame = gdb.newest_frame()
    frame.select()
    while frame is not None and frame.is_valid():
        sal = frame.find_sal()
        line = sal.line if sal.symtab is not None else 0
        kinds = {gdb.INLINE_FRAME: "inline", gdb.SIGTRAMP_FRAME: "exception", gdb.TAILCALL_FRAME: "tail"}
        name = frame.name() or "?"
        out.append("frame %s %d %s" % (kinds.get(frame.type(), "call"), line, name.replace(" ", "_")))
        frame.select()  # arrays of variable length are measured in the selected frame
        if frame.type() != gdb.TAILCALL_FRAME:
            variables(frame, out)
        try:
            frame = frame.older()
        except gdb.error:
            break


def run(port, stops, seed, path):
    gdb.execute("set pagination off")
    gdb.execute("set backtrace past-main on")
    gdb.execute("target remote 127.0.0.1:%d" % port)
    gdb.execute("break main", to_string=True)
    gdb.execute("break stop_forever", to_string=True)
    gdb.execute("continue", to_string=True)
    out = []
    for _ in range(stops):
        name = gdb.newest_frame().name()
        if name in ("stop_forever", "HardFault_Handler"):
            break
        stop(out)
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        gdb.execute("stepi %d" % (1 + (seed >> 16) % 17), to_string=True)
    out.append("end")
    with open(path, "w") as handle:
        handle.write("\n".join(out) + "\n")
    gdb.execute("kill", to_string=True)
