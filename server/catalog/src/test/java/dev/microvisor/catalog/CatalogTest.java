package dev.microvisor.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog catalog = Catalog.bundled();

    @Test
    void all72ExportedCallsHaveAnEntryAndTwoSlotsAreEmpty() {
        assertThat(catalog.calls()).hasSize(72);
        assertThat(catalog.callAtSlot(20)).isEmpty();
        assertThat(catalog.callAtSlot(71)).isEmpty();
    }
}
