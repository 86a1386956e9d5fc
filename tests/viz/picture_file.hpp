#pragma once

// One small result, foramen-view called on it, and its pictures read back.

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>

#include "tests/viz/synthetic_result.hpp"
#include "viz/x_display.hpp"

namespace foramen::testing {

/// A folder of its own, with one small result; removed at the end.
class SmallResult {
public:
    SmallResult() : folder_(std::filesystem::path(FORAMEN_BINARY_DIR) / "tests" / "picture_test") {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        write_synthetic_result(path("run.h5"), {.across = 6, .layers = 4, .bone_cell = 3.5, .field_outputs = 21, .session = 600.0, .history_step = 5.0});
    }
    ~SmallResult() { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

inline bool can_draw() {
    try {
        const viz::XDisplay display;
        return true;
    } catch (const viz::SystemError& error) {
        MESSAGE("skipped: " << error.what());
        return false;
    }
}

/// Exit code of foramen-view.
inline int view(const std::string& arguments, const std::string& environment = "") {
    const std::string command = environment + " " + FORAMEN_BINARY_DIR + "/foramen-view " + arguments + " > /dev/null 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
}

using Pixel = std::array<int, 3>;

struct Picture {
    int width, height;
    std::vector<Pixel> pixels;

    explicit Picture(const std::string& path) {
        vtkNew<vtkPNGReader> reader;
        reader->SetFileName(path.c_str());
        reader->Update();
        int size[3];
        reader->GetOutput()->GetDimensions(size);
        width = size[0];
        height = size[1];
        const auto* values = static_cast<unsigned char*>(reader->GetOutput()->GetScalarPointer());
        const int channels = reader->GetOutput()->GetNumberOfScalarComponents();
        for (int p = 0; p < width * height; ++p) pixels.push_back({values[channels * p], values[channels * p + 1], values[channels * p + 2]});
    }

    /// Part of the pixels in columns [from, to) of the width for which a claim holds.
    template <class Claim>
    [[nodiscard]] double part(double from, double to, Claim claim) const {
        int count = 0, all = 0;
        for (std::size_t p = 0; p < pixels.size(); ++p) {
            const double x = static_cast<double>(p % static_cast<std::size_t>(width)) / width;
            if (x < from || x >= to) continue;
            ++all;
            count += claim(pixels[p]);
        }
        return static_cast<double>(count) / all;
    }
};

inline bool is_ink(const Pixel& p) { return p[0] < 250 || p[1] < 250 || p[2] < 250; }
}  // namespace foramen::testing
