#pragma once

#include <optional>
#include <span>
#include <string>

#include "viz/sequence.hpp"

namespace foramen::viz {

enum class Product { picture, sheet, movie };

struct RenderCommand {
    std::string result;
    PictureOptions picture;
    Product product = Product::picture;
    Span span;
    MovieOptions movie;
};

/// The words after "render". @throws UsageError
[[nodiscard]] RenderCommand parse_render(std::span<const char* const> arguments);

/// What foramen-view --help prints.
[[nodiscard]] std::string help_text();

}  // namespace foramen::viz
