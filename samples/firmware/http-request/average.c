#include "average.h"

/* More than any reading has; keeps the sum of what a response can hold from overflowing. */
#define NUMBER_MAX 99999u

static void end_number(struct average *average) {
    if (average->in_number) {
        average->sum += average->number;
        average->count++;
        average->number = 0;
        average->in_number = false;
    }
}

void average_add(struct average *average, const uint8_t *piece, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        if (piece[i] < '0' || piece[i] > '9') {
            end_number(average);
        } else {
            uint32_t number = average->number * 10u + (piece[i] - (uint32_t)'0');
            average->number = number > NUMBER_MAX ? NUMBER_MAX : number;
            average->in_number = true;
        }
    }
}

uint32_t average_of(struct average *average) {
    end_number(average);
    return average->count == 0 ? 0 : average->sum / average->count;
}
