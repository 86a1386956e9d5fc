#pragma once

#include "io/data_tables.hpp"
#include "models/spine_model.hpp"

#include <string>

namespace foramen::testing {

/// The tables of the source tree.
[[nodiscard]] inline const models::AnatomyTables& source_tables() {
    static const models::AnatomyTables tables = io::read_anatomy_tables(std::string(FORAMEN_SOURCE_DIR) + "/data");
    return tables;
}

/// A small, quick person: coarse discs.
[[nodiscard]] inline models::SpineSpec coarse_spec() {
    models::SpineSpec spec;
    spec.resolution = models::Resolution::coarse;
    return spec;
}

}  // namespace foramen::testing
