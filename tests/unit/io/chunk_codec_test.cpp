#include "io/chunk_codec.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "engine/core/contract.hpp"

using foramen::io::round_mantissa;

TEST_SUITE("unit/io") {
    TEST_CASE("rounding to b mantissa bits errs by at most 2^-(b+1) of the value") {
        std::mt19937_64 random(11);
        for (const int bits : {3, 10, 16, 22}) {
            for (int i = 0; i < 2000; ++i) {
                const double mantissa = 1.0 + static_cast<double>(random() >> 11) * 0x1p-53;
                const auto value =
                    static_cast<float>(std::ldexp(i % 2 == 0 ? mantissa : -mantissa, static_cast<int>(random() % 60) - 30));
                const double error = std::abs(static_cast<double>(round_mantissa(value, bits)) - value);
                CHECK(error <= std::ldexp(std::abs(static_cast<double>(value)), -(bits + 1)));
            }
        }
    }

    TEST_CASE("rounding is to the nearest, ties to even") {
        CHECK(round_mantissa(1.0F + 0x1p-4F, 3) == 1.0F);       // half way, 1 is even
        CHECK(round_mantissa(1.0F + 3 * 0x1p-4F, 3) == 1.25F);  // half way, 1.25 is even
        CHECK(round_mantissa(1.0F + 0x1p-4F + 0x1p-20F, 3) == 1.125F);
        CHECK(round_mantissa(-1.9999999F, 3) == -2.0F);  // the carry reaches the exponent
    }

    TEST_CASE("rounding keeps zero, infinities, not-a-number and the largest float") {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        CHECK(round_mantissa(0.0F, 16) == 0.0F);
        CHECK(round_mantissa(infinity, 16) == infinity);
        CHECK(std::isnan(round_mantissa(std::numeric_limits<float>::quiet_NaN(), 16)));
        CHECK(std::isfinite(round_mantissa(std::numeric_limits<float>::max(), 16)));
    }

    TEST_CASE("keeping 23 bits changes nothing and no other count is taken") {
        CHECK(round_mantissa(0.1F, 23) == 0.1F);
        CHECK_THROWS_AS((void)round_mantissa(0.1F, 0), foramen::ContractViolation);
        CHECK_THROWS_AS((void)round_mantissa(0.1F, 24), foramen::ContractViolation);
    }
}
