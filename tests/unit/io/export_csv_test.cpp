#include "io/export_csv.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "tests/support/sample_result.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace foramen::io;
using namespace foramen::testing;

namespace {

void write_rows(const std::string& path) {
    ResultWriter writer(path, {}, sample_series(), {}, {});
    writer.append_history(0.0, std::vector<double>{1.0, 0.1, 1.0 / 3.0, -2.5, 1e-300, 7.0});
    writer.append_history(0.1, std::vector<double>{2.0, 0.2, 0.3, 0.4, 0.5, 0.6});
    writer.finish(RunStatus::complete, {});
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("the CSV names series, label and unit in its header and loses no bit") {
        const TemporaryFolder folder;
        write_rows(folder.file("run.h5"));
        export_history_csv(ResultFile(folder.file("run.h5")), folder.file("run.csv"));
        std::ifstream file(folder.file("run.csv"));
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        CHECK(
            text ==
            "time [s],device_force [N],idp[L3-L4] [MPa],idp[L4-L5] [MPa],facet_gap[L3-L4 left] [mm],facet_gap[L3-L4 right] [mm],"
            "\"facet_gap[L4-L5 left, \"\"worn\"\"] [mm]\"\n"
            "0,1,0.1,0.3333333333333333,-2.5,1e-300,7\n"
            "0.1,2,0.2,0.3,0.4,0.5,0.6\n");
    }

    TEST_CASE("chosen series come in the order asked for") {
        const TemporaryFolder folder;
        write_rows(folder.file("run.h5"));
        const std::vector<std::string> names{"idp", "device_force"};
        CHECK(history_csv(ResultFile(folder.file("run.h5")), names) ==
              "time [s],idp[L3-L4] [MPa],idp[L4-L5] [MPa],device_force [N]\n0,0.1,0.3333333333333333,1\n0.1,0.2,0.3,2\n");
    }

    TEST_CASE("an unknown series or an unwritable CSV is refused") {
        const TemporaryFolder folder;
        write_rows(folder.file("run.h5"));
        const ResultFile result(folder.file("run.h5"));
        const std::vector<std::string> names{"nothing"};
        CHECK_THROWS_WITH_AS((void)history_csv(result, names), doctest::Contains("has no history nothing"), FileError);
        const std::string path = folder.file("missing/run.csv");
        CHECK_THROWS_WITH_AS(export_history_csv(result, path), ("cannot write " + path + ": No such file or directory").c_str(),
                             FileError);
    }
}
