#include "io/inp_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <utility>

namespace foramen::io {

const InpParameter* InpBlock::parameter(std::string_view name) const {
    const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const InpParameter& p) { return p.name == name; });
    return found == parameters.end() ? nullptr : &*found;
}

std::string in_capitals(std::string_view text) {
    std::string capitals(text);
    std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return capitals;
}

bool read_whole_file(const std::filesystem::path& path, std::string& text) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return false;
    std::ifstream file(path, std::ios::binary);
    if (!file) return false;
    const auto size = std::filesystem::file_size(path, ignored);  // none of a pipe
    text.resize(ignored ? 0 : size);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    file.clear(file.rdstate() & std::ios::badbit);
    text.append(std::istreambuf_iterator<char>(file), {});  // what is beyond that size
    return !file.bad();
}

namespace {

constexpr std::string_view blanks = " \t\r\v\f";

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

/// The part of a line from `begin` to `end` without blanks around it.
void set_trimmed(std::string_view line, std::size_t begin, std::size_t end, const Mark& mark, InpWord& word) {
    while (begin < end && is_blank(line[begin])) ++begin;
    while (end > begin && is_blank(line[end - 1])) --end;
    word.mark = mark;
    word.mark.column = static_cast<int>(begin);
    word.mark.length = static_cast<int>(std::max<std::size_t>(1, end - begin));
    word.text.assign(line.substr(begin, end - begin));
}

InpWord trimmed(std::string_view line, std::size_t begin, std::size_t end, const Mark& mark) {
    InpWord word;
    set_trimmed(line, begin, end, mark, word);
    return word;
}

}  // namespace

void read_words(const InpLine& line, std::vector<InpWord>& words) {
    const std::string_view text = line.text;
    std::size_t begin = 0, count = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] == '"') quoted = !quoted;
        if (i < text.size() && (text[i] != ',' || quoted)) continue;
        if (count == words.size()) words.emplace_back();
        set_trimmed(text, begin, i, line.mark, words[count++]);
        begin = i + 1;
    }
    words.resize(words[count - 1].text.empty() ? count - 1 : count);
}

namespace {

InpParameter parameter_of(const InpWord& word) {
    const std::size_t equals = word.text.find('=');
    if (equals == std::string::npos) return {in_capitals(word.text), {"", word.mark}};
    const InpWord name = trimmed(word.text, 0, equals, word.mark);
    InpWord value = trimmed(word.text, equals + 1, word.text.size(), word.mark);
    value.mark.column += word.mark.column;
    std::erase(value.text, '"');
    return {in_capitals(name.text), std::move(value)};
}

class BlockReader {
public:
    explicit BlockReader(Diagnostics& problems) : problems_(problems) {}

    void read(const std::filesystem::path& path, std::string text) {
        const int file = problems_.add_source(path.string(), std::move(text));
        open_.push_back(path.lexically_normal());
        const std::string_view content = problems_.source(file).text;  // stays in its place while more are added
        Mark mark{file, 0, 0, 1};
        bool goes_on = false;
        for (std::size_t begin = 0; begin < content.size(); ++mark.line) {
            const std::size_t end = std::min(content.find('\n', begin), content.size());
            const std::string_view line = content.substr(begin, end - begin);
            begin = end + 1;
            const std::size_t first = line.find_first_not_of(blanks);
            if (first == std::string_view::npos || line.substr(first).starts_with("**")) continue;
            if (line[first] == '*' || goes_on) {
                goes_on = keyword_line(line, mark, goes_on && line[first] != '*');
            } else if (!blocks.empty()) {
                blocks.back().lines.push_back({line, mark});
            } else {
                problems_.error(trimmed(line, 0, line.size(), mark).mark, "", "a line before the first keyword",
                                "data stand below a keyword such as *NODE");
                return;  // not a file of this kind: the rest would only be noise
            }
            if (!goes_on && !blocks.empty() && blocks.back().keyword.text == "INCLUDE") include(path);
        }
        open_.pop_back();
    }

    std::vector<InpBlock> blocks;

private:
    /// @return whether the line ends with a comma, so that the next one belongs to it
    bool keyword_line(std::string_view line, const Mark& mark, bool continued) {
        std::vector<InpWord> words;
        read_words({line, mark}, words);
        auto next = words.begin();
        if (!continued) {
            InpBlock& block = blocks.emplace_back();
            if (next != words.end()) block.keyword = *next++;
            block.keyword.text = in_capitals(block.keyword.text.substr(block.keyword.text.empty() ? 0 : 1));
        }
        for (; next != words.end(); ++next) blocks.back().parameters.push_back(parameter_of(*next));
        const std::size_t last = line.find_last_not_of(blanks);
        return line[last] == ',';
    }

    /// Replaces the last block by what it includes.
    void include(const std::filesystem::path& from) {
        const InpBlock block = std::move(blocks.back());
        blocks.pop_back();
        const InpParameter* input = block.parameter("INPUT");
        if (input == nullptr || input->value.text.empty()) {
            problems_.error(block.keyword.mark, "", "*INCLUDE names no file", "write *INCLUDE, INPUT=file.inp");
            return;
        }
        const std::filesystem::path path = from.parent_path() / input->value.text;
        std::string text;
        if (std::find(open_.begin(), open_.end(), path.lexically_normal()) != open_.end()) {
            problems_.error(input->value.mark, "", fmt::format("{} includes itself", input->value.text));
        } else if (!read_whole_file(path, text)) {
            problems_.error(input->value.mark, "", fmt::format("\"{}\" cannot be opened", input->value.text),
                            "files are looked for beside the one that names them");
        } else {
            read(path, std::move(text));
        }
    }

    Diagnostics& problems_;
    std::vector<std::filesystem::path> open_;  // from the outermost to the innermost
};

}  // namespace

std::vector<InpBlock> read_inp_blocks(const std::filesystem::path& path, std::string text, Diagnostics& problems) {
    BlockReader reader(problems);
    reader.read(path, std::move(text));
    return std::move(reader.blocks);
}

}  // namespace foramen::io
