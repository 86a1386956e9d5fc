#include "engine/core/value_walk.hpp"

namespace foramen::engine {

std::string ValueWalk::path(std::string_view name) const {
    return sections_.empty() ? std::string(name) : sections_.back() + "." + std::string(name);
}

void ValueWalk::on_section(std::string_view name, const Notes& notes, bool* present, const std::function<void()>& body) {
    if (!notes.applies || (present && !*present)) return;
    enter_section(name, notes);
    sections_.push_back(path(name));
    body();
    sections_.pop_back();
}

void ValueWalk::on_list(std::string_view name, const Notes& notes, std::size_t count, const std::function<void(std::size_t)>&,
                        const std::function<void(std::size_t)>& body) {
    if (!notes.applies) return;
    enter_list(name, notes);
    for (std::size_t i = 0; i < count; ++i) {
        sections_.push_back(path(name) + "[" + std::to_string(i + 1) + "]");
        enter_item();
        body(i);
        sections_.pop_back();
    }
}

void ValueWalk::on_one_of(const WordField&, int& index, const std::function<void(int)>& body) { body(index); }

}  // namespace foramen::engine
