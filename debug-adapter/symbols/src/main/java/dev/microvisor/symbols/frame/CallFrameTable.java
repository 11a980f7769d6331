package dev.microvisor.symbols.frame;

import dev.microvisor.symbols.dwarf.DwarfFile;
import dev.microvisor.symbols.dwarf.Problems;
import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Section;
import dev.microvisor.symbols.elf.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The call frame information of a program: .debug_frame, and .eh_frame where there is one. */
final class CallFrameTable {
    private static final int MAX_ENTRIES = 1 << 20;

    private final DwarfFile dwarf;
    private final Problems problems;
    private NavigableMap<Long, Entry> entries;

    /** What entries of one kind share (a CIE). */
    record Common(
            long codeAlignment,
            long dataAlignment,
            int returnRegister,
            Slice instructions,
            int pointerEncoding,
            boolean augmented) {}

    /** The frame information of a stretch of code (an FDE). */
    record Entry(long start, long end, Common common, Slice instructions) {}

    CallFrameTable(DwarfFile dwarf) {
        this.dwarf = dwarf;
        this.problems = dwarf.problems();
    }

    /** The rules at an address; empty for code without frame information. */
    Optional<CfaRow> rowAt(long address) {
        Map.Entry<Long, Entry> found = entries().floorEntry(address);
        if (found == null || address >= found.getValue().end()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CallFrameProgram.rowAt(found.getValue(), address));
        } catch (MalformedException e) {
            problems.add(e.getMessage() + "; that frame information is skipped");
            return Optional.empty();
        }
    }

    private NavigableMap<Long, Entry> entries() {
        if (entries == null) {
            entries = new TreeMap<>();
            read(".eh_frame", true);
            read(".debug_frame", false);
        }
        return entries;
    }

    private void read(String name, boolean exceptionHandling) {
        try {
            Slice section = dwarf.section(name);
            long address = dwarf.elf().section(name).map(Section::address).orElse(0L);
            new SectionReader(section, address, exceptionHandling).run();
        } catch (MalformedException e) {
            problems.add(e.getMessage() + "; the rest of " + name + " is skipped");
        }
    }

    /** Reads one section. */
    private final class SectionReader {
        private final Slice section;
        private final long address;
        private final boolean exceptionHandling;
        private final Map<Integer, Common> commons = new HashMap<>();

        SectionReader(Slice section, long address, boolean exceptionHandling) {
            this.section = section;
            this.address = address;
            this.exceptionHandling = exceptionHandling;
        }

        void run() {
            int offset = 0;
            for (int i = 0; i < MAX_ENTRIES && section.length() - offset >= 4; i++) {
                Cursor cursor = section.cursor(offset);
                long length = cursor.u32();
                int idSize = 4;
                if (length == 0xFFFF_FFFFL) {
                    length = cursor.i64();
                    idSize = 8;
                }
                if (length == 0 && exceptionHandling) {
                    return;
                }
                int body = cursor.offset();
                cursor.skip(length);
                int end = cursor.offset();
                if (length > idSize) {
                    readEntry(offset, body, end, idSize);
                }
                offset = end;
            }
        }

        private void readEntry(int offset, int body, int end, int idSize) {
            try {
                Cursor cursor = section.cursor(body, end);
                long id = cursor.unsigned(idSize);
                boolean common =
                        exceptionHandling ? id == 0 : id == (idSize == 4 ? 0xFFFF_FFFFL : -1L);
                if (common) {
                    commons.put(offset, readCommon(cursor, end));
                } else {
                    long target = exceptionHandling ? body - id : id;
                    readDescription(cursor, target, end);
                }
            } catch (MalformedException e) {
                problems.add(e.getMessage() + "; that frame information is skipped");
            }
        }

        private Common common(long offset) {
            Common known = offset == (int) offset ? commons.get((int) offset) : null;
            if (known == null) {
                Cursor cursor = section.cursor(offset);
                long length = cursor.u32();
                int start = cursor.offset();
                cursor.skip(length);
                int end = cursor.offset();
                Cursor inside = section.cursor(start, end);
                inside.skip(4);
                known = readCommon(inside, end);
                commons.put((int) offset, known);
            }
            return known;
        }

        private Common readCommon(Cursor cursor, int end) {
            int version = cursor.u8();
            if (version != 1 && version != 3 && version != 4) {
                throw new MalformedException(section.name() + ": frame version " + version);
            }
            String augmentation = cursor.cString();
            if (version == 4) {
                cursor.skip(2);
            }
            long codeAlignment = cursor.uleb();
            long dataAlignment = cursor.sleb();
            int returnRegister = version == 1 ? cursor.u8() : cursor.ulebInt();
            int encoding = 0;
            boolean augmented = augmentation.startsWith("z");
            if (augmented) {
                int size = cursor.ulebInt();
                int next = cursor.offset() + size;
                encoding = pointerEncoding(augmentation, cursor);
                cursor.seek(next);
            } else if (!augmentation.isEmpty()) {
                throw new MalformedException(
                        section.name() + ": unknown augmentation '" + augmentation + "'");
            }
            Slice instructions =
                    section.sub(cursor.offset(), end - cursor.offset(), section.name());
            return new Common(
                    codeAlignment,
                    dataAlignment,
                    returnRegister,
                    instructions,
                    encoding,
                    augmented);
        }

        private int pointerEncoding(String augmentation, Cursor cursor) {
            int encoding = 0;
            for (int i = 1; i < augmentation.length(); i++) {
                switch (augmentation.charAt(i)) {
                    case 'R':
                        encoding = cursor.u8();
                        break;
                    case 'P':
                        encodedPointer(cursor, cursor.u8());
                        break;
                    case 'L':
                        cursor.skip(1);
                        break;
                    default:
                        break;
                }
            }
            return encoding;
        }

        private long encodedPointer(Cursor cursor, int encoding) {
            long base = (encoding & 0x70) == 0x10 ? address + cursor.offset() : 0;
            switch (encoding & 0x0F) {
                case 0x00:
                case 0x03:
                    return base + cursor.u32() & 0xFFFF_FFFFL;
                case 0x01:
                    return base + cursor.uleb();
                case 0x02:
                    return base + cursor.u16();
                case 0x09:
                    return base + cursor.sleb() & 0xFFFF_FFFFL;
                case 0x0A:
                    return base + (short) cursor.u16() & 0xFFFF_FFFFL;
                case 0x0B:
                    return base + cursor.i32() & 0xFFFF_FFFFL;
                default:
                    throw new MalformedException(
                            String.format("%s: pointer encoding 0x%x", section.name(), encoding));
            }
        }

        private void readDescription(Cursor cursor, long target, int end) {
            Common common = common(target);
            int encoding = exceptionHandling ? common.pointerEncoding() : 0;
            long start = encodedPointer(cursor, encoding);
            long size = encodedPointer(cursor, encoding & 0x0F);
            if (common.augmented()) {
                cursor.skip(cursor.ulebInt());
            }
            if (size > 0 && dwarf.elf().isLoaded(start)) {
                Slice instructions =
                        section.sub(cursor.offset(), end - cursor.offset(), section.name());
                entries.put(start, new Entry(start, start + size, common, instructions));
            }
        }
    }
}
