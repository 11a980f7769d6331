#include <stdint.h>

extern uint32_t now(void);
extern int fetch(void);

int fetch_soon(void) {
    uint32_t end = now() + 20000;
    int failed;
    do {
        uint32_t end = now() + 20000; // expect: shadowed-timeout
        failed = fetch();
        if (now() > end) {
            break;
        }
    } while (failed);
    return failed + (int)end;
}
