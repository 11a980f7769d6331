#include <string.h>
#include "mv_syscalls.h"

typedef struct {
    const char *name;
    uint32_t stack_size;
} thread_attributes;

void *osThreadNew(void (*function)(void *), void *argument, const void *attributes);
int xTaskCreate(
    void (*function)(void *), const char *name, uint16_t depth, void *argument, int priority,
    void *handle);
void use(const void *data, uint32_t length);

static uint8_t receive[2560] __attribute__((aligned(512)));
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

static void process(void) {
    static struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY
        && response.result == MV_HTTPRESULT_OK) {
        uint8_t body[response.body_length + 1]; // expect: vla-response-size
        memset(body, 0, response.body_length + 1);
        if (mvReadHttpResponseBody(channel, 0, body, response.body_length) == MV_STATUS_OKAY) {
            use(body, response.body_length);
        }
    }
}

static void copy_of(uint32_t length) {
    char *text = __builtin_alloca(length + 1); // expect: vla-response-size
    if (mvReadHttpResponseBody(channel, 0, (uint8_t *)text, length) == MV_STATUS_OKAY) {
        text[length] = '\0';
        use(text, length);
    }
}

static void process_by_length(void) {
    struct MvHttpResponseData response;
    if (mvReadHttpResponseData(channel, &response) == MV_STATUS_OKAY
        && response.result == MV_HTTPRESULT_OK) {
        uint32_t length = response.body_length;
        copy_of(length);
    }
}

static void http_task(void *argument) {
    (void)argument;
    for (;;) {
        process();
    }
}

static void small_task(void *argument) {
    (void)argument;
    for (;;) {
        process_by_length();
    }
}

static const thread_attributes http_attributes = {.name = "http", .stack_size = 2048};

int main(void) {
    osThreadNew(http_task, 0, &http_attributes);
    xTaskCreate(small_task, "small", 256, 0, 1, 0);
    return 0;
}
