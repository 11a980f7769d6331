#include "mv_syscalls.h"

typedef void (*task_t)(void *);
void *osThreadNew(task_t function, void *argument, const void *attributes);

void osThreadExit(void) __attribute__((noreturn));
void vTaskDelete(void *task);
void *osTimerNew(task_t function, int type, void *argument, const void *attributes);
int set_up(void);
void work(void);

static void worker(void *argument) {
    (void)argument;
    if (!set_up()) {
        osThreadExit();
    }
    for (;;) {
        if (!set_up()) {
            continue;
        }
        work();
    }
}

static void once(void *argument) {
    (void)argument;
    work();
    vTaskDelete(0);
}

static void tick(void *argument) {
    (void)argument;
    work();
}

int main(void) {
    osThreadNew(worker, 0, 0);
    osThreadNew(once, 0, 0);
    osTimerNew(tick, 1, 0, 0);
    while (1) {
    }
}
