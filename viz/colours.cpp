#include "viz/colours.hpp"

#include <algorithm>
#include <span>

namespace foramen::viz {
namespace {

/// Linear between colours at equal distances.
vtkSmartPointer<vtkLookupTable> table_between(std::span<const Colour> knots, double lowest, double highest) {
    constexpr int count = 256;
    const auto table = vtkSmartPointer<vtkLookupTable>::New();
    table->SetNumberOfTableValues(count);
    table->SetTableRange(lowest, highest);
    for (int i = 0; i < count; ++i) {
        const double place = static_cast<double>(knots.size() - 1) * i / (count - 1.0);
        const auto below = std::min(static_cast<std::size_t>(place), knots.size() - 2);
        const double share = place - static_cast<double>(below);
        Colour mixed;
        for (int c = 0; c < 3; ++c) mixed[c] = (1.0 - share) * knots[below][c] + share * knots[below + 1][c];
        table->SetTableValue(i, mixed[0], mixed[1], mixed[2], 1.0);
    }
    return table;
}

}  // namespace

Colour level_colour(int level) {
    static constexpr std::array<Colour, 7> okabe_ito{{{0.902, 0.624, 0.000},
                                                      {0.337, 0.706, 0.914},
                                                      {0.000, 0.620, 0.451},
                                                      {0.000, 0.447, 0.698},
                                                      {0.835, 0.369, 0.000},
                                                      {0.800, 0.475, 0.655},
                                                      {0.350, 0.350, 0.350}}};
    return okabe_ito[static_cast<std::size_t>(level) % okabe_ito.size()];
}

vtkSmartPointer<vtkLookupTable> pressure_colours(double lowest, double highest) {
    // Viridis (S. van der Walt and N. Smith, CC0) at nine equal distances; linear in between.
    static constexpr std::array<Colour, 9> viridis{{{0.267, 0.005, 0.329},
                                                    {0.279, 0.175, 0.483},
                                                    {0.230, 0.322, 0.546},
                                                    {0.173, 0.449, 0.558},
                                                    {0.128, 0.567, 0.551},
                                                    {0.158, 0.684, 0.502},
                                                    {0.369, 0.789, 0.383},
                                                    {0.678, 0.864, 0.190},
                                                    {0.993, 0.906, 0.144}}};
    return table_between(viridis, lowest, highest);
}

vtkSmartPointer<vtkLookupTable> strain_colours(double lowest, double highest) {
    // Cividis (Nunez, Anderton and Renslow 2018, CC0) at five equal distances.
    static constexpr std::array<Colour, 5> cividis{
        {{0.000, 0.135, 0.305}, {0.250, 0.300, 0.422}, {0.485, 0.482, 0.471}, {0.737, 0.688, 0.424}, {0.996, 0.909, 0.218}}};
    return table_between(cividis, lowest, highest);
}

}  // namespace foramen::viz
