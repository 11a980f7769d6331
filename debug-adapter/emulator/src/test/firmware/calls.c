/* Like firmware rather than like a benchmark: calls, recursion, function pointers, strings, printf, floats. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
    int key;
    char name[20];
    struct item *left, *right;
};

static struct item pool[600];
static int used;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct item *)a)->name, ((const struct item *)b)->name);
}

static int by_key(const void *a, const void *b)
{
    return ((const struct item *)a)->key - ((const struct item *)b)->key;
}

static struct item *insert(struct item *tree, struct item *item)
{
    if (!tree)
        return item;
    if (item->key < tree->key)
        tree->left = insert(tree->left, item);
    else
        tree->right = insert(tree->right, item);
    return tree;
}

static int depth(struct item *tree)
{
    if (!tree)
        return 0;
    int left = depth(tree->left), right = depth(tree->right);
    return 1 + (left > right ? left : right);
}

static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

static uint32_t hash(const char *s)
{
    uint32_t h = 5381;
    while (*s)
        h = h * 33 ^ (uint8_t)*s++;
    return h;
}

static float polynomial(float x)
{
    float sum = 0;
    for (int i = 0; i < 8; i++)
        sum = sum * x + 0.5f * i;
    return sum;
}

int main(void)
{
    uint32_t sum = 0;
    for (int round = 0; round < ITER; round++) {
        used = 0;
        struct item *tree = 0;
        for (int i = 0; i < 300; i++) {
            struct item *item = &pool[used++];
            item->key = (i * 7919 + round) % 1009;
            item->left = item->right = 0;
            char *p = item->name;
            int k = item->key;
            do {
                *p++ = 'a' + k % 10;
                k /= 10;
            } while (k);
            *p = 0;
            tree = insert(tree, item);
        }
        sum += depth(tree);
        qsort(pool, 300, sizeof pool[0], round & 1 ? by_name : by_key);
        sum += pool[17].key;
        sum += fib(12);
        for (int i = 0; i < 300; i++)
            sum ^= hash(pool[i].name);
        sum += (int)polynomial(1.0f + round % 7);
        char text[64];
        sprintf(text, "%d %s %08lx", round, pool[3].name, (unsigned long)sum);
        sum += strlen(text);
    }
    printf("%08lx\n", (unsigned long)sum);
    return 0;
}
