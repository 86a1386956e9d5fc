#pragma once

// The vocabulary by which an input struct lists its fields once. Reader, writer, field reference, JSON Schema, range check
// and assumption list are visitors of that one description; no default, unit, range or help text stands anywhere else.

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/field.hpp"

namespace foramen::engine {

class FieldVisitor {
public:
    virtual ~FieldVisitor() = default;

    /// The value is empty only where the field is optional.
    virtual void on_quantity(const QuantityField& field, std::optional<double>& value) = 0;
    virtual void on_measure(const MeasureField& field, Measure& value) = 0;
    virtual void on_whole(const WholeField& field, std::optional<int>& value) = 0;
    virtual void on_text(std::string_view name, std::string& value, const Notes& notes) = 0;
    virtual void on_word(const WordField& field, int& index) = 0;
    /// One word or a list of words.
    virtual void on_words(const WordField& field, std::vector<int>& indices) = 0;
    virtual void on_curve(const CurveField& field, MeasuredCurve& value) = 0;
    /// @param present  null where the section always exists; else whether it does, set by a reader before `body` runs
    virtual void on_section(std::string_view name, const Notes& notes, bool* present, const std::function<void()>& body) = 0;
    /// @param count  length of the list; `resize` changes it, `body(i)` describes an item.
    virtual void on_list(std::string_view name, const Notes& notes, std::size_t count,
                         const std::function<void(std::size_t)>& resize, const std::function<void(std::size_t)>& body) = 0;
    /// Exactly one of several fields, named by `field.words`; a visitor of the language itself runs `body` for each.
    virtual void on_one_of(const WordField& field, int& index, const std::function<void(int)>& body) = 0;

    void quantity(std::string_view name, double& value, Dimension dimension, Range range, const Notes& notes) {
        std::optional<double> boxed = value;
        on_quantity({name, dimension, range, notes, false}, boxed);
        value = boxed.value_or(value);
    }
    void quantity(std::string_view name, std::optional<double>& value, Dimension dimension, Range range, const Notes& notes) {
        on_quantity({name, dimension, range, notes, true}, value);
    }
    void whole(std::string_view name, int& value, int min, int max, std::string_view unit, const Notes& notes) {
        std::optional<int> boxed = value;
        on_whole({name, min, max, unit, notes, false}, boxed);
        value = boxed.value_or(value);
    }
    void whole(std::string_view name, std::optional<int>& value, int min, int max, const Notes& notes) {
        on_whole({name, min, max, "", notes, true}, value);
    }
    void text(std::string_view name, std::string& value, const Notes& notes) { on_text(name, value, notes); }

    template <class Enum>
    void word(std::string_view name, Enum& value, std::span<const std::string_view> words, const Notes& notes) {
        int index = static_cast<int>(value);
        on_word({name, words, {}, notes}, index);
        value = static_cast<Enum>(index);
    }
    template <class Enum>
    void words(std::string_view name, std::vector<Enum>& values, std::span<const std::string_view> words, const Notes& notes) {
        std::vector<int> indices;
        for (const Enum value : values) indices.push_back(static_cast<int>(value));
        on_words({name, words, {}, notes}, indices);
        values.clear();
        for (const int index : indices) values.push_back(static_cast<Enum>(index));
    }
    template <class T>
    void section(std::string_view name, T& value, const Notes& notes) {
        on_section(name, notes, nullptr, [&] { describe(*this, value); });
    }
    template <class T>
    void section(std::string_view name, std::optional<T>& value, const Notes& notes) {
        bool present = value.has_value();
        T inside = value.value_or(T{});
        on_section(name, notes, &present, [&] { describe(*this, inside); });
        if (present) {
            value = inside;
        } else {
            value.reset();
        }
    }
    template <class T>
    void list(std::string_view name, std::vector<T>& values, const Notes& notes) {
        on_list(
            name, notes, values.size(), [&](std::size_t n) { values.resize(n); },
            [&](std::size_t i) { describe(*this, values[i]); });
    }
};

}  // namespace foramen::engine
