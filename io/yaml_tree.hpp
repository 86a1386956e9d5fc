#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/diagnostics.hpp"

namespace foramen::io {

/// A parsed YAML value with the place of every part: what the readers work on. yaml-cpp stays in yaml_tree.cpp.
struct Tree {
    enum class Kind { null, scalar, list, map };
    struct Entry;

    Kind kind = Kind::null;
    std::string text;  ///< of a scalar
    bool quoted = false;
    Mark mark;
    std::vector<Entry> entries;  ///< of a map; keys are unique
    std::vector<Tree> items;     ///< of a list

    [[nodiscard]] const Entry* find(std::string_view key) const;
    /// "a map", "a list", "nothing", or the scalar in quotes: for messages.
    [[nodiscard]] std::string what() const;
};

struct Tree::Entry {
    std::string key;
    Mark key_mark;
    Tree value;
};

/// Parses the text of a source. What is not one plain YAML map is reported: syntax, encoding, size, several documents,
/// repeated keys, `<<`, tags, cycles and multiplying aliases, deep nesting.
/// @return empty when there is nothing to go on with
[[nodiscard]] std::optional<Tree> parse_yaml(int file, Diagnostics& diagnostics);

}  // namespace foramen::io
