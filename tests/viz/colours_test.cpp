#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/colours.hpp"

using namespace foramen;

namespace {

double linear(double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); }

/// Lightness L* of CIE 1976 of an sRGB colour, 0 to 100.
double lightness(const double* rgb) {
    const double y = 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
    return y > 216.0 / 24389.0 ? 116.0 * std::cbrt(y) - 16.0 : y * 24389.0 / 27.0;
}

/// What a person without cones for long (0) or medium (1) waves sees of a colour: Vienot, Brettel and Mollon (1999), linear sRGB.
viz::Colour as_seen_by_dichromat(const viz::Colour& colour, int missing) {
    const std::array<double, 3> c{linear(colour[0]), linear(colour[1]), linear(colour[2])};
    const double yellow = missing == 0 ? 0.11238 * c[0] + 0.88762 * c[1] : 0.29275 * c[0] + 0.70725 * c[1];
    const double blue = missing == 0 ? 0.00401 * c[0] - 0.00401 * c[1] + c[2] : -0.02234 * c[0] + 0.02234 * c[1] + c[2];
    return {yellow, yellow, blue};
}

}  // namespace

TEST_CASE("scales of colours grow lighter from end to end, so that they are read in grey and without colour vision") {
    for (const auto& table : {viz::pressure_colours(0.0, 1.0), viz::strain_colours(0.0, 1.0)}) {
        double before = -1.0;
        for (vtkIdType i = 0; i < table->GetNumberOfTableValues(); ++i) {
            const double now = lightness(table->GetTableValue(i));
            CHECK(now > before - 0.1);  // straight lines between the scale's knots sag by 0.03; the eye tells about 1
            before = now;
        }
        CHECK(before - lightness(table->GetTableValue(0)) > 60.0);
    }
}

TEST_CASE("the five levels' colours differ for people without red or without green cones") {
    for (const int missing : {0, 1}) {
        for (int a = 0; a < 5; ++a) {
            for (int b = 0; b < a; ++b) {
                const viz::Colour p = as_seen_by_dichromat(viz::level_colour(a), missing), q = as_seen_by_dichromat(viz::level_colour(b), missing);
                const double apart = std::max({std::abs(p[0] - q[0]), std::abs(p[2] - q[2])});
                INFO(missing << ": level " << a << " and " << b);
                CHECK(apart > 0.1);  // of the linear range; red and green of one lightness: 0.02
            }
        }
    }
}
