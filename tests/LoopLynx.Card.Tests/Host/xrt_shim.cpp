// What looplynx_host.cpp uses of XRT, for a kernel that isn't on a card: registers and memory are the caller's. It does what XRT does with a run: the block of
// arguments is written word by word from its first to its last, what wasn't set as 0, and then the start.
#include <chrono>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <xrt/xrt_bo.h>
#include <xrt/xrt_device.h>
#include <xrt/xrt_kernel.h>

extern "C" {
struct shim_kernel {
    std::uint32_t (*read)(std::uint32_t offset);
    void (*write)(std::uint32_t offset, std::uint32_t word);
    std::uint32_t (*offset)(std::int32_t argument);
    std::uint64_t (*address)(std::int32_t argument);
    void (*to_device)(std::int32_t argument, const void *bytes, std::uint64_t count);
    void (*from_device)(std::int32_t argument, void *bytes, std::uint64_t count);
    std::int32_t (*wait)(std::uint32_t milliseconds);
};

static shim_kernel kernel_below;

void shim_install(const shim_kernel *kernel) { kernel_below = *kernel; }
}

namespace {

constexpr std::uint32_t first_argument = 0x10;

} // namespace

namespace xrt {

// A group is the argument's number: each pointer has a bank of its own.
class bo_impl {
public:
    std::vector<char> bytes;
    std::int32_t group;
};

class kernel_impl {
};

class run_impl {
public:
    std::map<std::uint32_t, std::uint32_t> words;

    void set(int argument, const void *value, std::size_t bytes)
    {
        for (std::size_t at = 0; at < bytes; at += sizeof(std::uint32_t)) {
            std::uint32_t word;
            std::memcpy(&word, static_cast<const char *>(value) + at, sizeof word);
            words[kernel_below.offset(argument) + static_cast<std::uint32_t>(at)] = word;
        }
    }
};

device::device(unsigned int index)
{
    if (index != 0) {
        throw std::runtime_error("there is no card " + std::to_string(index));
    }
}

device::operator xclDeviceHandle() const { return nullptr; }

uuid device::load_xclbin(const std::string &) { return {}; }

bo::bo(xclDeviceHandle, std::size_t size, bo::flags, memory_group group)
    : handle(std::make_shared<bo_impl>(bo_impl{std::vector<char>(size), static_cast<std::int32_t>(group)}))
{
}

std::size_t bo::size() const { return handle->bytes.size(); }

void *bo::map() { return handle->bytes.data(); }

void bo::write(const void *source, std::size_t size, std::size_t seek) { std::memcpy(handle->bytes.data() + seek, source, size); }

void bo::sync(xclBOSyncDirection direction, std::size_t size, std::size_t)
{
    if (direction == XCL_BO_SYNC_BO_TO_DEVICE) {
        kernel_below.to_device(handle->group, handle->bytes.data(), size);
    } else {
        kernel_below.from_device(handle->group, handle->bytes.data(), size);
    }
}

kernel::kernel(const device &, const uuid &, const std::string &name, cu_access_mode mode) : handle(std::make_shared<kernel_impl>())
{
    if (mode != cu_access_mode::exclusive || name != "looplynx_node:{node0}") {
        throw std::runtime_error("there is no unit '" + name + "' to have for oneself");
    }
}

int kernel::group_id(int argument) const { return argument; }

std::uint32_t kernel::read_register(std::uint32_t offset) const { return kernel_below.read(offset); }

void kernel::write_register(std::uint32_t offset, std::uint32_t word) { kernel_below.write(offset, word); }

run::run(const kernel &) : handle(std::make_shared<run_impl>()) {}

void run::set_arg_at_index(int argument, const void *value, std::size_t bytes) { handle->set(argument, value, bytes); }

void run::set_arg_at_index(int argument, const bo &buffer)
{
    const std::uint64_t address = kernel_below.address(buffer.get_handle()->group);
    handle->set(argument, &address, sizeof address);
}

void run::start()
{
    const std::uint32_t last = handle->words.rbegin()->first;
    for (std::uint32_t offset = first_argument; offset <= last; offset += 4) {
        const auto found = handle->words.find(offset);
        kernel_below.write(offset, found == handle->words.end() ? 0 : found->second);
    }
    kernel_below.write(0, 1);
}

ert_cmd_state run::wait(const std::chrono::milliseconds &timeout) const
{
    return kernel_below.wait(static_cast<std::uint32_t>(timeout.count())) != 0 ? ERT_CMD_STATE_COMPLETED : ERT_CMD_STATE_TIMEOUT;
}

} // namespace xrt
