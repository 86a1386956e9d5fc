#include "io/quantity.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "engine/core/units.hpp"
#include "io/spelling.hpp"
#include "tests/support/close.hpp"

using namespace foramen;
using engine::Dimension;
using io::parse_quantity;

TEST_SUITE("unit/io") {
    TEST_CASE("units of every dimension convert to the internal ones") {
        struct Row {
            std::string text;
            Dimension dimension;
            double value;
        };
        const std::vector<Row> rows{
            {"300 N", Dimension::force, 300.0},
            {"0.3 kN", Dimension::force, 300.0},
            {"1 kgf", Dimension::force, 9.80665},
            {"10 lbf", Dimension::force, 44.482216},
            {"45 %BW", Dimension::force, 308.909475},
            {"30 s", Dimension::time, 30.0},
            {"250 ms", Dimension::time, 0.25},
            {"1.5 min", Dimension::time, 90.0},
            {"2 h", Dimension::time, 7200.0},
            {"4 mm", Dimension::length, 4.0},
            {"168 cm", Dimension::length, 1680.0},
            {"1.68 m", Dimension::length, 1680.0},
            {"180 deg", Dimension::angle, 3.14159265358979},
            {"-0.5 rad", Dimension::angle, -0.5},
            {"70 kg", Dimension::mass, 70.0},
            {"100 lb", Dimension::mass, 45.359237},
            {"0.1 MPa", Dimension::pressure, 0.1},
            {"100 kPa", Dimension::pressure, 0.1},
            {"760 mmHg", Dimension::pressure, 0.1013250144},
            {"10 %", Dimension::fraction, 0.1},
            {"0.1", Dimension::fraction, 0.1},
            {"46 yr", Dimension::age, 46.0},
            {"15 N/s", Dimension::force_rate, 15.0},
            {"60 N/min", Dimension::force_rate, 1.0},
            {"2 kgf/s", Dimension::force_rate, 19.6133},
            {"5 lbf/s", Dimension::force_rate, 22.241108},
            {"20 N/mm", Dimension::stiffness, 20.0},
            {"20 kN/m", Dimension::stiffness, 20.0},
            {"200 N/cm", Dimension::stiffness, 20.0},
            {"0.1 Hz", Dimension::frequency, 0.1},
            {"6 1/min", Dimension::frequency, 0.1},
            {"0.05", Dimension::none, 0.05},
            {"300N", Dimension::force, 300.0},
            {"  3e2   N ", Dimension::force, 300.0},
        };
        for (const Row& row : rows) {
            CAPTURE(row.text);
            const auto parsed = parse_quantity(row.text, row.dimension, 70.0 * standard_gravity);
            REQUIRE(parsed.value);
            CHECK_CLOSE(*parsed.value, row.value, 1e-8);
        }
    }

    TEST_CASE("what is not one number and one unit of the dimension is refused") {
        for (const std::string text :
             {"",       " ",      "N",       "300",     "300 s",  "300 N m", "N 300",  "3 00 N",    "nan N",
              "inf N",  "-inf N", "1e999 N", "1,5 N",   "1_0 N",  "010 N",   "-010 N", "+5 N",      ".5 N",
              "0x10 N", "1:30 N", "300 n",   "45 % BW", "45 %bw", "1e N",    "--5 N",  "5\xc2\xa0N"}) {
            CAPTURE(text);
            CHECK_FALSE(parse_quantity(text, Dimension::force, 700.0).value);
        }
        CHECK_FALSE(parse_quantity("45 %BW", Dimension::force).value);
        CHECK_FALSE(parse_quantity("5 %", Dimension::none).value);
        CHECK_FALSE(io::parse_whole("1.5", "").value);
        CHECK_FALSE(io::parse_whole("07", "").value);
        CHECK_FALSE(io::parse_whole("3000000000", "").value);
        CHECK_FALSE(io::parse_whole("16", "bit").value);
        CHECK(io::parse_whole("16 bit", "bit").value == 16.0);
        CHECK(io::parse_whole("12.0", "").value == 12.0);
    }

    TEST_CASE("the message names what was expected, what was found, and what to type") {
        CHECK(parse_quantity("300", Dimension::force).reason == "expected a force such as \"300 N\", got \"300\"");
        CHECK(parse_quantity("300", Dimension::force).hint == "a bare number has no unit; accepted units: N, kN, kgf, lbf, %BW");
        CHECK(parse_quantity("5 Deg", Dimension::angle).hint == "did you mean \"deg\"?");
        CHECK(parse_quantity("5,5 deg", Dimension::angle).hint == "the decimal sign is a point");
    }

    TEST_CASE("a written quantity reads back to the same bits") {
        std::mt19937_64 random(20240611);
        for (int d = 0; d <= static_cast<int>(Dimension::permeability); ++d) {
            const auto dimension = static_cast<Dimension>(d);
            for (int i = 0; i < 2000; ++i) {
                const double value = std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 40) - 60);
                const std::string text = io::format_quantity(value, dimension);
                CAPTURE(text);
                REQUIRE(parse_quantity(text, dimension).value == value);
            }
        }
        CHECK(io::format_quantity(1500.0, Dimension::time) == "25 min");
        CHECK(io::format_quantity(18.0_deg, Dimension::angle) == "18 deg");
        CHECK(io::format_quantity(0.1, Dimension::fraction) == "10 %");
        CHECK(io::format_quantity(0.05, Dimension::none) == "0.05");
    }

    TEST_CASE("the editor's pattern accepts what the reader accepts, and no bare number") {
        const std::regex force(io::quantity_pattern(Dimension::force));
        for (const char* text : {"300 N", "0.3 kN", "45 %BW", "3e2 N", "-5 N", "300N"}) CHECK(std::regex_match(text, force));
        for (const char* text : {"300", "300 s", "010 N", "1,5 N"}) CHECK_FALSE(std::regex_match(text, force));
        CHECK(std::regex_match("0.1", std::regex(io::quantity_pattern(Dimension::fraction))));
    }

    TEST_CASE("edit distance counts letters, and a swap of neighbours as one") {
        CHECK(io::edit_distance("angle", "angel") == 1);
        CHECK(io::edit_distance("hold", "holdd") == 1);
        CHECK(io::edit_distance("", "abc") == 3);
        CHECK(io::edit_distance("kitten", "sitting") == 3);
        CHECK(io::suggest("angel", {"angle", "duration"}) == "did you mean \"angle\"?");
        CHECK(io::suggest("shoe", {"angle", "duration"}) == "known: angle, duration");
        CHECK(io::suggest("ANGLE", {"angle", "duration"}) == "did you mean \"angle\"?");
    }
}
