// What other programs rely on: attributes, links, sidecars.

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "io/hdf5_file.hpp"
#include "io/result_file.hpp"
#include "io/xdmf_sidecar.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

void write_sample(const std::string& path, int steps) {
    const auto blocks = sample_blocks();
    ResultWriter writer(path, blocks, sample_series(), {{"scenario", "name: sample\n", ""}},
                        {.title = "sample", .command = "foramen run sample"});
    append_sample_steps(writer, blocks, 0, steps);
    writer.finish(RunStatus::complete, {{"end", "now", "end of the run"}});
}

/// Visits every dataset below a group; /VTKHDF/Assembly holds only links to what is visited anyway.
template <class Visit>
void visit_datasets(const Hdf5Group& group, const std::string& path, const Visit& visit) {
    for (const std::string& name : group.names()) {
        const std::string full = path + "/" + name;
        if (name == "Assembly") {
            continue;
        }
        if (group.is_group(name)) {
            visit_datasets(group.open_group(name), full, visit);
        } else {
            visit(full, group.open_dataset(name));
        }
    }
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("every dataset of a result has units and a long name") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 2);
        const Hdf5File file = Hdf5File::open(folder.file("run.h5"));
        int count = 0;
        visit_datasets(file.root(), "", [&count](const std::string& path, const Hdf5Dataset& dataset) {
            INFO(path);
            CHECK(dataset.text("units") != "");
            CHECK(dataset.text("long_name") != "");
            ++count;
        });
        CHECK(count > 100);
    }

    TEST_CASE("the root says what the file is") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 1);
        const Hdf5File file = Hdf5File::open(folder.file("run.h5"));
        const Hdf5Group root = file.root();
        CHECK(root.text("Conventions") == "CF-1.10");
        CHECK(root.text("title") == "sample");
        CHECK(root.text("source").starts_with("Foramen 0."));
        CHECK(root.text("schema") == "foramen-result");
        CHECK(root.text("schema_version") == "1.0");
        CHECK(root.text("status") == "complete");
        CHECK(std::regex_match(root.text("run_id"),
                               std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")));
        CHECK(std::regex_match(root.text("created"), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")));
        CHECK(root.text("history") == root.text("created") + " foramen run sample");
    }

    TEST_CASE("all blocks share one set of step datasets and have the same number of steps") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 3);
        const Hdf5File file = Hdf5File::open(folder.file("run.h5"));
        const Hdf5Group vtkhdf = file.root().open_group("VTKHDF");
        CHECK(vtkhdf.text("Type") == "MultiBlockDataSet");
        for (const BlockSpec& block : sample_blocks()) {
            const Hdf5Group group = vtkhdf.open_group(block.name);
            CHECK(group.text("Type") == "UnstructuredGrid");
            const Hdf5Group steps = group.open_group("Steps");
            CHECK(steps.integer("NSteps") == 3);
            for (const char* name :
                 {"Values", "PartOffsets", "NumberOfParts", "PointOffsets", "CellOffsets", "ConnectivityIdOffsets"}) {
                CHECK(steps.open_dataset(name).extent()[0] == 3);
            }
        }
        const Hdf5Group steps = vtkhdf.open_group("L4-L5/Steps");
        CHECK(steps.open_dataset("PointDataOffsets/pressure").read_rows<std::int64_t>(0, 3) ==
              std::vector<std::int64_t>{0, 27, 54});
        CHECK(steps.open_dataset("CellDataOffsets/stress").read_rows<std::int64_t>(0, 3) == std::vector<std::int64_t>{0, 8, 16});
        CHECK(steps.open_dataset("CellDataOffsets/tissue").read_rows<std::int64_t>(0, 3) == std::vector<std::int64_t>{0, 0, 0});
        CHECK(vtkhdf.open_group("Assembly").names() ==
              std::vector<std::string>{"discs", "vertebrae", "ligaments", "muscles", "facets"});
        CHECK(vtkhdf.open_group("Assembly/discs").names() == std::vector<std::string>{"L3-L4", "L4-L5"});
    }

    TEST_CASE("the stub leads to the picture by a relative name") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 2);
        const TemporaryFolder elsewhere;
        for (const char* name : {"run.h5", "run.vtkhdf"}) {
            std::filesystem::rename(folder.file(name), elsewhere.file(name));
        }
        const Hdf5File stub = Hdf5File::open(elsewhere.file("run.vtkhdf"));
        CHECK(stub.root().open_group("VTKHDF").text("Type") == "MultiBlockDataSet");
    }

    TEST_CASE("the sidecar lists every block and step and places each step in the data") {
        const TemporaryFolder folder;
        write_sample(folder.file("run.h5"), 3);
        const std::string text = text_of(folder.file("run.xdmf2"));
        CHECK(text == xdmf_text("run.h5", sample_blocks(), std::vector<double>{0.0, 0.5, 1.0}));
        CHECK(text.find(R"(<Grid Name="erector spinae" GridType="Collection" CollectionType="Temporal">)") != std::string::npos);
        CHECK(text.find(R"(<Grid Name="L4-L5_2"><Time Value="1"/>)") != std::string::npos);
        CHECK(
            text.find(
                R"(<DataItem Dimensions="3 2" Format="XML">54 0 1 1 27 3</DataItem><DataItem Format="HDF" Dimensions="81 3")") !=
            std::string::npos);
        CHECK(text.find(R"(<DataItem Dimensions="3 2" Format="XML">16 0 1 1 8 6</DataItem>)") != std::string::npos);
        // a tensor as M x 6 is one tuple of 6 M components to ParaView 6.1
        CHECK(text.find(R"(AttributeType="Matrix" Center="Cell"><DataItem ItemType="HyperSlab" Dimensions="8 1 6">)") !=
              std::string::npos);
    }

    TEST_CASE("the sidecar escapes what XML reserves") {
        auto blocks = sample_blocks();
        blocks.resize(1);
        blocks[0].name = "a<b & c";
        const std::string text = xdmf_text("run.h5", blocks, std::vector<double>{0.0});
        CHECK(text.find("run.h5:/VTKHDF/a&lt;b &amp; c/Points") != std::string::npos);
    }
}
