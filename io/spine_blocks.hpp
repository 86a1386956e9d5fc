#pragma once

#include <vector>

#include "io/result_file.hpp"
#include "models/foramen.hpp"
#include "models/nutrition.hpp"
#include "models/spine_model.hpp"

namespace foramen::io {

/// The named parts of a spine's picture (docs/result-file.md): their meshes at the start of the session and their fields.
class SpineBlocks {
public:
    /// The present state becomes the reference configuration of all blocks.
    /// @param nutrition  of the model, outlives the blocks; null: the discs have no solutes
    SpineBlocks(const models::SpineModel& model, std::vector<models::ForamenLandmarks> foramina, const models::SpineNutrition* nutrition);

    [[nodiscard]] const std::vector<BlockSpec>& specs() const { return specs_; }
    /// Field values of all blocks at the present state, in the order of specs().
    [[nodiscard]] std::vector<BlockFields> read(const models::SpineModel& model) const;

private:
    /// A block whose points ride on bodies.
    struct RidingBlock {
        std::vector<int> body;                   ///< per point
        std::vector<Eigen::Vector3d> local;      ///< per point
        std::vector<int> cable;                  ///< per cell, -1 none
    };
    void add_discs(const models::SpineModel& model);
    void add_vertebrae(const models::SpineModel& model);
    void add_cables(const models::SpineModel& model);
    void add_facets(const models::SpineModel& model);
    void add_foramina(const models::SpineModel& model);
    void add_riding(BlockSpec spec, RidingBlock riding, const models::SpineModel& model);
    void read_discs(const models::SpineModel& model, std::vector<BlockFields>& out) const;
    void read_riding(const models::SpineModel& model, std::vector<BlockFields>& out) const;
    void read_foramina(const models::SpineModel& model, std::vector<BlockFields>& out) const;
    [[nodiscard]] std::vector<float> foramen_points(const models::SpineModel& model) const;

    std::vector<BlockSpec> specs_;               ///< discs, riding blocks, foramina
    std::vector<RidingBlock> riding_;
    const models::SpineNutrition* nutrition_;
    int facets_ = -1;                            ///< index of the facets among the riding blocks
    std::vector<models::ForamenLandmarks> foramina_;
};

}  // namespace foramen::io
