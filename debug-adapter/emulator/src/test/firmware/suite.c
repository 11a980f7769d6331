/*
 * A round through what compilers make of C: 64-bit arithmetic, strings, setjmp, qsort, printf, SHA-256,
 * CRC, a small JSON reader, single and double floating point. Prints only what does not depend on
 * compiler options.
 */
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t seed = 12345;

static uint32_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static void wide_integers(void)
{
    uint64_t sum = 0;
    int64_t mixed = 1;
    for (int i = 0; i < 300; i++) {
        uint64_t a = (uint64_t)next_random() << 32 | next_random();
        uint64_t b = (uint64_t)next_random() << (i & 31) | 1;
        sum += a / b + a % b + a * b;
        sum = sum << (i & 63) | sum >> (-i & 63);
        mixed = mixed * (int64_t)a / ((int64_t)b | 3) - (int32_t)a;
    }
    printf("64-bit %016llx %016llx\n", sum, (unsigned long long)mixed);
    uint32_t narrow = 0;
    for (int i = 0; i < 300; i++) {
        int32_t a = (int32_t)next_random();
        int32_t b = (int32_t)next_random() >> (i & 31);
        narrow += (uint32_t)(b ? a / b + a % b : a);
        narrow += (uint32_t)(int8_t)a + (uint16_t)b + (narrow >> 3);
    }
    printf("32-bit %08lx\n", (unsigned long)narrow);
}

static void strings(void)
{
    char text[128];
    strcpy(text, "the quick brown fox");
    strcat(text, " jumps over ");
    memmove(text + 4, text, 24);
    snprintf(text + 40, 40, "[%-8s|%5.3s|%c|%%]", "left", "right", 'x');
    memcpy(text + 36, "<-->", 4);
    printf("%s %u %d\n", text, (unsigned)strlen(text), strcmp("abc", "abd") < 0);
    printf("%s %ld %lu\n", strstr("needle in haystack", "hay"), strtol("-7f", 0, 16),
           strtoul("4294967295", 0, 10));
    printf("%x %X %o %+d %05d % d %#x\n", 0xbeef, 0xBEEF, 8, 5, 42, 7, 255);
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void sorting(void)
{
    static uint32_t values[500];
    for (int i = 0; i < 500; i++) {
        values[i] = next_random() % 10007;
    }
    qsort(values, 500, sizeof values[0], compare);
    uint32_t check = 0;
    for (int i = 0; i < 500; i++) {
        check = check * 31 + values[i];
    }
    printf("qsort %lu..%lu %08lx\n", (unsigned long)values[0], (unsigned long)values[499],
           (unsigned long)check);
}

static jmp_buf place;

static void deep(int level)
{
    volatile char padding[40];
    padding[level % 40] = (char)level;
    if (level == 7) {
        longjmp(place, level);
    }
    deep(level + 1);
    padding[0] = padding[level % 40];
}

static void jumps(void)
{
    volatile int count = 0;
    int came = setjmp(place);
    count++;
    if (count < 4) {
        deep(count);
    }
    printf("setjmp %d %d\n", came, count);
}

static uint32_t rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void sha256(const uint8_t *bytes, uint32_t length, uint32_t hash[8])
{
    static uint32_t k[64];
    uint32_t prime = 2;
    for (int i = 0; i < 64; prime++) {
        int is_prime = 1;
        for (uint32_t d = 2; d * d <= prime; d++) {
            is_prime &= prime % d != 0;
        }
        if (is_prime) {
            double root = cbrt((double)prime);
            k[i] = (uint32_t)((root - floor(root)) * 4294967296.0);
            if (i < 8) {
                root = sqrt((double)prime);
                hash[i] = (uint32_t)((root - floor(root)) * 4294967296.0);
            }
            i++;
        }
    }
    uint8_t block[64];
    uint32_t total = (length + 9 + 63) / 64 * 64;
    for (uint32_t at = 0; at < total; at += 64) {
        for (uint32_t i = 0; i < 64; i++) {
            uint32_t p = at + i;
            uint32_t tail = total - 1 - p;
            block[i] = p < length ? bytes[p] : p == length ? 0x80 : tail < 4 ? (uint8_t)(length * 8 >> 8 * tail) : 0;
        }
        uint32_t w[64];
        for (int i = 0; i < 64; i++) {
            if (i < 16) {
                w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
            } else {
                uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
                uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
                w[i] = w[i - 16] + s0 + w[i - 7] + s1;
            }
        }
        uint32_t v[8];
        memcpy(v, hash, sizeof v);
        for (int i = 0; i < 64; i++) {
            uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
            uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
            uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
            uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            memmove(v + 1, v, 7 * sizeof v[0]);
            v[4] += t1;
            v[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) {
            hash[i] += v[i];
        }
    }
}

static void digests(void)
{
    uint32_t hash[8];
    sha256((const uint8_t *)"abc", 3, hash);
    printf("sha256 ");
    for (int i = 0; i < 8; i++) {
        printf("%08lx", (unsigned long)hash[i]);
    }
    uint32_t crc = ~0u;
    for (const char *p = "123456789"; *p; p++) {
        crc ^= (uint8_t)*p;
        for (int i = 0; i < 8; i++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
        }
    }
    printf("\ncrc32 %08lx\n", (unsigned long)~crc);
}

static const char *json_value(const char *p, int depth, long *sum)
{
    while (*p == ' ') {
        p++;
    }
    switch (*p) {
    case '{':
    case '[':
        for (p++; *p && *p != '}' && *p != ']';) {
            p = json_value(p, depth + 1, sum);
            while (*p == ',' || *p == ':' || *p == ' ') {
                p++;
            }
        }
        return *p ? p + 1 : p;
    case '"':
        for (p++; *p && *p != '"'; p++) {
            *sum += *p * depth;
        }
        return *p ? p + 1 : p;
    case 't':
        *sum += 1000;
        return p + 4;
    case 'n':
        *sum += 2000;
        return p + 4;
    default: {
        char *end;
        *sum += strtol(p, &end, 10) * depth;
        return end == p ? p + 1 : end;
    }
    }
}

static void floats(void)
{
    volatile float x = 1.0f;
    volatile float y = 0.1f;
    volatile float sum = 0;
    for (int i = 0; i < 200; i++) {
        volatile float a = x * y;
        volatile float b = x / (y + 1.5f);
        sum = sum + a;
        sum = sum - b;
        x = x * 1.01f;
        y = y + 0.25f;
    }
    uint32_t bits;
    float copy = sum;
    memcpy(&bits, &copy, 4);
    volatile float nan = x - x;
    nan = nan / nan;
    volatile int32_t trunc = (int32_t)(sum * 1000.0f);
    volatile uint32_t big = (uint32_t)(x * 100000.0f);
    printf("float %08lx %d %d %d %ld %lu\n", (unsigned long)bits, nan == nan, x < y, x >= y, (long)trunc,
           (unsigned long)big);
    volatile double d = 2.0;
    for (int i = 0; i < 30; i++) {
        d = sqrt(d) * 1.5 + sin(d) / exp(d / 3.0);
    }
    volatile float f = (float)d;
    volatile float r = sqrtf(f);
    printf("double %.9f %.6e %g %.5f\n", (double)d, (double)d * 1e20, 1e-5, (double)r);
}

int main(void)
{
    long json = 0;
    wide_integers();
    strings();
    sorting();
    jumps();
    digests();
    json_value("{\"name\": \"microvisor\", \"list\": [1, -22, 333, true, null, {\"deep\": [4]}]}", 1, &json);
    printf("json %ld\n", json);
    floats();
    return 0;
}
