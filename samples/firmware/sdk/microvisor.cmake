# microvisor_firmware(NAME SOURCE...) builds NAME.elf, an application for Microvisor on the STM32U585. Start-up code,
# clock, log and network come with it; no C library does.
#
# Paths inside the ELF are relative to the root of the repository, and nothing depends on the folder it is built in:
# the same sources and compiler give the same bytes.

set(MICROVISOR_SDK ${CMAKE_CURRENT_LIST_DIR})
get_filename_component(MICROVISOR_ROOT ${MICROVISOR_SDK}/../../.. ABSOLUTE)

function(microvisor_firmware name)
    add_executable(${name} ${ARGN}
        ${MICROVISOR_SDK}/startup.c
        ${MICROVISOR_SDK}/mv_syscalls.s
        ${MICROVISOR_SDK}/freestanding.c
        ${MICROVISOR_SDK}/clock.c
        ${MICROVISOR_SDK}/log.c
        ${MICROVISOR_SDK}/network.c)
    set_target_properties(${name} PROPERTIES OUTPUT_NAME ${name}.elf LINK_DEPENDS ${MICROVISOR_SDK}/microvisor.ld)
    target_include_directories(${name} PRIVATE ${MICROVISOR_SDK})
    target_compile_features(${name} PRIVATE c_std_11)
    target_compile_options(${name} PRIVATE
        -mcpu=cortex-m33 -mthumb -mfloat-abi=soft -ffreestanding
        # The later mapping wins: the build folder first of all, then the repository.
        -ffile-prefix-map=${MICROVISOR_ROOT}/=
        -ffile-prefix-map=${CMAKE_BINARY_DIR}=.
        $<$<COMPILE_LANGUAGE:C,CXX>:-Wall -Wextra -O0 -g3 -gdwarf-5 -ffunction-sections -fdata-sections>)
    target_link_options(${name} PRIVATE
        -mcpu=cortex-m33 -mthumb -mfloat-abi=soft
        -nostdlib
        -T ${MICROVISOR_SDK}/microvisor.ld
        -Wl,--gc-sections -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments)
    # Divisions of 64 bits and the like; part of the compiler.
    target_link_libraries(${name} PRIVATE gcc)
endfunction()
