#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/diagnostics.hpp"
#include "io/yaml_tree.hpp"

namespace foramen::io {

/// Lays `over` on `base`: maps merge, everything else is replaced, null takes the base's value away. Where the base holds a
/// name and `over` a map, the map extends that name.
[[nodiscard]] Tree merged(const Tree& base, const Tree& over);

/// A strict view of a map: fields are taken by name; what nobody took is unknown.
class Section {
public:
    /// @param tree  a map, or null for a section that is not given
    Section(const Tree* tree, std::string path, Mark where) : tree_(tree), path_(std::move(path)), where_(where) {}

    /// The entry of a field, null if it is not given.
    const Tree::Entry* take(std::string_view name);
    /// Reports the keys that were not taken.
    void finish(Diagnostics& diagnostics) const;

    [[nodiscard]] std::string path(std::string_view name) const {
        return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const Mark& where() const { return where_; }  ///< of the section's key, for what is missing in it
    [[nodiscard]] const Tree* tree() const { return tree_; }

private:
    const Tree* tree_;
    std::string path_;
    Mark where_;
    std::vector<std::string> known_;
};

}  // namespace foramen::io
