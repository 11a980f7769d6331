package dev.microvisor.gdb;

/**
 * The memory of the application as gdb wants to know it (section "Memory Map Format"). Flash is
 * described as RAM because the stub writes it like RAM, so that {@code load} and software
 * breakpoints need no flash commands.
 */
final class MemoryMapDocument {
    static final String TEXT =
            """
            <?xml version="1.0"?>
            <!DOCTYPE memory-map PUBLIC "+//IDN gnu.org//DTD GDB Memory Map V1.0//EN"\
             "http://sourceware.org/gdb/gdb-memory-map.dtd">
            <memory-map>
            <memory type="ram" start="0x08000000" length="0x100000"/>
            <memory type="rom" start="0x0c1fe000" length="0x2000"/>
            <memory type="ram" start="0x20000000" length="0x80000"/>
            <memory type="ram" start="0x28000000" length="0x4000"/>
            <memory type="ram" start="0x40000000" length="0x10000000"/>
            <memory type="ram" start="0xe0000000" length="0x100000"/>
            </memory-map>
            """;

    private MemoryMapDocument() {}
}
