// Reads memory-map.json: the part of JSON that LoopLynx.Card writes, which is objects, arrays, numbers from 0 up, and strings without escapes.
#ifndef LOOPLYNX_MAP_H
#define LOOPLYNX_MAP_H

#include <cctype>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace looplynx {

// A value: the fields that don't belong to its kind stay empty.
struct value {
    std::uint64_t number = 0;
    std::string text;
    std::vector<value> items;
    std::map<std::string, value> fields;

    const value &operator[](const std::string &name) const
    {
        auto found = fields.find(name);
        if (found == fields.end()) {
            throw std::runtime_error("the memory map has no '" + name + "'");
        }
        return found->second;
    }
};

class map_reader {
public:
    static value read(const std::string &path)
    {
        std::ifstream file(path, std::ios::binary);
        if (!file) {
            throw std::runtime_error("can't read the memory map '" + path + "'");
        }
        map_reader reader(std::string(std::istreambuf_iterator<char>(file), {}));
        value all = reader.parse(0);
        if (reader.peek() != '\0') {
            reader.fail();
        }
        return all;
    }

private:
    // Deeper than any map; a damaged file doesn't use up the stack.
    static constexpr int most_levels = 16;

    std::string text;
    std::size_t at = 0;

    explicit map_reader(std::string whole) : text(std::move(whole)) {}

    [[noreturn]] void fail() const { throw std::runtime_error("the memory map isn't what looplynx writes, at byte " + std::to_string(at)); }

    char peek()
    {
        while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at]))) {
            at++;
        }
        return at < text.size() ? text[at] : '\0';
    }

    bool take(char wanted)
    {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char wanted)
    {
        if (!take(wanted)) {
            fail();
        }
    }

    value parse(int level)
    {
        if (level > most_levels) {
            fail();
        }
        value result;
        switch (peek()) {
        case '{':
            list('{', '}', [&] {
                std::string name = string();
                expect(':');
                result.fields[name] = parse(level + 1);
            });
            break;
        case '[':
            list('[', ']', [&] { result.items.push_back(parse(level + 1)); });
            break;
        case '"':
            result.text = string();
            break;
        default:
            result.number = number();
            break;
        }
        return result;
    }

    template <typename Element> void list(char open, char close, Element element)
    {
        expect(open);
        if (take(close)) {
            return;
        }
        do {
            element();
        } while (take(','));
        expect(close);
    }

    std::string string()
    {
        expect('"');
        auto end = text.find('"', at);
        if (end == std::string::npos || text.find('\\', at) < end) {
            fail();
        }
        std::string result = text.substr(at, end - at);
        at = end + 1;
        return result;
    }

    std::uint64_t number()
    {
        std::size_t digits = 0;
        std::uint64_t result = 0;
        for (; at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])); at++, digits++) {
            result = result * 10 + static_cast<std::uint64_t>(text[at] - '0');
        }
        // 19 digits fit 64 bits.
        if (digits == 0 || digits > 19) {
            fail();
        }
        return result;
    }
};

} // namespace looplynx

#endif
