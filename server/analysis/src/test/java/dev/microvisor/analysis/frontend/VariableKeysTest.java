package dev.microvisor.analysis.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.analysis.ir.Function;
import dev.microvisor.analysis.ir.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No two variables of functions share a key, however they were declared. */
class VariableKeysTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void f(int a) { int b = a; (void)b; }\nvoid g(int a) { int b = a; (void)b; }\n",
                "#define DEFINE(name) void name(int a) { int b = a; (void)b; }\nDEFINE(f) DEFINE(g)\n",
                "#define BOTH void f(int a) { int b = a; } void g(int a) { int b = a; }\nBOTH\n",
                "void f(a) int a; { (void)a; }\nvoid g(a) int a; { (void)a; }\n",
                "void f(int), g(int);\nvoid f(int a) { (void)a; }\nvoid g(int a) { (void)a; }\n",
                "#include \"list.h\"\n",
                "typedef void fn(int);\nfn f, g;\nvoid f(int a) { (void)a; }\nvoid g(int a) {}\n",
                "void f(void (*a)(int)) { a(1); }\nvoid g(void (*a)(int)) { a(1); }\n",
                "void f(int a[3]) { a[0] = 1; }\nvoid g(int a[3]) { a[0] = 1; }\n",
            })
    void inC(String text) throws IOException {
        Files.writeString(
                folder.resolve("list.h"),
                "#define X(name) static void name(int a) { int b = a; (void)b; }\nX(f) X(g)\n");
        check("a.c", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct A { void f(int a) { int b = a; } void g(int a) { int b = a; } };\n",
                "struct A { A(int a); void f(int a); };\nA::A(int a) {}\nvoid A::f(int a) {}\n",
                "template <typename T> void f(T a) { T b = a; }\ntemplate <typename T> void g(T a) {}\n",
                "template <typename T> struct A { void f(T a) {} void g(T a) {} };\n"
                        + "void h(A<int> &a) { a.f(1); a.g(2); }\n",
                "void f(auto a) { (void)a; }\nvoid g(auto a) { (void)a; }\n",
                "void f(int a) { auto x = [](int a) { return a; }; x(1); }\n"
                        + "void g(int a) { auto x = [](int a) { return a; }; x(1); }\n",
                "void f(int, int) {}\nvoid g(int, int) {}\n",
                "struct A { A &operator=(const A &a) { return *this; } A(const A &a) {} };\n",
            })
    void inCpp(String text) throws IOException {
        check("a.cpp", text);
    }

    private void check(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Map<String, Variable> byKey = new HashMap<>();
        List<Function> functions = Functions.of(file);
        assertThat(functions).isNotEmpty();
        for (Function function : functions) {
            for (Variable variable : function.variables()) {
                assertThat(byKey.put(variable.key(), variable))
                        .as(variable.key() + " of " + function)
                        .isNull();
            }
        }
    }
}
