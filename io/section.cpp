#include "io/section.hpp"

#include <algorithm>

#include "io/spelling.hpp"

namespace foramen::io {

Tree merged(const Tree& base, const Tree& over) {
    if (over.kind != Tree::Kind::map) return over;
    Tree result = over;
    if (base.kind == Tree::Kind::scalar && !over.find("extends")) {
        result.entries.insert(result.entries.begin(), {"extends", base.mark, base});
        return result;
    }
    if (base.kind != Tree::Kind::map) return result;
    result = base;
    result.mark = over.mark;
    for (const Tree::Entry& entry : over.entries) {
        const auto old =
            std::find_if(result.entries.begin(), result.entries.end(), [&](const auto& e) { return e.key == entry.key; });
        if (old == result.entries.end()) {
            result.entries.push_back(entry);
        } else if (entry.value.kind == Tree::Kind::null) {
            result.entries.erase(old);
        } else {
            *old = {entry.key, entry.key_mark, merged(old->value, entry.value)};
        }
    }
    return result;
}

const Tree::Entry* Section::take(std::string_view name) {
    known_.emplace_back(name);
    return tree_ ? tree_->find(name) : nullptr;
}

void Section::finish(Diagnostics& diagnostics) const {
    if (!tree_) return;
    for (const Tree::Entry& entry : tree_->entries) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
        diagnostics.error(entry.key_mark, path(entry.key), "unknown key", suggest(entry.key, known_));
    }
}

}  // namespace foramen::io
