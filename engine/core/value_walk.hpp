#pragma once

#include <string>
#include <vector>

#include "engine/core/describe.hpp"

namespace foramen::engine {

/// Walks over the fields that count for a value, with their paths: base of visitors that look and change nothing.
/// Fields that do not apply and sections that are absent are passed over.
class ValueWalk : public FieldVisitor {
public:
    void on_quantity(const QuantityField&, std::optional<double>&) override {}
    void on_measure(const MeasureField&, Measure&) override {}
    void on_whole(const WholeField&, std::optional<int>&) override {}
    void on_text(std::string_view, std::string&, const Notes&) override {}
    void on_word(const WordField&, int&) override {}
    void on_words(const WordField&, std::vector<int>&) override {}
    void on_curve(const CurveField&, MeasuredCurve&) override {}
    void on_section(std::string_view name, const Notes& notes, bool* present, const std::function<void()>& body) override;
    void on_list(std::string_view name, const Notes& notes, std::size_t count, const std::function<void(std::size_t)>& resize,
                 const std::function<void(std::size_t)>& body) override;
    void on_one_of(const WordField& field, int& index, const std::function<void(int)>& body) override;

protected:
    /// Path of a field of the current section: session[1].traction.hold.force; list items count from 1.
    [[nodiscard]] std::string path(std::string_view name) const;
    [[nodiscard]] std::size_t depth() const { return sections_.size(); }
    virtual void enter_section(std::string_view, const Notes&) {}
    virtual void enter_list(std::string_view, const Notes&) {}
    virtual void enter_item() {}

private:
    std::vector<std::string> sections_;
};

}  // namespace foramen::engine
