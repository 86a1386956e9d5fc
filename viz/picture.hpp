#pragma once

#include <array>
#include <optional>
#include <string>

#include <vtkRenderWindow.h>

#include "io/result_file.hpp"
#include "viz/moment.hpp"
#include "viz/scene_range.hpp"
#include "viz/view.hpp"

namespace foramen::viz {

struct PictureOptions {
    std::string output;                     ///< PNG
    std::optional<double> time;             ///< [s]; none: the end of the last hold at the greatest force
    std::array<int, 2> size{1600, 1000};    ///< width, height [pixel]
    View view = View::session;
    std::string level = "L4-L5";            ///< of the views foramen and disc
};

/// Draws one result as one picture.
/// @return the moment drawn [s]
/// @throws io::FileError if the result cannot be read, lacks the level, or the picture cannot be written; SystemError if there is
/// nothing to draw on
double draw_picture(const std::string& result_path, const PictureOptions& options);

/// Draws one view of one result at many moments; ranges of colours are read once.
class Painter {
public:
    /// @throws io::FileError if the result has not what the view shows
    Painter(const std::string& result_path, View view, std::string level);

    [[nodiscard]] const io::ResultFile& result() const { return result_; }
    /// What the run calls itself, or else the file's name.
    [[nodiscard]] std::string title() const;
    /// The view, with its level.
    [[nodiscard]] std::string subject() const;
    /// Time, forces and what the view is about, at a moment.
    [[nodiscard]] std::string caption(const Moment& moment) const;

    /// A page with title, caption and foot, on a window of this size without renderers.
    void paint_page(vtkRenderWindow& window, const Moment& moment, const std::array<int, 2>& size) const;
    /// The scene alone. @param with_scales  also scales of colours and the key
    void paint_scene(vtkRenderer& renderer, const Moment& moment, double scale, bool with_scales) const;

private:
    std::string path_;
    io::ResultFile result_;
    View view_;
    std::string level_;
    SceneRanges ranges_;
};

/// A window to draw on that is not shown.
[[nodiscard]] vtkSmartPointer<vtkRenderWindow> hidden_window(const std::array<int, 2>& size);

/// Writes what a window shows, under a temporary name first. @throws io::FileError
void write_png(vtkRenderWindow& window, const std::string& path);

}  // namespace foramen::viz
