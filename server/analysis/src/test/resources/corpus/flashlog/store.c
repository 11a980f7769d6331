/* Readings go to the external flash; printf goes to the server's log by way of _write. */
#include "mv_syscalls.h"
#include "stm32u5xx_hal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SECTOR 4096u

struct record {
    uint32_t magic;
    uint32_t time_s;
    int32_t value;
};

static MvExternalFlashHandle flash;
static uint32_t at;
static uint32_t size;
_Alignas(512) static uint8_t log_memory[2 * 1024];

int _write(int file, char *text, int length) {
    if (file != STDOUT_FILENO || length <= 0) {
        return -1;
    }
    uint16_t part = length > 1024 ? 1024 : (uint16_t)length;
    return mvServerLog((const uint8_t *)text, part) == MV_STATUS_OKAY ? part : -1;
}

static bool store_open(void) {
    enum MvStatus s = mvExternalFlashOpen(&flash);
    if (s != MV_STATUS_OKAY) {
        printf("flash: %d\n", (int)s);
        return false;
    }
    struct MvExternalFlashInfo info = {.version = 1};
    if ((s = mvExternalFlashGetInfo(flash, &info)) != MV_STATUS_OKAY || info.v1.size < SECTOR) {
        printf("flash: info %d\n", (int)s);
        if (mvExternalFlashClose(&flash) != MV_STATUS_OKAY) {
            printf("flash: not closed\n");
        }
        return false;
    }
    size = info.v1.size;
    return true;
}

static bool store_append(const struct record *record) {
    uint8_t back[sizeof *record];
    if (at + sizeof *record > size) {
        at = 0;
    }
    if (at % SECTOR == 0 && mvExternalFlashEraseBlocking(flash, at, SECTOR) != MV_STATUS_OKAY) {
        return false;
    }
    if (mvExternalFlashWriteBlocking(flash, at, sizeof *record, (const uint8_t *)record)) {
        return false;
    }
    if (mvExternalFlashReadBlocking(flash, at, sizeof back, back) != MV_STATUS_OKAY
            || memcmp(back, record, sizeof back) != 0) {
        return false;
    }
    at += sizeof *record;
    return true;
}

int main(void) {
    if (mvServerLoggingInit(log_memory, sizeof log_memory) != MV_STATUS_OKAY) {
        return 1;
    }
    if (!store_open()) {
        return 2;
    }
    for (int32_t i = 0; i < 100000; i++) {
        uint64_t wall = 0;
        enum MvStatus known = mvGetWallTime(&wall);
        struct record record = {
            .magic = 0x52454344u,
            .time_s = known == MV_STATUS_OKAY ? (uint32_t)(wall / 1000000u) : 0u,
            .value = i,
        };
        if (!store_append(&record)) {
            printf("lost %ld\n", (long)i);
        }
        HAL_Delay(1000);
    }
    return mvExternalFlashClose(&flash) == MV_STATUS_OKAY ? 0 : 3;
}
