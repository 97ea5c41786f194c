// The C interface of looplynx_host.h over XRT's native interface. C++17; link with -lxrt_coreutil -luuid.
#include "looplynx_host.h"
#include "looplynx_kernel.h"
#include "looplynx_map.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <xrt/xrt_bo.h>
#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

namespace {

// A bank of the card: no buffer is larger.
constexpr std::uint64_t bank_bytes = std::uint64_t{256} << 20;

// A burst of the self-test.
constexpr std::uint32_t burst_beats = 16;

// After the kernel was told to end, it drains what is on order.
constexpr std::chrono::milliseconds abort_patience{1000};

[[noreturn]] void fail(const std::string &message) { throw std::runtime_error(message); }

// A buffer behind one of the kernel's pointers.
struct buffer {
    int argument = 0;
    std::size_t bytes = 0;
    xrt::bo object;
};

} // namespace

struct looplynx_unit {
    std::uint32_t embed = 0;
    std::uint32_t nodes = 0;
    std::uint32_t pace = 0;
    std::uint32_t beat_bytes = 0;
    // Number of the token: the units of a ring are opened together and count alike.
    std::uint32_t epoch = 0;
    // Layers of the next tokens; 0: all.
    std::uint32_t layers = 0;
    std::size_t row_bytes = 0;
    std::vector<std::uint32_t> report;
    std::string error;
    xrt::device device;
    xrt::kernel kernel;
    xrt::run run;
    buffer embeddings;
    buffer results;
    std::vector<buffer> channels;

    looplynx_unit(const std::string &xclbin, const std::string &map_path, std::uint32_t index, const std::string &name);
    void load(std::uint32_t channel, const void *data, std::size_t bytes);
    int token(std::uint32_t node, std::uint32_t position, const std::int32_t *embedding, std::int32_t *hidden, looplynx_status *status, std::uint32_t wait_ms);
    int self_test(std::uint32_t node, std::uint32_t bursts, looplynx_status *status, std::uint32_t wait_ms);

private:
    int start(std::uint32_t node, std::uint32_t position, std::uint32_t bursts, looplynx_status *status, std::uint32_t wait_ms);
    buffer allocate(const looplynx::value &described);
    void check_design(const looplynx::value &map);
    void finish(std::uint32_t wait_ms);
};

looplynx_unit::looplynx_unit(const std::string &xclbin, const std::string &map_path, std::uint32_t index, const std::string &name)
{
    const looplynx::value map = looplynx::map_reader::read(map_path);
    if (map["formatVersion"].number != LOOPLYNX_MAP_FORMAT) {
        fail("the memory map has another format than this host: write both with the same looplynx");
    }
    embed = static_cast<std::uint32_t>(map["embed"].number);
    nodes = static_cast<std::uint32_t>(map["nodes"].number);
    pace = static_cast<std::uint32_t>(map["pace"].number);
    beat_bytes = static_cast<std::uint32_t>(map["beatBytes"].number);
    row_bytes = map["rowBytes"].number;
    report.resize(map["reportWords"].number);

    device = xrt::device(index);
    const auto uuid = device.load_xclbin(xclbin);
    // Registers of a unit that is shared can't be read.
    kernel = xrt::kernel(device, uuid, std::string(LOOPLYNX_KERNEL_NAME) + ":{" + name + "}", xrt::kernel::cu_access_mode::exclusive);
    check_design(map);

    for (const auto &described : map["buffers"].items) {
        const auto &kind = described["kind"].text;
        buffer made = allocate(described);
        if (kind == "embeddings") {
            embeddings = made;
        } else if (kind == "results") {
            results = made;
        } else {
            channels.push_back(made);
        }
    }
    if (!embeddings.object || !results.object || channels.size() != map["channels"].number) {
        fail("the memory map lacks a buffer");
    }
    if (embeddings.bytes < embed * sizeof(std::int32_t) || results.bytes < row_bytes + report.size() * sizeof(std::uint32_t)) {
        fail("a buffer of the memory map is too small for its rows");
    }
    run = xrt::run(kernel);
}

void looplynx_unit::check_design(const looplynx::value &map)
{
    const auto &hash = map["designHash"].items;
    if (hash.size() != LOOPLYNX_HASH_WORDS) {
        fail("the memory map has no hash of the design");
    }
    for (std::uint32_t i = 0; i < LOOPLYNX_HASH_WORDS; i++) {
        if (kernel.read_register(LOOPLYNX_REGISTER_DESIGN_HASH + 4 * i) != hash[i].number) {
            fail("the xclbin holds another design than the memory map describes: use the map that was written with its kernel");
        }
    }
}

buffer looplynx_unit::allocate(const looplynx::value &described)
{
    buffer made;
    made.argument = static_cast<int>(described["argument"].number);
    made.bytes = described["bytes"].number;
    if (made.bytes == 0 || made.bytes > bank_bytes) {
        fail("buffer '" + described["name"].text + "' has " + std::to_string(made.bytes) + " bytes, and a bank has " + std::to_string(bank_bytes));
    }
    made.object = xrt::bo(device, made.bytes, kernel.group_id(made.argument));
    return made;
}

void looplynx_unit::load(std::uint32_t channel, const void *data, std::size_t bytes)
{
    if (channel >= channels.size() || bytes > channels[channel].bytes) {
        fail("channel " + std::to_string(channel) + " can't take " + std::to_string(bytes) + " bytes");
    }
    if (bytes == 0) {
        return;
    }
    xrt::bo &object = channels[channel].object;
    char *mapped = object.map<char *>();
    std::memcpy(mapped, data, bytes);
    object.sync(XCL_BO_SYNC_BO_TO_DEVICE);
    std::memset(mapped, 0, bytes);
    object.sync(XCL_BO_SYNC_BO_FROM_DEVICE);
    if (std::memcmp(mapped, data, bytes) != 0) {
        fail("channel " + std::to_string(channel) + " reads back other bytes than were written");
    }
}

void looplynx_unit::finish(std::uint32_t wait_ms)
{
    auto state = run.wait(std::chrono::milliseconds(wait_ms));
    if (state == ERT_CMD_STATE_COMPLETED) {
        return;
    }
    // The kernel ends what is on order and then the token; its status says that it was told to.
    kernel.write_register(LOOPLYNX_REGISTER_ABORT, 1);
    if (run.wait(abort_patience) != ERT_CMD_STATE_COMPLETED) {
        fail("the kernel hasn't ended, nor when it was told to: reset the card (xbutil reset)");
    }
}

int looplynx_unit::token(
    std::uint32_t node, std::uint32_t position, const std::int32_t *embedding, std::int32_t *hidden, looplynx_status *status, std::uint32_t wait_ms)
{
    embeddings.object.write(embedding, embed * sizeof(std::int32_t), 0);
    embeddings.object.sync(XCL_BO_SYNC_BO_TO_DEVICE);
    const int ended = start(node, position, 0, status, wait_ms);
    if (ended == LOOPLYNX_OK) {
        std::memcpy(hidden, results.object.map<const char *>(), embed * sizeof(std::int32_t));
    }
    return ended;
}

int looplynx_unit::self_test(std::uint32_t node, std::uint32_t bursts, looplynx_status *status, std::uint32_t wait_ms)
{
    const std::uint64_t bytes = std::uint64_t{bursts} * burst_beats * beat_bytes;
    if (bursts == 0 || bursts >= LOOPLYNX_TEST_BURSTS) {
        fail("a self-test reads 1 to " + std::to_string(LOOPLYNX_TEST_BURSTS - 1) + " bursts, not " + std::to_string(bursts));
    }
    // A word is as wide as a beat allows.
    const std::size_t word = std::min<std::size_t>(sizeof(std::uint32_t), beat_bytes);
    std::vector<unsigned char> pattern(bytes);
    for (std::size_t i = 0; i < bytes; i++) {
        pattern[i] = static_cast<unsigned char>((i / word) >> (8 * (i % word)));
    }
    for (std::uint32_t channel = 0; channel < channels.size(); channel++) {
        load(channel, pattern.data(), pattern.size());
    }
    return start(node, 0, bursts, status, wait_ms);
}

int looplynx_unit::start(std::uint32_t node, std::uint32_t position, std::uint32_t bursts, looplynx_status *status, std::uint32_t wait_ms)
{
    run.set_arg(LOOPLYNX_ARGUMENT_NODE, node);
    run.set_arg(LOOPLYNX_ARGUMENT_NODES, nodes);
    run.set_arg(LOOPLYNX_ARGUMENT_POSITION, position);
    run.set_arg(LOOPLYNX_ARGUMENT_COUNT, std::uint32_t{1});
    const std::uint32_t zero = 0;
    run.set_arg(LOOPLYNX_ARGUMENT_FLAGS, std::uint32_t{bursts > 0});
    run.set_arg(LOOPLYNX_ARGUMENT_TEST_BURSTS, bursts);
    run.set_arg(LOOPLYNX_ARGUMENT_LAYERS, layers);
    for (int argument : {LOOPLYNX_ARGUMENT_SEED, LOOPLYNX_ARGUMENT_ROW}) {
        run.set_arg(argument, zero);
    }
    for (int argument = LOOPLYNX_ARGUMENT_RESERVED0; argument < LOOPLYNX_ARGUMENT_EMBEDDINGS; argument++) {
        run.set_arg(argument, zero);
    }
    run.set_arg(LOOPLYNX_ARGUMENT_WATCHDOG, std::uint32_t{LOOPLYNX_WATCHDOG_CYCLES});
    run.set_arg(LOOPLYNX_ARGUMENT_RING_WATCHDOG, std::uint32_t{LOOPLYNX_RING_WATCHDOG_CYCLES});
    epoch = (epoch + 1) % LOOPLYNX_EPOCHS;
    run.set_arg(LOOPLYNX_ARGUMENT_EPOCH, epoch);
    run.set_arg(LOOPLYNX_ARGUMENT_PACE, pace);
    run.set_arg(embeddings.argument, embeddings.object);
    run.set_arg(results.argument, results.object);
    for (const auto &channel : channels) {
        run.set_arg(channel.argument, channel.object);
    }
    run.start();
    finish(wait_ms);

    results.object.sync(XCL_BO_SYNC_BO_FROM_DEVICE);
    const char *bytes = results.object.map<const char *>();
    std::memcpy(report.data(), bytes + row_bytes, report.size() * sizeof(std::uint32_t));
    looplynx_status ended{};
    ended.fault = report[LOOPLYNX_WORD_FAULT];
    ended.channel = report[LOOPLYNX_WORD_CHANNEL];
    ended.stage = report[LOOPLYNX_WORD_STAGE];
    ended.cycles = report[LOOPLYNX_WORD_CYCLES];
    ended.address = report[LOOPLYNX_WORD_ADDRESS_LOW] | (std::uint64_t{report[LOOPLYNX_WORD_ADDRESS_HIGH]} << 32);
    if (status != nullptr) {
        *status = ended;
    }
    if (ended.fault != LOOPLYNX_FAULT_NONE) {
        error = std::string(looplynx_fault_text(ended.fault)) + " (channel " + std::to_string(ended.channel) + ", step " + std::to_string(ended.stage) + ")";
        return LOOPLYNX_FAULTED;
    }
    return LOOPLYNX_OK;
}

// No exception leaves the C interface.
template <typename Action> static int guarded(looplynx_unit *unit, Action action)
{
    try {
        return action();
    } catch (const std::exception &e) {
        unit->error = e.what();
        return LOOPLYNX_FAILED;
    }
}

looplynx_unit *looplynx_open(const char *xclbin, const char *map, uint32_t device, const char *unit, char *error, size_t error_bytes)
{
    try {
        return std::make_unique<looplynx_unit>(xclbin, map, device, unit).release();
    } catch (const std::exception &e) {
        if (error != nullptr && error_bytes > 0) {
            const size_t length = std::min(std::strlen(e.what()), error_bytes - 1);
            std::memcpy(error, e.what(), length);
            error[length] = '\0';
        }
        return nullptr;
    }
}

int looplynx_load(looplynx_unit *unit, uint32_t channel, const void *data, size_t bytes)
{
    return guarded(unit, [&] {
        unit->load(channel, data, bytes);
        return static_cast<int>(LOOPLYNX_OK);
    });
}

int looplynx_run(looplynx_unit *unit, uint32_t node, uint32_t position, const int32_t *embedding, int32_t *hidden, looplynx_status *status, uint32_t wait_ms)
{
    return guarded(unit, [&] { return unit->token(node, position, embedding, hidden, status, wait_ms); });
}

void looplynx_set_layers(looplynx_unit *unit, uint32_t layers) { unit->layers = layers; }

int looplynx_self_test(looplynx_unit *unit, uint32_t node, uint32_t bursts, looplynx_status *status, uint32_t wait_ms)
{
    return guarded(unit, [&] { return unit->self_test(node, bursts, status, wait_ms); });
}

size_t looplynx_report(const looplynx_unit *unit, uint32_t *words, size_t count)
{
    std::copy_n(unit->report.begin(), std::min(count, unit->report.size()), words);
    return unit->report.size();
}

uint32_t looplynx_embed(const looplynx_unit *unit) { return unit->embed; }

uint32_t looplynx_channels(const looplynx_unit *unit) { return static_cast<uint32_t>(unit->channels.size()); }

const char *looplynx_error(const looplynx_unit *unit) { return unit->error.c_str(); }

void looplynx_close(looplynx_unit *unit) { delete unit; }
