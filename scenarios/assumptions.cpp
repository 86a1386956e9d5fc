#include "scenarios/assumptions.hpp"

#include <cstddef>
#include <map>

#include "engine/core/value_walk.hpp"

namespace foramen::scenarios {

namespace {
/// Path and text of every quantity whose source says that it is an assumption.
class AssumedValues : public engine::ValueWalk {
public:
    struct Entry {
        std::string path, value, source;
    };
    std::vector<Entry> entries;

    void on_quantity(const engine::QuantityField& field, std::optional<double>& value) override {
        if (!field.notes.applies || !field.notes.source.starts_with("assumption")) return;
        const std::string text = value ? engine::display(*value, field.dimension) : std::string(field.notes.absent);
        entries.push_back({path(field.name), text, std::string(field.notes.source)});
    }
};

std::map<std::string, std::string> default_values(const Scenario& like) {
    Scenario defaults;
    defaults.laboratory = like.laboratory;
    defaults.session.resize(like.session.size());
    for (std::size_t i = 0; i < like.session.size(); ++i) {
        defaults.session[i].kind = like.session[i].kind;
        defaults.session[i].traction.mode = like.session[i].traction.mode;
    }
    AssumedValues walk;
    describe(walk, defaults);
    std::map<std::string, std::string> values;
    for (const auto& entry : walk.entries) values[entry.path] = entry.value;
    return values;
}

/// Of what a person brings to a session, beyond single values.
std::vector<std::string> session_sentences(const Scenario& scenario) {
    std::vector<std::string> sentences;
    for (const Contraindication c : scenario.patient.contraindications) {
        if (c == Contraindication::none) continue;
        sentences.push_back("patient.contraindications: " + std::string(contraindication_words[static_cast<std::size_t>(c)]) +
                            " was overridden by purpose: research");
    }
    const Tone tone = scenario.patient.muscles.tone;
    if (tone == Tone::guarding || tone == Tone::spasm) {
        const ToneCourse course = tone_course(scenario.patient.muscles);
        sentences.push_back("patient.muscles.tone = " + std::string(tone_words[static_cast<std::size_t>(tone)]) + " (" +
                            engine::display(course.initial, engine::Dimension::fraction) + " to " +
                            engine::display(course.final, engine::Dimension::fraction) +
                            "): assumption: no measured level was found");
    }
    if (tone == Tone::healthy || tone == Tone::low_back_pain)
        sentences.push_back("patient.muscles.final_activation = from tone: assumption: no measured level after long rest");
    for (std::size_t i = 0; i < scenario.session.size(); ++i) {
        const Activity& activity = scenario.session[i];
        if (activity.kind != ActivityKind::traction || activity.traction.ramp.shape != RampShape::logarithmic) continue;
        sentences.push_back("session[" + std::to_string(i + 1) +
                            "].traction.ramp.shape = logarithmic: assumption: no device's curve was found; ln(1 + 9 s)/ln 10");
    }
    return sentences;
}
}  // namespace

std::vector<std::string> assumptions(const Scenario& scenario) {
    std::vector<std::string> sentences = scenario.laboratory ? std::vector<std::string>{} : session_sentences(scenario);
    const auto defaults = default_values(scenario);
    AssumedValues walk;
    Scenario copy = scenario;
    describe(walk, copy);
    for (const auto& entry : walk.entries) {
        const auto usual = defaults.find(entry.path);
        if (usual == defaults.end() || usual->second != entry.value) continue;
        if (scenario.laboratory && entry.path.starts_with("patient.muscles")) continue;  // a specimen has none
        sentences.push_back(entry.path + " = " + entry.value + ": " + entry.source);
    }
    return sentences;
}

}  // namespace foramen::scenarios
