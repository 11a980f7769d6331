#ifndef POOL_H
#define POOL_H

#include <stdbool.h>

#include "mv_syscalls.h"

#define SLOTS 3
#define RING_SIZE 8u

typedef struct MvNotification record_t;
typedef uint8_t block_t[512] __attribute__((aligned(512)));

typedef struct slot {
    MvChannelHandle channel;
    uint32_t tag;
    volatile bool done;
    volatile bool broken;
    bool busy;
    uint32_t since;
} slot_t;

extern slot_t slots[SLOTS];
extern block_t send_blocks[SLOTS];
extern uint8_t receive_blocks[SLOTS][1536];
extern volatile record_t ring[RING_SIZE];

bool pool_start(void);
slot_t *pool_take(void);
bool pool_ask(slot_t *slot, const char *url);
bool pool_read(slot_t *slot, uint32_t *code);
void pool_give(slot_t *slot);

#endif
