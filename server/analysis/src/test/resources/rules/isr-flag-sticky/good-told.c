#include <stdbool.h>
#include "mv_syscalls.h"

static struct {
    volatile bool answer;
    volatile bool up;
} heard;

static uint32_t answers;

void TIM2_IRQHandler(void) {
    heard.answer = true;
    heard.up = true;
}

bool heard_answer(void) {
    bool yes = heard.answer;

    heard.answer = false;
    return yes;
}

/* Once up, always up: nobody asks again and again. */
bool is_up(void) {
    return heard.up;
}

/* Tells more than the flag. */
static bool may_begin(void) {
    if (answers > 10) {
        return false;
    }
    return heard.up;
}

int main(void) {
    bool up = is_up();
    for (;;) {
        if (heard_answer() && may_begin()) {
            answers++;
        }
        if (up) {
            answers += 2;
        }
    }
}
