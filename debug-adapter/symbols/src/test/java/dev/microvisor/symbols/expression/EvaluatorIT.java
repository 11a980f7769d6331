package dev.microvisor.symbols.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.microvisor.symbols.Program;
import dev.microvisor.symbols.Toolchain;
import dev.microvisor.symbols.frame.Frame;
import dev.microvisor.symbols.target.FrameContext;
import dev.microvisor.symbols.value.Value;
import dev.microvisor.symbols.value.ValueFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions over the globals of types.c as they are before the program runs. */
class EvaluatorIT {
    private static final long STACK = 0x3800_4000L;

    private static Program program;
    private static Machine machine;

    /** The program as loaded, stopped where {@code use} begins. */
    private static final class Machine implements FrameContext, TargetWriter {
        private final byte[] ram = new byte[0x8000];
        private final int[] core = new int[16];

        Machine() {
            byte[] data = program.storedBytes(0x3800_0000L, ram.length);
            System.arraycopy(data, 0, ram, 0, data.length);
            core[SP] = (int) STACK;
            core[PC] = (int) program.symbols().named("use").get().address();
            core[0] = 7;
        }

        @Override
        public OptionalInt register(int number) {
            return number < 16 ? OptionalInt.of(core[number]) : OptionalInt.of(0);
        }

        @Override
        public OptionalInt named(String name) {
            return name.equals("psp") ? OptionalInt.of(0x3800_2000) : OptionalInt.empty();
        }

        @Override
        public byte[] read(long address, int sizeBytes) {
            int offset = (int) (address - 0x3800_0000L);
            return offset >= 0 && offset < ram.length
                    ? Arrays.copyOfRange(ram, offset, Math.min(ram.length, offset + sizeBytes))
                    : program.storedBytes(address, sizeBytes);
        }

        @Override
        public boolean writeMemory(long address, byte[] bytes) {
            int offset = (int) (address - 0x3800_0000L);
            if (offset < 0 || offset + bytes.length > ram.length) {
                return false;
            }
            System.arraycopy(bytes, 0, ram, offset, bytes.length);
            return true;
        }

        @Override
        public boolean writeRegister(int number, int value) {
            core[number] = value;
            return true;
        }

        @Override
        public boolean writeNamed(String name, int value) {
            return false;
        }
    }

    @BeforeAll
    static void load() throws IOException {
        program = Program.open(Toolchain.compile("types.c", "-g3", "-gdwarf-5", "-O0"));
        machine = new Machine();
    }

    private static Frame frame(Machine stopped) {
        return program.backtrace(stopped).frames().get(0);
    }

    private static String check(String expression) {
        Value value = program.evaluate(expression, frame(machine));
        return program.renderer(ValueFormat.NATURAL).text(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "byte_value | 200",
                "signed_byte + 1 | -99",
                "plain_char | 120 'x'",
                "short_value * 2 | -24690",
                "long_long - 1 | -1234567890123456790",
                "unsigned_long_long / 10 | 1234567890123456789",
                "single + 0.25 | 1.75",
                "real * 2 | -4.5",
                "!truth | 0",
                "colour | BLUE",
                "flags == 5 | 1",
                "flags & FLAG_C | 4",
                "(enum flags)4 | FLAG_C",
                "colour == BLUE ? 10 : 20 | 10",
                "point | {x = 3, y = -4}",
                "point.x - point.y | 7",
                "bits.second | -7",
                "bits.colour | GREEN",
                "bits.wide | 78187493530",
                "number.word == 0x3f800000 | 1",
                "first_node.next->at[1].y | 4",
                "first_node.next->next | 0x00000000",
                "first_node.inner + first_node.either | 1",
                "*first_node.name | 102 'f'",
                "grid[1][2] | 6",
                "grid | {{1, 2, 3}, {4, 5, 6}}",
                "unnamed.m[0] | {12, 13, 14}",
                "text | \"hello\"",
                "no_terminator | \"abcd\"",
                "text[1] == 'e' | 1",
                "sizeof(struct node) | 32",
                "sizeof grid | 24",
                "sizeof(int *) | 4",
                "(char)321 | 65 'A'",
                "(signed char)200 | -56",
                "(unsigned char)-1 | 255",
                "-1 < 1u | 0",
                "-1 < 1 | 1",
                "1 << 31 | -2147483648",
                "1u << 31 | 2147483648",
                "0x80000000 >> 31 | 1",
                "-7 / 2 | -3",
                "7 % -4 | 3",
                "~0 | -1",
                "5000000000 | 5000000000",
                "0b101 + 010 | 13",
                "1.0f / 4 | 0.25",
                "&grid[1] - &grid[0] | 1",
                "&grid[1][0] > &grid[0][0] | 1",
                "*(&point.x + 1) | -4",
                "((struct point *)&point)->y | -4",
                "*(unsigned short *)&short_value | 53191",
                "{int}&long_value | -123456789",
                "names[1][0] | 116 't'",
                "handler == add | 1",
                "table[1] == 0 | 1",
                "three[1][2] | {9, 8, 7, 6}",
                "grid[0][0]@3 | {1, 2, 3}",
                "atomic_value + both | 85",
                "'types.c'::second_node.inner | 7",
                "use::calls | 0",
                "$r0 | 7",
                "$sp == 0x38004000 | 1",
                "(unsigned)$psp | 939532288",
                "__INT_MAX__ | 2147483647",
                "hardware == (unsigned *)0xE000ED00 | 1",
            })
    void hasTheValueThatCGivesIt(String expression, String expected) {
        assertEquals(expected, check(expression));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nowhere | nothing is named 'nowhere'",
                "add(1, 2) | calls no functions",
                "point = 3 | an assignment is not allowed here",
                "byte_value++ | an assignment is not allowed here",
                "point.z | has no member 'z'",
                "byte_value.x | has no members",
                "*nothing | cast it first",
                "1 / 0 | division by zero",
                "1 << 40 | outside the 32 bits",
                "1 + | is not expected here",
                "(1 | ')' is missing",
                "&bits.first | a bit-field has no address",
                "hidden->x | only declared",
                "point + 1 | does not work on a value of type struct point",
                "$r99 | no register $r99",
                "(struct nothing *)0 | no struct is named 'nothing'",
                "sizeof(wrong) | nothing is named 'wrong'",
                "#define | '#' is not understood",
                "struct point | is a type",
                "*(int *)0x90000000 + 1 | cannot be read",
            })
    void saysWhyItCannotBeEvaluated(String expression, String words) {
        String message =
                assertThrows(ExpressionException.class, () -> check(expression)).getMessage();
        assertTrue(message.contains(words), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-gdwarf-4", "-gdwarf-5"})
    void macrosAreReplacedAsThePreprocessorDoesIt(String dwarf) throws IOException {
        Program built = Program.open(Toolchain.compile("types.c", "-g3", dwarf, "-O0"));
        Frame here = built.backtrace(machine).frames().get(0);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("ANSWER * 10", "60");
        values.put("TWICE(ANSWER)", "84");
        values.put("LARGER(point.x, TWICE(2 + 3))", "10");
        values.put("JOIN(byte_, value)", "200");
        values.put("NAME_OF(a + b)", "\"a + b\"");
        values.put("POINT_X", "3");
        values.put("LAST(1, 7)", "7");
        values.put("(IO NOTHING int)5", "5");
        values.forEach(
                (expression, text) ->
                        assertEquals(
                                text,
                                built.renderer(ValueFormat.NATURAL)
                                        .text(built.evaluate(expression, here)),
                                expression));
        Map<String, String> problems = new LinkedHashMap<>();
        problems.put("TWICE", "TWICE is a macro: write TWICE(x)");
        problems.put("LARGER(1)", "does not take 1 arguments");
        problems.put("TWICE(1", "')' is missing after TWICE(x)");
        problems.put("ITSELF", "nothing is named 'ITSELF'");
        problems.put("CALLS_IT(2)", "calls no functions");
        problems.forEach(
                (expression, words) -> {
                    String message =
                            assertThrows(
                                            ExpressionException.class,
                                            () -> built.evaluate(expression, here))
                                    .getMessage();
                    assertTrue(message.contains(words), expression + ": " + message);
                });
        assertEquals(List.of("LARGER", "LAST"), built.macrosStartingWith("LA", here, 10));
    }

    @Test
    void enumeratorsThatAreBitsAreShownAsTheirSum() {
        assertEquals("(FLAG_A | FLAG_C)", check("flags"));
        assertEquals("(FLAG_A | FLAG_B | FLAG_C)", check("(enum flags)7"));
        assertEquals("(FLAG_A | unknown: 0x8)", check("(enum flags)9"));
    }

    @Test
    void nestingIsLimited() {
        String deep = "(".repeat(5000) + "1" + ")".repeat(5000);
        assertThrows(ExpressionException.class, () -> check(deep));
        assertThrows(ExpressionException.class, () -> check("-".repeat(5000) + "1"));
    }

    private static String assigned(String target, String value) {
        Machine own = new Machine();
        program.assign(target, value, frame(own), own);
        return program.renderer(ValueFormat.NATURAL).text(program.evaluate(target, frame(own)));
    }

    @Test
    void assignmentsChangeMemoryBitFieldsAndRegisters() {
        assertEquals("-5", assigned("short_value", "-5"));
        assertEquals("2.5", assigned("single", "5 / 2.0"));
        assertEquals("RED", assigned("colour", "RED"));
        assertEquals("-2", assigned("bits.second", "-2"));
        assertEquals("1099511627775", assigned("bits.wide", "-1"));
        assertEquals("{x = 5, y = 6}", assigned("first_node.at[1]", "first_node.at[0]"));
        assertEquals("99", assigned("$r0", "99"));
        assertEquals("\"bye\"", assigned("text", "\"bye\""));
        assertEquals("9", assigned("grid[1][1]", "grid[1][1] + 4"));
    }

    @Test
    void aBitFieldsNeighboursStayAsTheyWere() {
        Machine own = new Machine();
        program.assign("bits.second", "3", frame(own), own);
        Value first = program.evaluate("bits.first", frame(own));
        Value colour = program.evaluate("bits.colour", frame(own));
        assertEquals(5, first.asLong());
        assertEquals(5, colour.asLong());
    }

    @Test
    void compoundAssignmentsUseTheOldValue() {
        Machine own = new Machine();
        Value value = program.execute("long_value += 789", frame(own), own);
        assertEquals(-123456000, value.asLong());
    }

    @Test
    void memoryThatCannotBeWrittenIsNamed() {
        Machine own = new Machine();
        String message =
                assertThrows(
                                ExpressionException.class,
                                () -> program.assign("*(int *)0x10000000", "1", frame(own), own))
                        .getMessage();
        assertEquals("memory at 0x10000000 cannot be written", message);
    }
}
