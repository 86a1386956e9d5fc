#pragma once

#include <stdexcept>

namespace foramen::models {

/// A spine that cannot be built from what was asked for, though each value is allowed; what() is a sentence for the user.
class GeometryError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace foramen::models
