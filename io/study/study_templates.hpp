#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foramen::io {

/// study, ceiling: what `foramen new` has besides scenarios.
[[nodiscard]] std::vector<std::string> study_template_kinds();

/// A commented study to start from. @param kind  one of study_template_kinds()
[[nodiscard]] std::string study_template(std::string_view kind);

}  // namespace foramen::io
