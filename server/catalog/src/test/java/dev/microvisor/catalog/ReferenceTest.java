package dev.microvisor.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {
    private static final Path GOLDEN =
            Path.of(
                    System.getProperty("microvisor.root"),
                    "server/catalog/src/test/resources/reference");

    private final Catalog catalog = Catalog.bundled();
    private final Reference reference = new Reference(catalog);

    static List<String> names() {
        return List.of(
                "mvOpenChannel",
                "mvGetDeviceId",
                "mvReadChannel",
                "mvTemporaryStructTest",
                "MV_STATUS_RATELIMITED",
                "MV_STATUS_ITEMINDEXINVALID",
                "MV_CHANNELTYPE_OPAQUEBYTES",
                "MvWakeReason",
                "MvNotificationSetup",
                "MvHttpRequest.timeout_ms",
                "MvOpenChannelParams.send_buffer");
    }

    @ParameterizedTest
    @MethodSource("names")
    void rendersAsInTheGoldenFile(String name) throws IOException {
        String text = reference.of(name).orElseThrow();
        Path golden = GOLDEN.resolve(name + ".md");
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(golden).content().isEqualTo(text);
    }

    @Test
    void noGoldenFileIsLeftWithoutItsCase() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            names().stream().map(n -> n + ".md").toList());
        }
    }

    @Test
    void everyNameOfTheCatalogHasAText() {
        catalog.calls().forEach(c -> assertThat(reference.of(c.name())).isPresent());
        catalog.structs()
                .forEach(
                        s ->
                                s.fields()
                                        .forEach(
                                                f ->
                                                        assertThat(
                                                                        reference.of(
                                                                                s.name() + "."
                                                                                        + f.path()))
                                                                .isPresent()));
        catalog.enumerations()
                .forEach(
                        e -> {
                            assertThat(reference.of(e.name())).isPresent();
                            e.constants()
                                    .forEach(c -> assertThat(reference.of(c.name())).isPresent());
                        });
        catalog.aliases().forEach(a -> assertThat(reference.of(a.name())).isPresent());
        assertThat(reference.of("mvNoSuchCall")).isEmpty();
        assertThat(reference.of("MvHttpRequest.nothing")).isEmpty();
    }
}
