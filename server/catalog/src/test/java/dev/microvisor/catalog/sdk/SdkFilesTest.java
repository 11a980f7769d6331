package dev.microvisor.catalog.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microvisor.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SdkFilesTest {
    static final Path SDK =
            Path.of(System.getProperty("microvisor.root"), "samples", "firmware", "sdk");

    @Test
    void committedFilesAreWhatTheCatalogGives() throws IOException {
        if ("update".equals(System.getProperty("golden"))) {
            SdkFiles.write(SDK);
        }
        for (Map.Entry<String, String> file : SdkFiles.of(Catalog.bundled()).entrySet()) {
            assertThat(SDK.resolve(file.getKey())).content().isEqualTo(file.getValue());
        }
    }

    @Test
    void everyFileOpensWithTheCommandThatMakesIt() {
        assertThat(SdkFiles.of(Catalog.bundled()).values())
                .allSatisfy(
                        text ->
                                assertThat(text.lines().limit(2))
                                        .last()
                                        .asString()
                                        .contains(SdkFiles.COMMAND));
    }

    @Test
    void commentsStayWithinALine() {
        assertThat(CText.wrap("aaa bbb ccc", 7)).containsExactly("aaa bbb", "ccc");
    }
}
