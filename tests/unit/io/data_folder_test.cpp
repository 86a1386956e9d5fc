#include "io/data_folder.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "io/data_tables.hpp"
#include "io/result_file.hpp"

namespace fs = std::filesystem;
using namespace foramen;

namespace {

const fs::path shipped = fs::path(FORAMEN_SOURCE_DIR) / "data";

/// A copy of the shipped tables that a test may spoil.
class DataCopy {
public:
    DataCopy() : folder_(fs::temp_directory_path() / ("foramen-data-" + std::to_string(::getpid()))) {
        fs::copy(shipped, folder_, fs::copy_options::recursive);
    }
    ~DataCopy() { fs::remove_all(folder_); }
    DataCopy(const DataCopy&) = delete;
    DataCopy& operator=(const DataCopy&) = delete;

    [[nodiscard]] const fs::path& folder() const { return folder_; }
    void replace(const std::string& file, const std::string& old_text, const std::string& new_text) const {
        std::string text = read(file);
        const std::size_t at = text.find(old_text);
        REQUIRE(at != std::string::npos);
        text.replace(at, old_text.size(), new_text);
        std::ofstream(folder_ / file, std::ios::trunc) << text;
    }
    [[nodiscard]] std::string read(const std::string& file) const {
        std::ostringstream text;
        text << std::ifstream(folder_ / file).rdbuf();
        return text.str();
    }
    /// What reading says, with the folder's path taken out.
    [[nodiscard]] std::string complaint() const {
        try {
            static_cast<void>(io::read_anatomy_tables(folder_));
        } catch (const io::FileError& error) {
            std::string text = error.what();
            const std::string prefix = folder_.string() + "/";
            for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
                text.erase(at, prefix.size());
            return text;
        }
        return "no complaint";
    }

private:
    fs::path folder_;
};

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("a table that is damaged is refused with file, line, column and reason") {
        const DataCopy data;
        SUBCASE("not a number") {
            data.replace("anatomy/discs.csv", "L3-L4,11.0", "L3-L4,eleven");
            CHECK(data.complaint() ==
                  "anatomy/discs.csv:7: height_mid: expected a number in mm, got \"eleven\"\n1 error in the data tables");
        }
        SUBCASE("nan") {
            data.replace("anatomy/thorax.csv", "thorax,1.3", "thorax,nan");
            CHECK(data.complaint() ==
                  "anatomy/thorax.csv:4: x: expected a number in mm, got \"nan\"\n1 error in the data tables");
        }
        SUBCASE("metres instead of millimetres") {
            data.replace("anatomy/discs.csv", "L3-L4,11.0", "L3-L4,0.011");
            CHECK(data.complaint() ==
                  "anatomy/discs.csv:7: height_mid: 0.011 is not between 2 and 25 in mm\n1 error in the data tables");
        }
        SUBCASE("another unit in the header") {
            data.replace("ligaments/bilinear.csv", "area [mm2]", "area [cm2]");
            CHECK(data.complaint() ==
                  "ligaments/bilinear.csv:3: unknown column \"area [cm2]\"\n"
                  "ligaments/bilinear.csv:3: column \"area [mm2]\" is missing\n2 errors in the data tables");
        }
        SUBCASE("a column twice") {
            data.replace("body/segments.csv", "sex,pulled [1],upper [1],status", "sex,pulled [1],pulled [1],upper [1],status");
            data.replace("body/segments.csv", "female,0.542", "female,0.542,0.542");
            data.replace("body/segments.csv", "\nmale,0.509", "\nmale,0.509,0.509");
            CHECK(data.complaint() == "body/segments.csv:3: column \"pulled [1]\" is given twice\n1 error in the data tables");
        }
        SUBCASE("a missing row") {
            data.replace("anatomy/facets.csv", "L2-L3,", "# L2-L3,");
            CHECK(data.complaint() == "anatomy/facets.csv: no row for disc \"L2-L3\"\n1 error in the data tables");
        }
        SUBCASE("a row twice") {
            data.replace("anatomy/facets.csv", "L2-L3,", "L1-L2,");
            CHECK(data.complaint() ==
                  "anatomy/facets.csv:6: disc: \"L1-L2\" has a row already, in line 5\n"
                  "anatomy/facets.csv: no row for disc \"L2-L3\"\n2 errors in the data tables");
        }
        SUBCASE("a level that does not exist") {
            data.replace("anatomy/vertebrae.csv", "\nL3,", "\nL7,");
            CHECK(data.complaint() ==
                  "anatomy/vertebrae.csv:7: level: expected one of \"L1\", \"L2\", \"L3\", \"L4\", \"L5\", \"S1\", got \"L7\"\n"
                  "anatomy/vertebrae.csv: no row for level \"L3\"\n2 errors in the data tables");
        }
        SUBCASE("a cell too many") {
            data.replace("body/segments.csv", "female,0.542", "female,0.542,0.1");
            CHECK(data.complaint() ==
                  "body/segments.csv:4: expected 5 cells as in the header, got 6\n"
                  "body/segments.csv: no row for sex \"female\"\n2 errors in the data tables");
        }
        SUBCASE("a path with an unknown body") {
            data.replace("muscles/fascicles.csv", "L1 -4.2 22.6 6.3; S1", "L9 -4.2 22.6 6.3; S1");
            CHECK(data.complaint().starts_with(
                "muscles/fascicles.csv:5: path: expected two points or more like \"L1 -4.2 22.6 6.3; S1 135.8 75.9 -55.5\" "
                "(body x y z in mm), got \"L9 -4.2 22.6 6.3; S1 "));
        }
        SUBCASE("fractions that do not add up") {
            data.replace("body/segments.csv", "0.542,0.458", "0.542,0.45");
            CHECK(data.complaint() ==
                  "body/segments.csv:4: upper: pulled and upper must add up to 1\n1 error in the data tables");
        }
        SUBCASE("a vertebra without height") {
            data.replace("anatomy/vertebrae.csv", "L1,41.2,43.3,34.1,35.3,22.7", "L1,41.2,43.3,34.1,35.3,0");
            CHECK(data.complaint() == "anatomy/vertebrae.csv:5: height_anterior: must be above 0\n1 error in the data tables");
        }
        SUBCASE("a capsule with an odd strand") {
            data.replace("ligaments/strands.csv", "CL,L1-L2,pair,20", "CL,L1-L2,pair,19");
            CHECK(
                data.complaint() ==
                "ligaments/strands.csv:21: strands: a ligament with two sides needs an even number\n1 error in the data tables");
        }
        SUBCASE("a fascicle twice") {
            data.replace("muscles/fascicles.csv", "\nPs_L1_TP,", "\nPs_L1_VB,");
            CHECK(data.complaint() == "muscles/fascicles.csv:6: name: \"Ps_L1_VB\" is given twice\n1 error in the data tables");
        }
        SUBCASE("a missing file") {
            fs::remove(data.folder() / "ligaments/strands.csv");
            CHECK(data.complaint() == "ligaments/strands.csv: cannot be opened\n1 error in the data tables");
        }
        SUBCASE("several tables at once: all problems together") {
            data.replace("anatomy/discs.csv", "L3-L4,11.0", "L3-L4,");
            data.replace("materials/disc_tissues.csv", "III,nucleus,0.105", "III,nucleus,-0.105");
            CHECK(data.complaint() ==
                  "anatomy/discs.csv:7: height_mid: expected a number in mm, got \"\"\n"
                  "materials/disc_tissues.csv:12: shear_modulus: -0.105 is not between 0.001 and 100 in MPa\n"
                  "2 errors in the data tables");
        }
    }

    TEST_CASE("an untouched copy reads without complaint, whatever the line ends") {
        const DataCopy data;
        CHECK(data.complaint() == "no complaint");
        std::string text = data.read("anatomy/discs.csv");
        for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.replace(at, 1, "\r\n");
        std::ofstream(data.folder() / "anatomy/discs.csv", std::ios::trunc) << text;
        CHECK(data.complaint() == "no complaint");
    }

    TEST_CASE("the data folder is found, and FORAMEN_DATA overrules it") {
        ::unsetenv("FORAMEN_DATA");
        CHECK(fs::equivalent(io::data_folder(), shipped));
        const DataCopy data;
        ::setenv("FORAMEN_DATA", data.folder().c_str(), 1);
        CHECK(io::data_folder() == data.folder());
        ::setenv("FORAMEN_DATA", "no-such-folder", 1);
        CHECK_THROWS_WITH_AS(static_cast<void>(io::data_folder()),
                             "FORAMEN_DATA is \"no-such-folder\", but there is no anatomy/vertebrae.csv in it", io::FileError);
        ::unsetenv("FORAMEN_DATA");
    }

    TEST_CASE("hashes name every table and change with its content") {
        const DataCopy data;
        std::ofstream(data.folder() / "body/empty.csv").flush();
        const auto before = io::data_file_hashes(data.folder());
        CHECK(before.size() == 19);
        CHECK(before.front().file == "anatomy/discs.csv");
        for (const auto& [file, sha256] : before) {
            CHECK(sha256.size() == 64);
            if (file == "body/empty.csv") CHECK(sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        }
        data.replace("anatomy/discs.csv", "11.0", "11.1");
        const auto after = io::data_file_hashes(data.folder());
        CHECK(after[0].sha256 != before[0].sha256);
        CHECK(after[1].sha256 == before[1].sha256);
        CHECK_THROWS_AS(static_cast<void>(io::data_file_hashes(data.folder() / "none")), io::FileError);
    }

}  // TEST_SUITE
