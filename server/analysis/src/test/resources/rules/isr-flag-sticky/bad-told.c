#include <stdbool.h>
#include "mv_syscalls.h"

// The flag is read where it lives, and tested elsewhere.
static struct {
    volatile bool answer;
    volatile bool gone;
} heard;

static volatile uint32_t late;
static uint32_t answers;

void TIM2_IRQHandler(void) {
    heard.answer = true;
    heard.gone = true;
    late = 1;
}

bool heard_answer(void) {
    bool yes = heard.answer; // expect: isr-flag-sticky

    return yes;
}

static bool anything_late(void) {
    return late != 0; // expect: isr-flag-sticky
}

bool is_late(void) {
    return anything_late();
}

bool heard_gone(void) {
    bool yes = heard.gone;

    heard.gone = false;
    return yes;
}

int main(void) {
    for (;;) {
        if (heard_gone()) {
            answers = 0;
        } else if (heard_answer() && answers < 100) {
            answers++;
        }
        bool waits = is_late();
        if (waits) {
            answers--;
        }
    }
}
