#pragma once

#include <string>

namespace foramen::io {

/// A text and what stands for it in messages.
struct NamedText {
    std::string name, text;
};

}  // namespace foramen::io
