#pragma once

// The keyword blocks of an input file of Abaqus or CalculiX, without any meaning yet.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "io/diagnostics.hpp"

namespace foramen::io {

/// A word between commas, and where it stands.
struct InpWord {
    std::string text;
    Mark mark;
};

/// A data line; its text belongs to the source that the diagnostics keep.
struct InpLine {
    std::string_view text;
    Mark mark;  ///< of the line as a whole
};

/// Words between commas; a comma inside quotes is a letter. Nothing after the last comma is no word.
/// @param words  what it held is lost; its memory serves again
void read_words(const InpLine& line, std::vector<InpWord>& words);

/// TYPE=C3D8, or GENERATE without a value.
struct InpParameter {
    std::string name;  ///< in capitals
    InpWord value;     ///< as written, without quotes
};

/// A keyword with its parameters and the data lines below it.
struct InpBlock {
    InpWord keyword;  ///< in capitals, without the asterisk
    std::vector<InpParameter> parameters;
    std::vector<InpLine> lines;

    /// Null if the keyword line does not give it.
    [[nodiscard]] const InpParameter* parameter(std::string_view name) const;
};

[[nodiscard]] std::string in_capitals(std::string_view text);

/// Blocks of a text with all that it includes; *INCLUDE files are looked for beside the file that names them. Comment lines (**)
/// are passed over, keyword lines that end with a comma go on in the next line.
[[nodiscard]] std::vector<InpBlock> read_inp_blocks(const std::filesystem::path& path, std::string text, Diagnostics& problems);

/// The whole file. @return false if it cannot be read
[[nodiscard]] bool read_whole_file(const std::filesystem::path& path, std::string& text);

}  // namespace foramen::io
