#include <string.h>
#include "mv_syscalls.h"

typedef struct {
    const char *name;
    uint32_t stack_size;
} thread_attributes;

void *osThreadNew(void (*function)(void *), void *argument, const void *attributes);
void use(const void *data, uint32_t length);

#define MOST 256

static uint8_t receive[1536] __attribute__((aligned(512)));
static uint8_t send[512] __attribute__((aligned(512)));
static MvChannelHandle channel;

enum MvStatus open_http(MvNotificationHandle centre, MvNetworkHandle network) {
    const struct MvOpenChannelParams params = {
        .version = 1,
        .v1 = {.notification_handle = centre,
               .network_handle = network,
               .receive_buffer = receive,
               .receive_buffer_len = sizeof(receive),
               .send_buffer = send,
               .send_buffer_len = sizeof(send),
               .channel_type = MV_CHANNELTYPE_HTTP}};
    return mvOpenChannel(&params, &channel);
}

/* The stack holds what the receive buffer holds. */
static void on_a_large_stack(void) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY
        && response.result == MV_HTTPRESULT_OK) {
        uint8_t body[response.body_length + 1];
        memset(body, 0, response.body_length + 1);
        if (mvReadHttpResponseBody(channel, 0, body, response.body_length) == MV_STATUS_OKAY) {
            use(body, response.body_length);
        }
    }
}

static void with_a_limit(void) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY
        && response.result == MV_HTTPRESULT_OK && response.body_length < MOST) {
        uint8_t body[response.body_length + 1];
        memset(body, 0, response.body_length + 1);
        if (mvReadHttpResponseBody(channel, 0, body, response.body_length) == MV_STATUS_OKAY) {
            use(body, response.body_length);
        }
    }
}

static void with_a_clamp(void) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY
        && response.result == MV_HTTPRESULT_OK) {
        uint32_t length = response.body_length > MOST ? MOST : response.body_length;
        uint8_t body[length + 1];
        memset(body, 0, length + 1);
        if (mvReadHttpResponseBody(channel, 0, body, length) == MV_STATUS_OKAY) {
            use(body, length);
        }
    }
}

static void by_the_program(const char *text) {
    char copy[strlen(text) + 1];
    strcpy(copy, text);
    use(copy, sizeof(copy));
}

static void large_task(void *argument) {
    (void)argument;
    for (;;) {
        on_a_large_stack();
    }
}

static void small_task(void *argument) {
    (void)argument;
    for (;;) {
        with_a_limit();
        with_a_clamp();
        by_the_program("text");
    }
}

static const thread_attributes large = {.name = "large", .stack_size = 5 * 1024};
static const thread_attributes small = {.name = "small", .stack_size = 1024};

int main(void) {
    osThreadNew(large_task, 0, &large);
    osThreadNew(small_task, 0, &small);
    return 0;
}
