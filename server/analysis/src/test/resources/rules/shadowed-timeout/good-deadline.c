#include <stdint.h>

extern uint32_t now(void);
extern int answered(void);
extern void ask(void);

/* Each try has a time of its own, and so have all together. */
int fetch(void) {
    uint32_t end = now() + 20000;
    while (now() < end) {
        ask();
        {
            uint32_t end = now() + 2000;
            while (now() < end) {
                if (answered()) {
                    return 0;
                }
            }
        }
    }
    return -1;
}
