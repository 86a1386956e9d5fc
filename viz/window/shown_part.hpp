#pragma once

#include <string>

#include <vtkActor.h>
#include <vtkLookupTable.h>
#include <vtkPolyDataMapper.h>
#include <vtkSmartPointer.h>

#include "io/result_file.hpp"
#include "viz/window/colouring.hpp"

namespace foramen::viz {

/// How the parts look at a moment.
struct Look {
    int step = 0;
    const Colouring& colouring;
    vtkLookupTable* table;
    bool cut = false;  ///< only what lies to the left of y = 0
};

/// One block of a result as an actor: moved, cut and coloured by `show`.
class ShownPart {
public:
    ShownPart(const io::ResultFile& result, const io::BlockSpec& block);

    /// Field of a strand's tube: the number of its line in the block.
    static constexpr const char* strand = "strand";

    void show(const Look& look);
    [[nodiscard]] vtkActor* actor() const { return actor_; }
    [[nodiscard]] const io::BlockSpec& block() const { return block_; }
    /// The field that is told of a part that is not coloured: pressure of a disc, strain of a ligament, ...
    [[nodiscard]] std::string main_field() const;

private:
    [[nodiscard]] vtkSmartPointer<vtkPolyData> surface(const Look& look) const;

    const io::ResultFile& result_;
    const io::BlockSpec& block_;
    vtkSmartPointer<vtkPolyDataMapper> mapper_;
    vtkSmartPointer<vtkActor> actor_;
};

}  // namespace foramen::viz
