package dev.microvisor.symbols.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A linked 32-bit little-endian Arm program. Reading it checks the headers; sections and symbols
 * are read when they are asked for. Immutable to its users; the caches inside are guarded.
 */
public final class ElfFile {
    private static final long MAX_FILE_BYTES = 512L << 20;
    private static final int HEADER_BYTES = 52;
    private static final int SECTION_HEADER_BYTES = 40;
    private static final int SEGMENT_HEADER_BYTES = 32;
    private static final int SYMBOL_BYTES = 16;
    private static final int MACHINE_ARM = 40;
    private static final int TYPE_RELOCATABLE = 1;
    private static final int TYPE_EXECUTABLE = 2;
    private static final int TYPE_SHARED = 3;
    private static final int LOADABLE = 1;
    private static final int BUILD_ID_NOTE = 3;

    private final String name;
    private final Slice file;
    private final long entryPoint;
    private final List<Section> sections;
    private final List<Segment> segments;
    private final Map<String, Slice> contents = new HashMap<>();
    private SymbolTable symbols;

    private ElfFile(String name, Slice file) throws ElfFormatException {
        this.name = name;
        this.file = file;
        Cursor header = file.cursor(0);
        checkIdentity(header);
        int type = header.u16();
        int machine = header.u16();
        if (machine != MACHINE_ARM) {
            throw new ElfFormatException(
                    name
                            + " is not for Arm but for machine "
                            + machine
                            + machineName(machine)
                            + ": build it with arm-none-eabi-gcc");
        }
        if (type == TYPE_RELOCATABLE) {
            throw new ElfFormatException(
                    name + " is an object file that is not linked yet: give the linked firmware");
        }
        if (type != TYPE_EXECUTABLE && type != TYPE_SHARED) {
            throw new ElfFormatException(
                    name + " is not a program (ELF type " + type + "): give the linked firmware");
        }
        header.skip(4);
        entryPoint = header.u32();
        long segmentTable = header.u32();
        long sectionTable = header.u32();
        header.skip(6);
        int segmentHeaderSize = header.u16();
        int segmentCount = header.u16();
        int sectionHeaderSize = header.u16();
        int sectionCount = header.u16();
        int sectionNames = header.u16();
        segments = readSegments(segmentTable, segmentCount, segmentHeaderSize);
        sections = readSections(sectionTable, sectionCount, sectionHeaderSize, sectionNames);
    }

    /** Reads a file; {@link ElfFormatException} and others say what is wrong with it. */
    public static ElfFile open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new ElfFormatException(path + " is a folder: give the firmware's ELF file");
        }
        try {
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new ElfFormatException(
                        path + " is larger than " + (MAX_FILE_BYTES >> 20) + " MB");
            }
            return parse(Files.readAllBytes(path), path.toString());
        } catch (NoSuchFileException e) {
            throw new ElfFormatException(
                    path + " does not exist: build the firmware first, or correct the path", e);
        }
    }

    /**
     * @param bytes not copied; must not be changed afterwards
     * @param name for messages
     */
    public static ElfFile parse(byte[] bytes, String name) throws ElfFormatException {
        try {
            return new ElfFile(name, Slice.of(bytes, name));
        } catch (MalformedException e) {
            throw new ElfFormatException(
                    name + " is a damaged ELF file (" + e.getMessage() + "): build it again", e);
        }
    }

    private void checkIdentity(Cursor header) throws ElfFormatException {
        boolean magic =
                header.remaining() >= 4
                        && header.u8() == 0x7F
                        && header.u8() == 'E'
                        && header.u8() == 'L'
                        && header.u8() == 'F';
        if (!magic) {
            throw new ElfFormatException(
                    name
                            + " is not an ELF file: give the .elf file that the linker wrote, not a"
                            + " .bin, .hex or bundle");
        }
        if (file.length() < HEADER_BYTES) {
            throw new ElfFormatException(name + " ends inside its ELF header: build it again");
        }
        int wordSize = header.u8();
        int byteOrder = header.u8();
        if (wordSize != 1) {
            throw new ElfFormatException(
                    name + " is not a 32-bit ELF file: Microvisor firmware is 32-bit Arm");
        }
        if (byteOrder != 1) {
            throw new ElfFormatException(
                    name + " is big-endian: Microvisor firmware is little-endian Arm");
        }
        header.skip(10);
    }

    private static String machineName(int machine) {
        switch (machine) {
            case 3:
                return " (x86)";
            case 62:
                return " (x86-64)";
            case 94:
                return " (Xtensa)";
            case 183:
                return " (AArch64)";
            case 243:
                return " (RISC-V)";
            default:
                return "";
        }
    }

    private List<Segment> readSegments(long table, int count, int headerSize) {
        List<Segment> result = new ArrayList<>();
        if (count > 0 && headerSize < SEGMENT_HEADER_BYTES) {
            throw new MalformedException("program headers of " + headerSize + " bytes");
        }
        for (int i = 0; i < count; i++) {
            Cursor cursor = file.cursor(table + (long) i * headerSize);
            int type = cursor.i32();
            long offset = cursor.u32();
            long virtualAddress = cursor.u32();
            long physicalAddress = cursor.u32();
            long fileSize = cursor.u32();
            long memorySize = cursor.u32();
            long flags = cursor.u32();
            if (type == LOADABLE && memorySize > 0) {
                byte[] bytes = file.sub(offset, fileSize, "segment " + i).toBytes();
                result.add(
                        new Segment(
                                physicalAddress,
                                virtualAddress,
                                bytes,
                                Math.max(memorySize, fileSize),
                                (flags & 1) != 0));
            }
        }
        return List.copyOf(result);
    }

    private List<Section> readSections(long table, int statedCount, int headerSize, int names) {
        if (table == 0) {
            return List.of();
        }
        if (headerSize < SECTION_HEADER_BYTES) {
            throw new MalformedException("section headers of " + headerSize + " bytes");
        }
        long count = statedCount;
        if (count == 0) {
            // More than 65,279 sections: the count is in the size of the first one.
            Cursor first = file.cursor(table);
            first.skip(20);
            count = first.u32();
        }
        if (count * headerSize > file.length()) {
            throw new MalformedException(count + " sections do not fit the file");
        }
        Slice nameTable = sectionBytes(table + (long) names * headerSize, "section names");
        List<Section> result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Cursor cursor = file.cursor(table + (long) i * headerSize);
            long nameOffset = cursor.u32();
            int type = cursor.i32();
            long flags = cursor.u32();
            long address = cursor.u32();
            long offset = cursor.u32();
            long size = cursor.u32();
            int link = cursor.i32();
            int info = cursor.i32();
            String sectionName =
                    nameOffset < nameTable.length() ? nameTable.cursor(nameOffset).cString() : "";
            result.add(new Section(i, sectionName, type, flags, address, offset, size, link, info));
        }
        return List.copyOf(result);
    }

    private Slice sectionBytes(long headerOffset, String what) {
        Cursor cursor = file.cursor(headerOffset);
        cursor.skip(16);
        long offset = cursor.u32();
        return file.sub(offset, cursor.u32(), what);
    }

    public String name() {
        return name;
    }

    public long entryPoint() {
        return entryPoint;
    }

    public List<Section> sections() {
        return sections;
    }

    public List<Segment> segments() {
        return segments;
    }

    /** Whether an address lies in a section that is loaded: dropped functions are at address 0. */
    public boolean isLoaded(long address) {
        for (Section section : sections) {
            if (section.contains(address)) {
                return true;
            }
        }
        return false;
    }

    public Optional<Section> section(String wanted) {
        return sections.stream().filter(section -> section.name().equals(wanted)).findFirst();
    }

    /** The bytes of a section, expanded when compressed; an empty slice when it is absent. */
    public synchronized Slice contents(String wanted) {
        Slice known = contents.get(wanted);
        if (known == null) {
            known = readContents(wanted);
            contents.put(wanted, known);
        }
        return known;
    }

    private Slice readContents(String wanted) {
        Optional<Section> found = section(wanted);
        if (found.isPresent()) {
            Section section = found.get();
            if (section.type() == Section.NO_BITS) {
                return Slice.empty(wanted);
            }
            Slice stored = file.sub(section.offset(), section.size(), wanted);
            return section.isCompressed() ? CompressedSection.expand(stored) : stored;
        }
        if (wanted.startsWith(".debug_")) {
            Optional<Section> old = section(".z" + wanted.substring(1));
            if (old.isPresent()) {
                Slice stored = file.sub(old.get().offset(), old.get().size(), wanted);
                return CompressedSection.expandOldStyle(stored);
            }
        }
        return Slice.empty(wanted);
    }

    public synchronized SymbolTable symbols() {
        if (symbols == null) {
            symbols = new SymbolTable(readSymbols());
        }
        return symbols;
    }

    private List<Symbol> readSymbols() {
        List<Symbol> result = new ArrayList<>();
        for (Section section : sections) {
            if (section.type() == Section.SYMBOLS
                    && section.link() > 0
                    && section.link() < sections.size()) {
                Section strings = sections.get(section.link());
                Slice names = file.sub(strings.offset(), strings.size(), "symbol names");
                Slice table = file.sub(section.offset(), section.size(), ".symtab");
                int count = table.length() / SYMBOL_BYTES;
                Cursor cursor = table.cursor(0);
                for (int i = 0; i < count; i++) {
                    result.add(readSymbol(cursor, names));
                }
            }
        }
        return result;
    }

    private static Symbol readSymbol(Cursor cursor, Slice names) {
        long nameOffset = cursor.u32();
        long value = cursor.u32();
        long size = cursor.u32();
        int info = cursor.u8();
        cursor.skip(1);
        int section = cursor.u16();
        String text = nameOffset < names.length() ? names.cursor(nameOffset).cString() : "";
        return new Symbol(text, value, size, kind(info & 0xF), info >> 4 != 0, section);
    }

    private static Symbol.Kind kind(int type) {
        switch (type) {
            case 0:
                return Symbol.Kind.NONE;
            case 1:
                return Symbol.Kind.OBJECT;
            case 2:
                return Symbol.Kind.FUNCTION;
            case 3:
                return Symbol.Kind.SECTION;
            case 4:
                return Symbol.Kind.FILE;
            default:
                return Symbol.Kind.OTHER;
        }
    }

    /** The linker's identification of this build in hexadecimal, when it was asked to add one. */
    public Optional<String> buildId() {
        for (Section section : sections) {
            if (section.type() == Section.NOTE && section.name().contains("build-id")) {
                Cursor cursor =
                        file.sub(section.offset(), section.size(), section.name()).cursor(0);
                long nameSize = cursor.u32();
                long size = cursor.u32();
                if (cursor.i32() == BUILD_ID_NOTE) {
                    cursor.skip(nameSize + 3 & ~3L);
                    return Optional.of(HexFormat.of().formatHex(cursor.bytes(size)));
                }
            }
        }
        return Optional.empty();
    }
}
