/*
 * station: reads sensors on I2C and posts what they say, in C++17 with exceptions, on newlib and the
 * C++ library, as teams do that have both. For the tests of run; station.toml wires it up.
 */
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

extern "C" {
#include "clock.h"
#include "interrupts.h"
#include "mv_syscalls.h"
}

namespace {

constexpr uint32_t HTTP_TIMEOUT_MS = 12000;
constexpr size_t RECORDS = 4;

alignas(512) uint8_t log_buffer[2048];
alignas(512) uint8_t receive_buffer[1024];
alignas(512) uint8_t send_buffer[512];
alignas(8) MvNotification ring[RECORDS];
volatile bool settled;

volatile uint32_t &reg(uint32_t address) {
    return *reinterpret_cast<volatile uint32_t *>(address);
}

void log(const std::string &line) {
    mvServerLog(reinterpret_cast<const uint8_t *>(line.data()), static_cast<uint16_t>(line.size()));
}

/** A constructor that runs before main, and allocates. */
struct Log {
    std::vector<std::string> early;

    Log() {
        mvServerLoggingInit(log_buffer, sizeof log_buffer);
        early.emplace_back("constructed before main");
    }
} server_log;

void check(MvStatus status, const char *what) {
    if (status != MV_STATUS_OKAY) {
        throw std::runtime_error(std::string(what) + ": status " + std::to_string(status));
    }
}

/** I2C1, blocking. */
class Bus {
  public:
    Bus() { reg(I2C1) = 1; }

    void write(uint8_t address, const std::vector<uint8_t> &bytes) {
        start(address, bytes.size(), 0, AUTOEND);
        for (uint8_t one : bytes) {
            await(TXIS);
            reg(I2C1 + 0x28) = one;
        }
        stop();
    }

    std::vector<uint8_t> read(uint8_t address, size_t size) {
        std::vector<uint8_t> bytes;
        start(address, size, READ, AUTOEND);
        while (bytes.size() < size) {
            await(RXNE);
            bytes.push_back(static_cast<uint8_t>(reg(I2C1 + 0x24)));
        }
        stop();
        return bytes;
    }

  private:
    static constexpr uint32_t I2C1 = 0x40005400;
    static constexpr uint32_t READ = 1u << 10;
    static constexpr uint32_t AUTOEND = 1u << 25;
    static constexpr uint32_t TXIS = 1u << 1;
    static constexpr uint32_t RXNE = 1u << 2;
    static constexpr uint32_t NACKF = 1u << 4;
    static constexpr uint32_t STOPF = 1u << 5;

    static void start(uint8_t address, size_t size, uint32_t direction, uint32_t end) {
        reg(I2C1 + 0x04) = end | size << 16 | 1u << 13 | direction | address << 1;
    }

    static void await(uint32_t flag) {
        uint32_t flags;
        while (((flags = reg(I2C1 + 0x18)) & (flag | NACKF)) == 0) {
        }
        if ((flags & NACKF) != 0) {
            reg(I2C1 + 0x1C) = NACKF | STOPF;
            throw std::runtime_error("NACK");
        }
    }

    static void stop() {
        await(STOPF);
        reg(I2C1 + 0x1C) = STOPF;
    }
};

class Sensor {
  public:
    virtual ~Sensor() = default;
    virtual std::string name() const = 0;
    virtual double read() = 0;
};

/** Knows commands: six bytes with two checksums come after 0x2400. */
class Climate final : public Sensor {
  public:
    explicit Climate(Bus &bus) : bus(bus) {}

    std::string name() const override { return "climate"; }

    double read() override {
        bus.write(0x44, {0x24, 0x00});
        const auto bytes = bus.read(0x44, 3);
        if (checksum(bytes[0], bytes[1]) != bytes[2]) {
            throw std::domain_error("bad checksum");
        }
        return -45 + 175.0 * (bytes[0] << 8 | bytes[1]) / 65535;
    }

  private:
    Bus &bus;

    static uint8_t checksum(uint8_t high, uint8_t low) {
        uint8_t sum = 0xFF;
        for (uint8_t byte : {high, low}) {
            sum ^= byte;
            for (int bit = 0; bit < 8; bit++) {
                sum = static_cast<uint8_t>((sum & 0x80) != 0 ? sum << 1 ^ 0x31 : sum << 1);
            }
        }
        return sum;
    }
};

/** Has registers of two bytes. */
class Board final : public Sensor {
  public:
    explicit Board(Bus &bus) : bus(bus) {}

    std::string name() const override { return "board"; }

    double read() override {
        bus.write(0x18, {0x05});
        const auto bytes = bus.read(0x18, 2);
        return (bytes[0] & 0x0F) * 16 + bytes[1] / 16.0;
    }

  private:
    Bus &bus;
};

/** Is not there. */
class Missing final : public Sensor {
  public:
    explicit Missing(Bus &bus) : bus(bus) {}

    std::string name() const override { return "missing"; }

    double read() override {
        bus.write(0x70, {0x00});
        return 0;
    }

  private:
    Bus &bus;
};

/** An HTTP channel, closed when it goes out of scope. */
class Channel {
  public:
    Channel(MvNotificationHandle centre, MvNetworkHandle network) {
        MvOpenChannelParams params{};
        params.version = 1;
        params.v1.notification_handle = centre;
        params.v1.notification_tag = 2;
        params.v1.network_handle = network;
        params.v1.receive_buffer = receive_buffer;
        params.v1.receive_buffer_len = sizeof receive_buffer;
        params.v1.send_buffer = send_buffer;
        params.v1.send_buffer_len = sizeof send_buffer;
        params.v1.channel_type = MV_CHANNELTYPE_HTTP;
        params.v1.endpoint = {reinterpret_cast<const uint8_t *>(""), 0};
        check(mvOpenChannel(&params, &handle), "mvOpenChannel");
    }
    Channel(const Channel &) = delete;
    Channel &operator=(const Channel &) = delete;
    ~Channel() { mvCloseChannel(&handle); }

    void post(const std::string &url, const std::string &body,
            const std::function<void(uint32_t, const std::string &)> &answered) {
        static const std::string method = "POST";
        static const std::string type = "Content-Type: application/json";
        const MvHttpHeader header{type.size(), bytes(type)};
        MvHttpRequest request{};
        request.method = {bytes(method), method.size()};
        request.url = {bytes(url), url.size()};
        request.num_headers = 1;
        request.headers = &header;
        request.body = {bytes(body), body.size()};
        request.timeout_ms = 10000;
        settled = false;
        check(mvSendHttpRequest(handle, &request), "mvSendHttpRequest");
        if (!clock_wait_for(&settled, HTTP_TIMEOUT_MS)) {
            throw std::runtime_error("no answer");
        }
        MvHttpResponseData data{};
        check(mvReadHttpResponseData(handle, &data), "mvReadHttpResponseData");
        std::string answer(data.body_length, '\0');
        check(mvReadHttpResponseBody(
                      handle, 0, reinterpret_cast<uint8_t *>(answer.data()), answer.size()),
                "mvReadHttpResponseBody");
        answered(data.status_code, answer);
    }

  private:
    MvChannelHandle handle = nullptr;

    static const uint8_t *bytes(const std::string &text) {
        return reinterpret_cast<const uint8_t *>(text.data());
    }
};

MvNotificationHandle centre;
MvNetworkHandle network;

void connect() {
    const MvNotificationSetup setup{TIM8_BRK_IRQn, ring, sizeof ring};
    check(mvSetupNotifications(&setup, &centre), "mvSetupNotifications");
    nvic_enable(TIM8_BRK_IRQn);
    MvRequestNetworkParams params{};
    params.version = 1;
    params.v1.notification_handle = centre;
    params.v1.notification_tag = 1;
    check(mvRequestNetwork(&params, &network), "mvRequestNetwork");
    MvNetworkStatus status = MV_NETWORKSTATUS_CONNECTING;
    while (status != MV_NETWORKSTATUS_CONNECTED) {
        clock_pause(10);
        check(mvGetNetworkStatus(network, &status), "mvGetNetworkStatus");
    }
}

std::string json(const std::map<std::string, double> &values) {
    std::string text = "{";
    for (const auto &[name, value] : values) {
        char number[24];
        std::snprintf(number, sizeof number, "%.2f", value);
        text += (text.size() > 1 ? ",\"" : "\"") + name + "\":" + number;
    }
    return text + "}";
}

} // namespace

extern "C" void TIM8_BRK_IRQHandler() {
    static uint32_t next;
    settled = settled || ring[next].tag == 2;
    ring[next].event_type = MV_EVENTTYPE_NOEVENT;
    next = (next + 1) % RECORDS;
}

/** Where newlib's streams end. */
extern "C" int _write(int, const char *text, int size) {
    mvServerLog(reinterpret_cast<const uint8_t *>(text), static_cast<uint16_t>(size));
    return size;
}

int main() {
    log(server_log.early.front());
    clock_start();
    std::printf("printf: %.3f %s\n", 2.5, "text");
    std::fflush(stdout);
    connect();
    Bus bus;
    std::vector<std::unique_ptr<Sensor>> sensors;
    sensors.push_back(std::make_unique<Climate>(bus));
    sensors.push_back(std::make_unique<Board>(bus));
    sensors.push_back(std::make_unique<Missing>(bus));
    std::map<std::string, double> values;
    for (const auto &sensor : sensors) {
        try {
            values[sensor->name()] = sensor->read();
        } catch (const std::exception &e) {
            log(sensor->name() + ": " + e.what());
        }
    }
    try {
        log("posted " + json(values));
        Channel(centre, network)
                .post("https://station.example/values", json(values),
                        [](uint32_t status, const std::string &answer) {
                            log("answer " + std::to_string(status) + " " + answer);
                        });
    } catch (const std::exception &e) {
        log(e.what());
    }
    try {
        static volatile size_t plenty = 600000; // The compiler may leave out what it can see through.
        std::vector<char> all(plenty);
        log("enough");
    } catch (const std::bad_alloc &e) {
        log(std::string("too much: ") + e.what());
    }
    clock_stop();
    for (;;) {
        wait_for_interrupt();
    }
}
