#pragma once

#include <map>
#include <string>
#include <vector>

#include "io/scenario_sources.hpp"
#include "scenarios/scenario.hpp"

namespace foramen::io {

/// Fills a described value from a tree: the reader among the visitors. Reports wrong types, units, words, unknown and
/// missing fields; ranges and rules are the value's own affair (scenarios/rules.hpp).
class FieldReader : public engine::FieldVisitor {
public:
    /// @param patient  whose weight %BW refers to; it must be described before the first force
    FieldReader(const Tree& root, const scenarios::Patient& patient, ScenarioSources& sources, Diagnostics& diagnostics);

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override;
    void on_measure(const engine::MeasureField& field, engine::Measure& value) override;
    void on_whole(const engine::WholeField& field, std::optional<int>& value) override;
    void on_text(std::string_view name, std::string& value, const engine::Notes& notes) override;
    void on_word(const engine::WordField& field, int& index) override;
    void on_words(const engine::WordField& field, std::vector<int>& indices) override;
    void on_curve(const engine::CurveField& field, engine::MeasuredCurve& value) override;
    void on_section(std::string_view name, const engine::Notes& notes, bool* present, const std::function<void()>& body) override;
    void on_list(std::string_view name, const engine::Notes& notes, std::size_t count,
                 const std::function<void(std::size_t)>& resize, const std::function<void(std::size_t)>& body) override;
    void on_one_of(const engine::WordField& field, int& index, const std::function<void(int)>& body) override;

    /// Reports what nobody asked for in the root.
    void finish() { sections_.back().finish(diagnostics_); }
    /// Where a field was written; for one that was not, where the section is that should hold it.
    [[nodiscard]] Mark place(std::string path) const;
    [[nodiscard]] const std::map<std::string, Origin>& origins() const { return origins_; }

private:
    const Tree::Entry* take(std::string_view name, const engine::Notes& notes);
    const Tree* take_scalar(std::string_view name, const engine::Notes& notes, const std::string& expected);
    std::optional<int> word_index(const Tree& value, const engine::WordField& field);
    void run_section(const Tree* tree, const std::string& path, const Mark& where, const std::function<void()>& body);
    void error(const Mark& mark, std::string_view name, const std::string& reason, const std::string& hint = "");

    const scenarios::Patient& patient_;
    ScenarioSources& sources_;
    Diagnostics& diagnostics_;
    std::vector<Section> sections_;
    std::map<std::string, Mark> places_;
    std::map<std::string, Origin> origins_;
};

}  // namespace foramen::io
