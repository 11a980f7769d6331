#include "mv_syscalls.h"

typedef void (*task_t)(void *);
void *osThreadNew(task_t function, void *argument, const void *attributes);

int set_up(void);
void work(void);

static void worker(void *argument) {
    (void)argument;
    if (!set_up()) {
        return; // expect: task-function-returns
    }
    while (1) {
        work();
    }
}

static void once(void *argument) { // expect: task-function-returns
    (void)argument;
    work();
}

int main(void) {
    osThreadNew(worker, 0, 0);
    osThreadNew(once, 0, 0);
    while (1) {
    }
}
