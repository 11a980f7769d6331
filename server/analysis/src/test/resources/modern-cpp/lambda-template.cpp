/* Lambdas with template parameters of their own. */
#include "mv_syscalls.h"

static MvChannelHandle channels[2];

void stop() {
    auto each = []<class T, int N>(T (&all)[N], auto &&work) {
        for (T &one : all) {
            work(one);
        }
    };
    int table[3] = {1, 2, 3};
    bool less = table[1] < table[2] && table[2] > 1;
    each(channels, [less]<typename T>(T &handle) requires(sizeof(T) == 4) {
        if (less) {
            mvCloseChannel(&handle); // expect: unchecked-status
        }
    });
}
