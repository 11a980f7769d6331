package dev.microvisor.symbols.line;

import dev.microvisor.symbols.dwarf.At;
import dev.microvisor.symbols.dwarf.Unit;
import dev.microvisor.symbols.elf.Cursor;
import dev.microvisor.symbols.elf.MalformedException;
import dev.microvisor.symbols.elf.Slice;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The header of a line number program (DWARF 5 section 6.2.4).
 *
 * @param files by the numbers that the program uses; null where a number is not in use
 * @param operandCounts by standard opcode
 * @param start where the program's opcodes begin in .debug_line
 */
@SuppressWarnings("ArrayRecordComponent")
record LineHeader(
        int version,
        int minimumInstruction,
        int operationsPerInstruction,
        boolean defaultIsStatement,
        int lineBase,
        int lineRange,
        int opcodeBase,
        int[] operandCounts,
        List<SourceFile> files,
        int start,
        int end) {

    private static final int MAX_ENTRIES = 1 << 18;
    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_DIRECTORY = 2;
    private static final int CONTENT_MD5 = 5;

    /** Empty for a unit without a line table. */
    static Optional<LineHeader> of(Unit unit) {
        OptionalLong offset = unit.root().sectionOffset(At.STMT_LIST);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        Slice section = unit.file().section(".debug_line");
        if (section.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(read(unit, section, offset.getAsLong()));
    }

    private static LineHeader read(Unit unit, Slice section, long offset) {
        Cursor cursor = section.cursor(offset);
        int offsetSize = 4;
        long length = cursor.u32();
        if (length == 0xFFFF_FFFFL) {
            length = cursor.i64();
            offsetSize = 8;
        }
        if (length < 0 || length > cursor.remaining()) {
            throw new MalformedException(
                    String.format(".debug_line: the table at 0x%x is cut off", offset));
        }
        int end = cursor.offset() + (int) length;
        int version = cursor.u16();
        if (version < 2 || version > 5) {
            throw new MalformedException(
                    String.format(
                            ".debug_line: the table at 0x%x has version %d; 2 to 5 are known",
                            offset, version));
        }
        if (version >= 5) {
            cursor.skip(2);
        }
        long headerLength = cursor.unsigned(offsetSize);
        long start = cursor.offset() + headerLength;
        if (headerLength < 0 || start > end) {
            throw new MalformedException(
                    String.format(".debug_line: the header at 0x%x is too long", offset));
        }
        int minimumInstruction = cursor.u8();
        int operations = version >= 4 ? Math.max(1, cursor.u8()) : 1;
        boolean defaultIsStatement = cursor.u8() != 0;
        int lineBase = cursor.i8();
        int lineRange = cursor.u8();
        int opcodeBase = cursor.u8();
        if (lineRange == 0 || opcodeBase == 0) {
            throw new MalformedException(
                    String.format(".debug_line: the header at 0x%x has a range of 0", offset));
        }
        int[] operandCounts = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            operandCounts[i] = cursor.u8();
        }
        List<SourceFile> files =
                version >= 5
                        ? new EntryTables(unit, cursor, offsetSize).readFiles()
                        : readOldFiles(unit, cursor);
        return new LineHeader(
                version,
                minimumInstruction,
                operations,
                defaultIsStatement,
                lineBase,
                lineRange,
                opcodeBase,
                operandCounts,
                files,
                (int) start,
                end);
    }

    private static List<SourceFile> readOldFiles(Unit unit, Cursor cursor) {
        List<String> directories = new ArrayList<>();
        directories.add("");
        for (String name = cursor.cString(); !name.isEmpty(); name = cursor.cString()) {
            directories.add(name);
        }
        List<SourceFile> files = new ArrayList<>();
        files.add(null);
        for (String name = cursor.cString(); !name.isEmpty(); name = cursor.cString()) {
            long directory = cursor.uleb();
            cursor.uleb();
            cursor.uleb();
            String in =
                    directory >= 0 && directory < directories.size()
                            ? directories.get((int) directory)
                            : "";
            files.add(SourceFile.of(unit.directory(), in, name, null));
        }
        return files;
    }

    /** The self-describing directory and file tables of DWARF 5. */
    private record EntryTables(Unit unit, Cursor cursor, int offsetSize) {
        List<SourceFile> readFiles() {
            List<String> directories = new ArrayList<>();
            for (Entry entry : readTable()) {
                directories.add(entry.path);
            }
            List<SourceFile> files = new ArrayList<>();
            for (Entry entry : readTable()) {
                boolean known = entry.directory >= 0 && entry.directory < directories.size();
                String in = known ? directories.get((int) entry.directory) : "";
                String base = directories.isEmpty() ? unit.directory() : directories.get(0);
                files.add(SourceFile.of(base, in, entry.path, entry.md5));
            }
            return files;
        }

        private List<Entry> readTable() {
            int formatCount = cursor.u8();
            int[] contents = new int[formatCount];
            int[] forms = new int[formatCount];
            for (int i = 0; i < formatCount; i++) {
                contents[i] = cursor.ulebInt();
                forms[i] = cursor.ulebInt();
            }
            int count = cursor.ulebInt();
            if (count > MAX_ENTRIES || (count > 0 && formatCount == 0)) {
                throw new MalformedException(".debug_line: a table of " + count + " files");
            }
            List<Entry> result = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Entry entry = new Entry();
                for (int j = 0; j < formatCount; j++) {
                    readField(entry, contents[j], forms[j]);
                }
                result.add(entry);
            }
            return result;
        }

        private void readField(Entry entry, int content, int form) {
            switch (content) {
                case CONTENT_PATH:
                    entry.path = unit.readString(cursor, form, offsetSize).orElse("");
                    break;
                case CONTENT_DIRECTORY:
                    entry.directory = unit.readNumber(cursor, form);
                    break;
                case CONTENT_MD5:
                    entry.md5 = HexFormat.of().formatHex(cursor.bytes(16));
                    break;
                default:
                    unit.skipForm(cursor, form);
                    break;
            }
        }
    }

    /** One row of a table while it is read. */
    private static final class Entry {
        String path = "";
        long directory;
        String md5;
    }
}
