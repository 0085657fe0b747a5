// Text of a stranger, made fit to be shown.
//
// Names, samples and the standard error of a target are whatever the target wrote. What comes out
// of here is valid UTF-8 without control characters, of bounded length; it still has to be escaped
// for the place where it is put (the page's template escapes for HTML, data_file.h for gnuplot).
// Any thread; no state.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace revenant::reports {

enum class LineBreaks { shown, kept };

// `text` with invalid UTF-8, noncharacters and the characters that reorder a line (bidirectional
// overrides) replaced by U+FFFD, control characters replaced by their pictures (U+2400 and on), and
// no more than `bytes_max` bytes; what was cut is marked by an ellipsis. With LineBreaks::kept,
// line feeds and tabs stay.
std::string plain_text(std::string_view text, std::size_t bytes_max = 400,
                       LineBreaks breaks = LineBreaks::shown);

// About `bytes_max` bytes of valid UTF-8, of which both ends stay: programs differ in their names,
// and in their last arguments.
std::string with_its_middle_cut(const std::string& text, std::size_t bytes_max);

}  // namespace revenant::reports
