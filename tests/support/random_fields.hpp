#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "engine/core/value_walk.hpp"

namespace foramen::testing {

/// Changes about a third of the fields of a described value to random ones in their ranges: a visitor for property tests.
class RandomFields : public engine::ValueWalk {
public:
    explicit RandomFields(std::uint64_t seed) : engine_(seed) {}

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override {
        if (!chosen() || !field.notes.applies) return;
        value = field.range.min + share() * (field.range.max - field.range.min);
        if (field.optional && below(4) == 0) value.reset();
    }
    void on_measure(const engine::MeasureField& field, engine::Measure& value) override {
        if (!chosen()) return;
        const auto& one = below(2) == 0 ? field.first : field.second;
        value = {one.range.min + share() * (one.range.max - one.range.min), one.dimension};
    }
    void on_whole(const engine::WholeField& field, std::optional<int>& value) override {
        if (!chosen() || !field.notes.applies) return;
        value = field.min + static_cast<int>(share() * (field.max - field.min));
    }
    void on_text(std::string_view name, std::string& value, const engine::Notes&) override {
        static constexpr std::array<std::string_view, 12> pieces{"a",  " ", "\n", "\"",       "\\",   ": ",
                                                                 " #", "'", "\t", "\xc3\xb6", "- ~ ", "{[&*!|>%@`"};
        if (name == "file" || !chosen()) return;
        value.clear();
        for (std::size_t i = below(9); i > 0; --i) value += pieces[below(pieces.size())];
    }
    void on_word(const engine::WordField& field, int& index) override {
        if (chosen()) index = static_cast<int>(below(field.words.size()));
    }

private:
    [[nodiscard]] bool chosen() { return below(3) == 0; }
    [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    [[nodiscard]] double share() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

    std::mt19937_64 engine_;
};

}  // namespace foramen::testing
