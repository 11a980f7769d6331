// What the latency benchmark steps through: calls, structures and arrays, and work that takes long.

struct reading {
    unsigned id;
    int values[8];
    struct {
        const char *unit;
        unsigned char quality;
    } meta;
    struct reading *next;
};

struct reading readings[16];
volatile unsigned rounds;

void reset(void);

__attribute__((section(".vectors"), used)) static const void *const vectors[] = {
    (void *)0x20010000,
    (void *)reset,
};

static unsigned mix(unsigned value) {
    value ^= value << 13;
    value ^= value >> 17;
    value ^= value << 5;
    return value;
}

static int average(const struct reading *reading) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        sum += reading->values[i];
    }
    return sum / 8;
}

static unsigned work(unsigned seed) {
    for (int i = 0; i < 1000; i++) {
        seed = mix(seed + (unsigned)i);
    }
    return seed;
}

static unsigned fill(unsigned seed) {
    for (unsigned i = 0; i < 16; i++) {
        struct reading *reading = &readings[i];
        reading->id = i;
        for (int k = 0; k < 8; k++) {
            seed = mix(seed);
            reading->values[k] = (int)(seed & 0xFF);
        }
        reading->meta.unit = "mV";
        reading->meta.quality = (unsigned char)seed;
        reading->next = &readings[(i + 1) % 16];
    }
    return seed;
}

__attribute__((noinline)) static unsigned begin(void) {
    return fill(1);
}

int main(void) {
    unsigned seed = begin();
    struct reading *current = &readings[0];
    int last = 0;
    int biggest = 0;
    while (1) {
        int value = average(current);
        int change = value - last;
        if (change > biggest) {
            biggest = change;
        }
        last = value;
        seed = work(seed);
        current->values[seed & 7] = (int)(seed >> 24);
        current = current->next;
        rounds++;
    }
}

void reset(void) {
    main();
}
