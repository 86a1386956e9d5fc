#include "io/spelling.hpp"

#include <algorithm>
#include <cctype>

namespace foramen::io {

int edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1, 0));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replace = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

bool same_but_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

std::string suggest(std::string_view wrong, const std::vector<std::string>& known) {
    constexpr std::size_t longest_word = 64;
    std::string nearest;
    int distance = std::min<int>(3, static_cast<int>(wrong.size()));
    for (const std::string& word : known) {
        const int d = wrong.size() > longest_word ? 3 : same_but_case(wrong, word) ? 0 : edit_distance(wrong, word);
        if (d >= distance) continue;
        distance = d;
        nearest = word;
    }
    if (!nearest.empty()) return "did you mean \"" + nearest + "\"?";
    std::string list;
    for (const std::string& word : known) list += (list.empty() ? "" : ", ") + word;
    return "known: " + list;
}

}  // namespace foramen::io
