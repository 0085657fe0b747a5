// What `--help` prints, taken apart again: the one source of completions and manual pages.
//
// Understood is the form that every verb keeps to: what it is about, `Usage:`, then sections with a
// title in a line of its own, of options or of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace revenant::ci {

struct HelpOption {
  std::vector<std::string> names;    // "-h", "--help"; of a positional argument its name
  std::string value;                 // "DIR", "TEXT"; empty: it takes none
  std::vector<std::string> choices;  // the words that the value may be, where it is one of a few
  bool repeats = false;
  bool in_one_word = false;  // with its value: --name=VALUE
  std::string signature;     // as printed: "--seed UINT=1"
  std::string text;          // in one line
};

struct HelpSection {
  std::string title;  // without its colon; empty where text follows that has none
  std::vector<HelpOption> options;
  std::vector<std::string> lines;  // text, as printed
};

struct HelpPage {
  std::vector<std::string> about;
  std::string usage;  // without "Usage: "
  std::vector<HelpSection> sections;
};

[[nodiscard]] HelpPage parse_help(std::string_view text);

// The options that a text behind the list of options names: "--scenario FILE.toml", "--goals",
// "--format=console|json". Not those of an example, or of any other section with a title.
[[nodiscard]] std::vector<HelpOption> options_in_text(const HelpPage& page);

}  // namespace revenant::ci
