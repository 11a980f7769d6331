package dev.microvisor.catalog.sdk;

import dev.microvisor.catalog.Catalog;

/** {@code microvisor.ld}: the memory that Microvisor leaves to the application. */
final class LinkerScriptFile {
    private LinkerScriptFile() {}

    static String of(Catalog catalog) {
        CText out =
                new CText()
                        .banner(
                                "Memory of an application under Microvisor: the lower half of"
                                        + " flash, and all RAM below Microvisor's quarter megabyte."
                                        + " SRAM4 is there to use and used by no default section.");
        return out
                + BODY.formatted(
                        catalog.limit("application-flash-bytes") / 1024,
                        catalog.limit("application-ram-bytes") / 1024,
                        catalog.limit("sram4-bytes") / 1024);
    }

    private static final String BODY =
            """

            ENTRY(Reset_Handler)

            MEMORY
            {
                ROM   (rx)  : ORIGIN = 0x08000000, LENGTH = %dK
                RAM   (xrw) : ORIGIN = 0x20000000, LENGTH = %dK
                SRAM4 (xrw) : ORIGIN = 0x28000000, LENGTH = %dK
            }

            _estack = ORIGIN(RAM) + LENGTH(RAM);
            _min_heap_size = 0x2000;
            _min_stack_size = 0x2000;

            SECTIONS
            {
                .isr_vector :
                {
                    KEEP(*(.isr_vector))
                } >ROM

                .text :
                {
                    . = ALIGN(8);
                    *(.text .text.*)
                    *(.rodata .rodata.*)
                    KEEP(*(.init))
                    KEEP(*(.fini))
                    . = ALIGN(8);
                } >ROM

                .ARM.extab : { *(.ARM.extab* .gnu.linkonce.armextab.*) } >ROM
                .ARM.exidx :
                {
                    __exidx_start = .;
                    *(.ARM.exidx* .gnu.linkonce.armexidx.*)
                    __exidx_end = .;
                } >ROM

                .init_arrays :
                {
                    . = ALIGN(4);
                    PROVIDE_HIDDEN(__preinit_array_start = .);
                    KEEP(*(.preinit_array*))
                    PROVIDE_HIDDEN(__preinit_array_end = .);
                    PROVIDE_HIDDEN(__init_array_start = .);
                    KEEP(*(SORT(.init_array.*)))
                    KEEP(*(.init_array*))
                    PROVIDE_HIDDEN(__init_array_end = .);
                    PROVIDE_HIDDEN(__fini_array_start = .);
                    KEEP(*(SORT(.fini_array.*)))
                    KEEP(*(.fini_array*))
                    PROVIDE_HIDDEN(__fini_array_end = .);
                } >ROM

                _sidata = LOADADDR(.data);
                .data :
                {
                    . = ALIGN(8);
                    _sdata = .;
                    *(.data .data.*)
                    . = ALIGN(8);
                    _edata = .;
                } >RAM AT>ROM

                .bss (NOLOAD) :
                {
                    . = ALIGN(8);
                    _sbss = .;
                    *(.bss .bss.*)
                    *(COMMON)
                    . = ALIGN(8);
                    _ebss = .;
                } >RAM

                /* Fails the link when heap and stack no longer fit. */
                .heap_and_stack (NOLOAD) :
                {
                    PROVIDE(end = .);
                    PROVIDE(_end = .);
                    . = . + _min_heap_size;
                    . = . + _min_stack_size;
                    . = ALIGN(8);
                } >RAM

                .sram4 (NOLOAD) : { *(.sram4 .sram4.*) } >SRAM4
            }
            """;
}
