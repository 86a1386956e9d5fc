#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace foramen::viz {

/// What a picture shows.
enum class View { session, sagittal, frontal, posterior, oblique, foramen, disc, plots };

struct ViewName {
    View view;
    const char* name;
    const char* help;
};
inline constexpr std::array<ViewName, 8> view_names{{
    {View::session, "session", "the left half of the spine beside the session's curves (default)"},
    {View::sagittal, "sagittal", "the left half of the spine, cut in the middle, discs coloured by pressure"},
    {View::frontal, "frontal", "the whole spine from the front, ligaments coloured by strain"},
    {View::posterior, "posterior", "the same from behind"},
    {View::oblique, "oblique", "the same from behind and the left"},
    {View::foramen, "foramen", "a left foramen, cut through its pedicles, with its root; now and at the start"},
    {View::disc, "disc", "a disc cut in the middle: pressure, and where its water flows"},
    {View::plots, "plots", "curves of every group: disc, foramen, facets, ligaments, muscles, body, dose"},
}};

[[nodiscard]] constexpr std::optional<View> view_named(std::string_view name) {
    for (const ViewName& v : view_names) {
        if (name == v.name) return v.view;
    }
    return std::nullopt;
}

[[nodiscard]] constexpr const char* name_of(View view) {
    for (const ViewName& v : view_names) {
        if (view == v.view) return v.name;
    }
    return "";
}

}  // namespace foramen::viz
