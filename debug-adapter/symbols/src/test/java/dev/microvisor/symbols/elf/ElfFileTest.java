package dev.microvisor.symbols.elf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ElfFileTest {
    private static void refused(byte[] bytes, String... words) {
        String message =
                assertThrows(ElfFormatException.class, () -> ElfFile.parse(bytes, "fw.elf"))
                        .getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void aTextFileIsNotAnElfFile() {
        refused(
                "hello, world".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "fw.elf is not an ELF file");
        refused(new byte[0], "not an ELF file");
    }

    @Test
    void anAbsentFileIsNamed() {
        String message =
                assertThrows(
                                ElfFormatException.class,
                                () -> ElfFile.open(Path.of("no/such/firmware.elf")))
                        .getMessage();
        assertTrue(message.contains("firmware.elf does not exist"), message);
    }

    @Test
    void aFolderIsNamed() {
        assertThrows(ElfFormatException.class, () -> ElfFile.open(Path.of("src")));
    }

    @Test
    void otherMachinesAreNamed() {
        byte[] bytes = new ElfBytes().bytes();
        bytes[18] = 62;
        refused(bytes, "is not for Arm", "x86-64");
    }

    @Test
    void sixtyFourBitFilesAreRefused() {
        byte[] bytes = new ElfBytes().bytes();
        bytes[4] = 2;
        refused(bytes, "not a 32-bit ELF file");
    }

    @Test
    void bigEndianFilesAreRefused() {
        byte[] bytes = new ElfBytes().bytes();
        bytes[5] = 2;
        refused(bytes, "big-endian");
    }

    @Test
    void objectFilesAreRefused() {
        byte[] bytes = new ElfBytes().bytes();
        bytes[16] = 1;
        refused(bytes, "not linked yet");
    }

    @Test
    void aHeaderThatIsCutOffIsRefused() {
        byte[] whole = new ElfBytes().bytes();
        byte[] half = new byte[30];
        System.arraycopy(whole, 0, half, 0, half.length);
        refused(half, "ends inside its ELF header");
    }

    @Test
    void aSectionTableOutsideTheFileIsRefused() {
        byte[] bytes = new ElfBytes().bytes();
        bytes[35] = 0x7F;
        refused(bytes, "damaged");
    }

    @Test
    void sectionsAreFoundByName() throws ElfFormatException {
        byte[] bytes = new ElfBytes().section(".debug_str", 0, new byte[] {'a', 0}).bytes();
        ElfFile elf = ElfFile.parse(bytes, "fw.elf");
        assertArrayEquals(new byte[] {'a', 0}, elf.contents(".debug_str").toBytes());
        assertTrue(elf.contents(".debug_line").isEmpty());
        assertFalse(elf.section(".text").isPresent());
    }

    @Test
    void compressedSectionsAreExpanded() throws ElfFormatException {
        byte[] content = new byte[1000];
        content[999] = 42;
        byte[] bytes =
                new ElfBytes()
                        .section(".debug_str", 0x800, ElfBytes.compressed(content, content.length))
                        .bytes();
        ElfFile elf = ElfFile.parse(bytes, "fw.elf");
        assertArrayEquals(content, elf.contents(".debug_str").toBytes());
    }

    @Test
    void aCompressedSectionCannotAskForAllMemory() throws ElfFormatException {
        byte[] bytes =
                new ElfBytes()
                        .section(
                                ".debug_str", 0x800, ElfBytes.compressed(new byte[10], 0x7FFF_FFFF))
                        .bytes();
        ElfFile elf = ElfFile.parse(bytes, "fw.elf");
        String message =
                assertThrows(MalformedException.class, () -> elf.contents(".debug_str"))
                        .getMessage();
        assertTrue(message.contains("not credible"), message);
    }

    @Test
    void numbersOfManyBytesEnd() {
        byte[] endless = new byte[64];
        java.util.Arrays.fill(endless, (byte) 0x80);
        Cursor cursor = Slice.of(endless, "test").cursor(0);
        assertThrows(MalformedException.class, cursor::uleb);
    }

    @Test
    void signedNumbersKeepTheirSign() {
        Cursor cursor = Slice.of(new byte[] {0x7F, (byte) 0x80, 0x7F, 0x3F}, "test").cursor(0);
        assertEquals(-1, cursor.sleb());
        assertEquals(-128, cursor.sleb());
        assertEquals(63, cursor.sleb());
    }
}
