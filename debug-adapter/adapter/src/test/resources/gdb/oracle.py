# Runs inside gdb, attached to our stub: moves through a program and writes down, for each stop, what
# gdb says about every frame. At each stop "monitor opinion" has the other side write down the same.
# GdbComparisonIT compares the two.
import struct

import gdb

MAX_ELEMENTS = 8
MAX_DEPTH = 6


def leaves(path, value, out, depth=0):
    kind = value.type.strip_typedefs()
    code = kind.code
    try:
        if code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
            out.append("%s=%s" % (path, "?" if value.is_optimized_out else "&"))
        elif depth > MAX_DEPTH:
            out.append("%s=deep" % path)
        elif code == gdb.TYPE_CODE_ARRAY:
            low, high = kind.range() if kind.sizeof else (0, -1)  # "int last[]" has no end
            if high < low:
                out.append("%s=?" % path)
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
        elif code in (gdb.TYPE_CODE_FUNC, gdb.TYPE_CODE_METHOD, gdb.TYPE_CODE_MEMBERPTR, gdb.TYPE_CODE_METHODPTR):
            pass
        elif code == gdb.TYPE_CODE_PTR and "synthetic pointer" in str(value):
            leaves("*" + path, value.dereference(), out, depth + 1)
        else:
            out.append("%s=%d" % (path, int(value)))
    except (gdb.error, RuntimeError):
        out.append("%s=?" % path)


def values(symbols, frame, seen, out, prefix):
    for symbol in symbols:
        constant = symbol.is_constant and symbol.type.code != gdb.TYPE_CODE_ENUM
        if (symbol.is_argument or symbol.is_variable or constant) and symbol.name not in seen:
            seen.add(symbol.name)
            found = []
            try:
                leaves(symbol.name, symbol.value(frame), found)
            except (gdb.error, RuntimeError):
                found.append("%s=?" % symbol.name)
            out.extend("%s %s" % (prefix, one) for one in found)


def variables(frame, out):
    try:
        block = frame.block()
    except RuntimeError:
        return
    seen = set()
    while block is not None:
        values(block, frame, seen, out, "var")
        if block.function is not None:
            break
        block = block.superblock


def statics(frame, out):
    """The global and static variables of the innermost frame's source file."""
    try:
        block = frame.block()
    except RuntimeError:
        return
    seen = set()
    for scope in (block.static_block, block.global_block):
        if scope is not None:
            values(scope, frame, seen, out, "global")


def stop(out):
    out.append("stop")
    gdb.execute("monitor opinion", to_string=True)
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
        if frame.level() == 0:
            statics(frame, out)
        try:
            frame = frame.older()
        except gdb.error:
            break


def attach(port):
    gdb.execute("set pagination off")
    gdb.execute("set backtrace past-main on")
    gdb.execute("target remote 127.0.0.1:%d" % port)


def write(out, path):
    with open(path, "w") as handle:
        handle.write("\n".join(out) + "\n")
    gdb.execute("kill", to_string=True)


def step(port, stops, most, path):
    """From main on, by one to most instructions at a time."""
    attach(port)
    gdb.execute("break main", to_string=True)
    gdb.execute("break stop_forever", to_string=True)
    gdb.execute("continue", to_string=True)
    out = []
    seed = 1
    for _ in range(stops):
        name = gdb.newest_frame().name()
        if name in ("stop_forever", "HardFault_Handler"):
            break
        stop(out)
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        gdb.execute("stepi %d" % (1 + (seed >> 16) % most), to_string=True)
    write(out, path)


def types(port, path, expressions):
    """The types of objects as gdb finds them by their virtual tables."""
    attach(port)
    found = [str(gdb.parse_and_eval(one).dynamic_type.strip_typedefs().unqualified()) for one in expressions]
    write(found, path)


def visit(port, stops, each, path, functions):
    """From function to function: each is stopped in a few times, and a few instructions later."""
    attach(port)
    for name in functions:
        gdb.execute("break %s" % name, to_string=True)
    out = []
    hits = {}
    while sum(1 for line in out if line == "stop") < stops:
        # The other side ends a run that reaches no breakpoint any more.
        if "SIGINT" in gdb.execute("continue", to_string=True):
            break
        name = gdb.newest_frame().name() or "?"
        hits[name] = hits.get(name, 0) + 1
        stop(out)
        if hits[name] >= each:
            for one in gdb.breakpoints():
                if one.location == name:
                    one.delete()
        if not gdb.breakpoints():
            break
        gdb.execute("stepi %d" % (3 + 4 * hits[name]), to_string=True)
        stop(out)
    write(out, path)
