/* The mean of numbers that arrive as text in pieces. */
#ifndef AVERAGE_H
#define AVERAGE_H

#include <stdbool.h>
#include <stdint.h>

/** A number may be cut in two by the end of a piece, so what is left of it is kept. */
struct average {
    uint32_t sum;
    uint32_t count;
    uint32_t number;
    bool in_number;
};

/** Takes in the next piece. */
void average_add(struct average *average, const uint8_t *piece, uint32_t length);

/** The mean, rounded down; 0 of no numbers. To be asked after the last piece. */
uint32_t average_of(struct average *average);

#endif
