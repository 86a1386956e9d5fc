#include "io/result_file.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>

#include "engine/core/contract.hpp"
#include "io/hdf5_file.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;
namespace fs = std::filesystem;

namespace {

void write_sample(const std::string& path, int steps, const ResultOptions& options = {.title = "sample", .flush_seconds = 1e9}) {
    const auto blocks = sample_blocks();
    ResultWriter writer(path, blocks, sample_series(), {{"scenario", "name: sample\n", "scenario as given"}}, options);
    append_sample_steps(writer, blocks, 0, steps);
    writer.finish(RunStatus::complete, {{"scenario", "name: changed\n", ""}, {"steps", "7", "accepted steps"}});
}

double largest_relative_error(const std::vector<float>& actual, const std::vector<float>& expected) {
    REQUIRE(actual.size() == expected.size());
    double worst = 0.0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        worst =
            std::max(worst, std::abs(static_cast<double>(actual[i]) - expected[i]) / std::abs(static_cast<double>(expected[i])));
    }
    return worst;
}

void check_same_field(const FieldSpec& actual, const FieldSpec& expected) {
    CHECK(actual.name == expected.name);
    CHECK(actual.units == expected.units);
    CHECK(actual.long_name == expected.long_name);
    CHECK(actual.components == expected.components);
    CHECK(actual.comment == expected.comment);
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("a result gives back its meshes, field descriptions and static fields") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 1);
        const auto expected = sample_blocks();
        const ResultFile result(folder.file("run.h5"));
        REQUIRE(result.blocks().size() == expected.size());
        for (std::size_t b = 0; b < expected.size(); ++b) {
            const BlockSpec& block = result.blocks()[b];
            CHECK(block.name == expected[b].name);
            CHECK(block.group == expected[b].group);
            CHECK(block.cell_type == expected[b].cell_type);
            CHECK(block.points == expected[b].points);
            CHECK(block.connectivity == expected[b].connectivity);
            REQUIRE(block.point_fields.size() == expected[b].point_fields.size());
            REQUIRE(block.cell_fields.size() == expected[b].cell_fields.size());
            for (std::size_t i = 0; i < block.point_fields.size(); ++i) {
                check_same_field(block.point_fields[i], expected[b].point_fields[i]);
            }
            for (std::size_t i = 0; i < block.cell_fields.size(); ++i) {
                check_same_field(block.cell_fields[i], expected[b].cell_fields[i]);
            }
        }
        REQUIRE(result.blocks()[0].static_cell_fields.size() == 1);
        check_same_field(result.blocks()[0].static_cell_fields[0].first, expected[0].static_cell_fields[0].first);
        CHECK(result.cell_field("L3-L4", "tissue", 0) == expected[0].static_cell_fields[0].second);
    }

    TEST_CASE("fields come back bit for bit with 23 mantissa bits and within the bound with 16") {
        const TemporaryFolder folder;
        const auto blocks = sample_blocks();
        for (const int bits : {16, 23}) {
            write_sample(folder.file("run.h5"), 3, {.mantissa_bits = bits, .flush_seconds = 1e9});
            const ResultFile result(folder.file("run.h5"));
            CHECK(result.field_times() == std::vector<double>{0.0, 0.5, 1.0});
            const double bound = bits == 23 ? 0.0 : std::ldexp(1.0, -(bits + 1));
            for (int step = 0; step < 3; ++step) {
                const auto fields = sample_fields(blocks, step);
                CHECK(largest_relative_error(result.point_field("L4-L5", "displacement", step), fields[1].point_fields[0]) <=
                      bound);
                CHECK(largest_relative_error(result.point_field("L4-L5", "pressure", step), fields[1].point_fields[1]) <= bound);
                CHECK(largest_relative_error(result.cell_field("L4-L5", "stress", step), fields[1].cell_fields[0]) <= bound);
                CHECK(largest_relative_error(result.cell_field("ALL", "force", step), fields[3].cell_fields[0]) <= bound);
            }
        }
    }

    TEST_CASE("histories come back bit for bit, whole and by label") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 400);  // 2000 rows: several chunks of the labelled series
        const ResultFile result(folder.file("run.h5"));
        REQUIRE(result.times().size() == 2000);
        CHECK(result.times()[1999] == sample_time(1999));
        const auto force = result.history("device_force", "");
        const auto idp = result.history("idp");
        const auto right = result.history("facet_gap", "L3-L4 right");
        REQUIRE(idp.size() == 4000);
        for (int row : {0, 1, 999, 1999}) {
            const auto expected = sample_row(row);
            const auto r = static_cast<std::size_t>(row);
            CHECK(force[r] == expected[0]);
            CHECK(idp[2 * r] == expected[1]);
            CHECK(idp[2 * r + 1] == expected[2]);
            CHECK(right[r] == expected[4]);
        }
        const auto expected = sample_series();
        REQUIRE(result.series().size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            CHECK(result.series()[i].name == expected[i].name);
            CHECK(result.series()[i].units == expected[i].units);
            CHECK(result.series()[i].comment == expected[i].comment);
            CHECK(result.series()[i].dimension == expected[i].dimension);
            CHECK(result.series()[i].labels == expected[i].labels);
        }
    }

    TEST_CASE("finish replaces and adds provenance and sets the status") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 1);
        const ResultFile result(folder.file("run.h5"));
        CHECK(result.status() == RunStatus::complete);
        CHECK(result.provenance("scenario") == "name: changed\n");
        CHECK(result.provenance("steps") == "7");
        CHECK(result.provenance("nothing") == "");
        CHECK(result.provenance_names() == std::vector<std::string>{"scenario", "steps"});
        CHECK_FALSE(fs::exists(folder.file("run.h5.part")));
    }

    TEST_CASE("a provenance text of a megabyte comes back whole") {
        const TemporaryFolder folder;
        const std::string text(1 << 20, 'x');
        ResultWriter(folder.file("run.h5"), {}, sample_series(), {{"scenario", text, "scenario as given"}}, {})
            .finish(RunStatus::complete, {});
        CHECK(ResultFile(folder.file("run.h5")).provenance("scenario") == text);
    }

    TEST_CASE("a running result shows exactly what is committed") {
        const TemporaryFolder folder;
        const auto blocks = sample_blocks();
        ResultWriter writer(folder.file("run.h5"), blocks, sample_series(), {}, {.flush_seconds = 1e9});
        CHECK_THROWS_WITH_AS(ResultFile(folder.file("run.h5")), doctest::Contains("has not committed anything yet"), FileError);
        append_sample_steps(writer, blocks, 0, 2);
        CHECK_FALSE(writer.commit_if_due());
        writer.commit();
        append_sample_steps(writer, blocks, 2, 1);
        const ResultFile live(folder.file("run.h5"));
        CHECK(live.status() == RunStatus::running);
        CHECK(live.field_times().size() == 2);
        CHECK(live.times().size() == 10);
        CHECK(live.history("idp").size() == 20);
        writer.commit();
        CHECK(ResultFile(folder.file("run.h5")).field_times().size() == 3);
        CHECK(live.field_times().size() == 2);
    }

    TEST_CASE("an older result stays whole until the first commit of the new one") {
        const TemporaryFolder folder;
        const std::string path = folder.file("run.h5");
        const auto blocks = sample_blocks();
        write_sample(path, 4);
        {
            ResultWriter writer(path, blocks, sample_series(), {}, {.flush_seconds = 1e9});
            append_sample_steps(writer, blocks, 0, 1);
            const ResultFile old(path);
            CHECK(old.field_times().size() == 4);
            writer.commit();
            CHECK(ResultFile(path).field_times().size() == 1);
            CHECK(old.point_field("L4-L5", "pressure", 3).size() == 27);  // whoever has the old file open keeps it
        }
        CHECK(ResultFile(path).status() == RunStatus::stopped);
    }

    TEST_CASE("a writer without data leaves nothing behind and an older result untouched") {
        const TemporaryFolder folder;
        const std::string path = folder.file("run.h5");
        write_sample(path, 2);
        { const ResultWriter writer(path, sample_blocks(), sample_series(), {}, {}); }
        CHECK(ResultFile(path).field_times().size() == 2);
        CHECK_FALSE(fs::exists(path + ".part"));
    }

    TEST_CASE("a result without blocks holds histories only") {
        const TemporaryFolder folder;
        ResultWriter writer(folder.file("device.h5"), {}, sample_series(), {}, {});
        writer.append_history(0.0, sample_row(0));
        writer.finish(RunStatus::complete, {});
        const ResultFile result(folder.file("device.h5"));
        CHECK(result.blocks().empty());
        CHECK(result.times().size() == 1);
        CHECK_FALSE(fs::exists(folder.file("device.xdmf2")));
    }

    TEST_CASE("what cannot be written is refused with path, operation and reason") {
        const TemporaryFolder folder;
        std::ofstream(folder.file("file")) << "text";
        const std::string path = folder.file("file/run.h5");  // a file where a folder should be
        CHECK_THROWS_WITH_AS(ResultWriter(path, sample_blocks(), sample_series(), {}, {}), doctest::Contains(path.c_str()),
                             FileError);
        const std::string missing = folder.file("missing/run.h5");
        const std::string message = "cannot create " + missing + ".part: No such file or directory";
        CHECK_THROWS_WITH_AS(ResultWriter(missing, sample_blocks(), sample_series(), {}, {}), message.c_str(), FileError);
    }

    TEST_CASE("what is not a result is refused with a sentence") {
        const TemporaryFolder folder;
        CHECK_THROWS_WITH_AS(ResultFile(folder.file("none.h5")), doctest::Contains("there is no such file"), FileError);
        std::ofstream(folder.file("text.h5")) << "This is not HDF5.\n";
        CHECK_THROWS_WITH_AS(ResultFile(folder.file("text.h5")),
                             doctest::Contains("is not a result of Foramen: it is not a readable HDF5 file"), FileError);
        std::ofstream(folder.file("empty.h5")).flush();
        CHECK_THROWS_WITH_AS(ResultFile(folder.file("empty.h5")), doctest::Contains("is not a result of Foramen"), FileError);
        { Hdf5File::create(folder.file("other.h5"), 0).flush(); }
        CHECK_THROWS_WITH_AS(ResultFile(folder.file("other.h5")), doctest::Contains("without the attribute schema"), FileError);
        {
            Hdf5File file = Hdf5File::create(folder.file("newer.h5"), 0);
            file.root().set_text("schema", "foramen-result");
            file.root().set_text("schema_version", "2.0");
        }
        CHECK_THROWS_WITH_AS(ResultFile(folder.file("newer.h5")), doctest::Contains("a newer Foramen wrote it"), FileError);
    }

    TEST_CASE("asking for what is not there names what is") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 1);
        const ResultFile result(folder.file("run.h5"));
        CHECK_THROWS_WITH_AS((void)result.history("ipd"), doctest::Contains("it has: device_force, idp, facet_gap"), FileError);
        CHECK_THROWS_WITH_AS((void)result.history("idp", "L5"), doctest::Contains("it has: L3-L4, L4-L5"), FileError);
        CHECK_THROWS_WITH_AS((void)result.point_field("L9", "pressure", 0), doctest::Contains("has no block L9"), FileError);
        CHECK_THROWS_WITH_AS((void)result.point_field("L4", "pressure", 0), doctest::Contains("it has: displacement"), FileError);
        CHECK_THROWS_AS((void)result.point_field("L4", "displacement", 1), foramen::ContractViolation);
    }

    TEST_CASE("times that do not increase, arrays of the wrong size and double names are our errors") {
        const TemporaryFolder folder;
        const auto blocks = sample_blocks();
        ResultWriter writer(folder.file("run.h5"), blocks, sample_series(), {}, {});
        writer.append_history(1.0, sample_row(0));
        CHECK_THROWS_AS(writer.append_history(1.0, sample_row(1)), foramen::ContractViolation);
        CHECK_THROWS_AS(writer.append_history(2.0, std::vector<double>(5)), foramen::ContractViolation);
        auto fields = sample_fields(blocks, 0);
        fields[1].point_fields[1].pop_back();
        CHECK_THROWS_AS(writer.append_fields(0.0, fields), foramen::ContractViolation);
        CHECK_THROWS_AS(writer.append_fields(std::numeric_limits<double>::quiet_NaN(), sample_fields(blocks, 0)),
                        foramen::ContractViolation);
        CHECK_NOTHROW(writer.append_fields(0.0, sample_fields(blocks, 0)));
        auto twice = blocks;
        twice[1].name = twice[0].name;
        CHECK_THROWS_AS(ResultWriter(folder.file("twice.h5"), twice, {}, {}, {}), foramen::ContractViolation);
        auto labels = sample_series();
        labels[2].dimension = "disc";
        CHECK_THROWS_AS(ResultWriter(folder.file("labels.h5"), {}, labels, {}, {}), foramen::ContractViolation);
        CHECK_THROWS_AS(ResultWriter(folder.file("run.hdf"), blocks, {}, {}, {}), foramen::ContractViolation);
    }
}
