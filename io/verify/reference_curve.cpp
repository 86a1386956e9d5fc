#include "io/verify/reference_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "io/result_file.hpp"

namespace foramen::io {

namespace {

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::istringstream in(line); std::getline(in, cell, ',');) {
        while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r')) cell.pop_back();
        cells.push_back(cell.substr(std::min(cell.find_first_not_of(' '), cell.size())));
    }
    return cells;
}

/// The name in `name [unit]`.
std::string name_of(const std::string& cell) {
    const std::size_t bracket = cell.find(" [");
    return cell.substr(0, bracket);
}

double number_of(const std::string& cell, const std::string& where) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size())
        throw FileError(fmt::format("{}: expected a number, got \"{}\"", where, cell));
    return value;
}

}  // namespace

double ReferenceCurve::at(double where) const {
    const auto above = std::lower_bound(x.begin(), x.end(), where);
    if (above == x.begin()) return y.front();
    if (above == x.end()) return y.back();
    const auto i = static_cast<std::size_t>(above - x.begin());
    const double share = (where - x[i - 1]) / (x[i] - x[i - 1]);
    return y[i - 1] + share * (y[i] - y[i - 1]);
}

double ReferenceCurve::range() const {
    const auto [low, high] = std::minmax_element(y.begin(), y.end());
    return *high - *low;
}

ReferenceCurve read_reference_curve(const std::filesystem::path& file, const std::string& column) {
    std::ifstream in(file);
    if (!in) throw FileError(fmt::format("{}: cannot be read", file.string()));
    ReferenceCurve curve;
    std::size_t chosen = 0;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const std::string where = fmt::format("{}:{}", file.string(), number);
        if (line.empty() || line.front() == '#') continue;
        const std::vector<std::string> cells = cells_of(line);
        if (chosen == 0) {
            while (chosen < cells.size() && name_of(cells[chosen]) != column) ++chosen;
            if (chosen == 0 || chosen == cells.size()) throw FileError(fmt::format("{}: no column \"{}\" beside x", where, column));
            continue;
        }
        if (cells.size() <= chosen) throw FileError(fmt::format("{}: too few columns", where));
        curve.x.push_back(number_of(cells[0], where));
        curve.y.push_back(number_of(cells[chosen], where));
        if (curve.x.size() > 1 && !(curve.x.back() > curve.x[curve.x.size() - 2]))
            throw FileError(fmt::format("{}: x does not ascend", where));
    }
    if (curve.x.empty()) throw FileError(fmt::format("{}: holds no row", file.string()));
    return curve;
}

}  // namespace foramen::io
