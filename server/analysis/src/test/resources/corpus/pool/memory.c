#include "pool.h"

block_t send_blocks[SLOTS];
uint8_t receive_blocks[SLOTS][1536] __attribute__((aligned(512)));
volatile record_t ring[RING_SIZE] __attribute__((aligned(8)));
slot_t slots[SLOTS];
