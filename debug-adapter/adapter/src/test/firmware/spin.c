/* Counts for ever: something to pause. */
volatile unsigned count;

int main(void) {
    for (;;) {
        count++;
    }
}
