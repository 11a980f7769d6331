#pragma once
#include <stdlib.h>
struct mallinfo {
    size_t arena;
    size_t ordblks;
    size_t smblks;
    size_t hblks;
    size_t hblkhd;
    size_t usmblks;
    size_t fsmblks;
    size_t uordblks;
    size_t fordblks;
    size_t keepcost;
};
#ifdef __cplusplus
extern "C" {
#endif
struct mallinfo mallinfo(void);
void *memalign(size_t alignment, size_t size);
size_t malloc_usable_size(void *memory);
#ifdef __cplusplus
}
#endif
