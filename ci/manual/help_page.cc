#include "ci/manual/help_page.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace revenant::ci {
namespace {

constexpr std::string_view kUsage = "Usage: ";
constexpr std::string_view kPositionals = "Positionals";
constexpr std::size_t kNoColumn = std::string::npos;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream{std::string(text)};
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// The column where explanations begin: that of the option every page has.
std::size_t explanation_column(const std::vector<std::string>& lines) {
  constexpr std::string_view kHelp = "  -h,--help ";
  for (const auto& line : lines) {
    if (line.starts_with(kHelp)) return line.find_first_not_of(' ', kHelp.size());
  }
  return kNoColumn;
}

// "--format TEXT:{text,html}=text ... Excludes: --json" into its parts.
HelpOption parse_signature(std::string signature, bool is_positional) {
  HelpOption option;
  const auto name_end = std::min(signature.find(' '), signature.size());
  option.names = split(std::string_view(signature).substr(0, name_end), ',');
  std::string value = signature.substr(name_end);
  for (const std::string_view relation : {" Excludes:", " Needs:", " REQUIRED"}) {
    value.resize(std::min(value.find(relation), value.size()));
  }
  const auto dots = value.rfind("...");
  option.repeats = dots != std::string::npos;
  if (option.repeats) value.resize(dots);
  if (const auto open = value.find('{'); open != std::string::npos) {
    const auto close = std::min(value.find('}', open), value.size());
    option.choices = split(std::string_view(value).substr(open + 1, close - open - 1), ',');
  }
  option.value = trimmed(value.substr(0, value.find_first_of(":=")));
  if (is_positional && option.value.empty()) option.value = option.names.front();
  option.signature = std::move(signature);
  return option;
}

// "echo" of "echo", "stop" of "stop[:MS] (a late ghost)"; empty if that is no word with its
// comment.
std::string word_of_item(std::string_view item) {
  const auto end =
      std::min(item.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), item.size());
  const std::string_view after = item.substr(end);
  const bool is_word = after.empty() || after.starts_with(":") || after.starts_with("[:") ||
                       (after.starts_with(" (") && after.ends_with(')'));
  return std::string(is_word ? item.substr(0, end) : "");
}

// How much of `text` comes before a comma or semicolon that is in no parentheses.
std::size_t item_length(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth == 0 && (text[i] == ',' || text[i] == ';')) return i;
  }
  return text.size();
}

// The words of an explanation that is a list of them: "kill (the default), stop[:MS]; may be …".
// Empty if it is anything else.
std::vector<std::string> listed_words(std::string_view text) {
  std::vector<std::string> words;
  std::size_t items = 0;
  for (bool at_end = false; !at_end; ++items) {
    const auto end = item_length(text);
    std::string word = word_of_item(text.substr(0, end));
    if (word.empty()) return {};
    if (std::ranges::find(words, word) == words.end()) words.push_back(std::move(word));
    at_end = end == text.size() || text[end] == ';';
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return items > 2 ? words : std::vector<std::string>{};
}

// "--workers UINT:UINT in [1 - 2048]=4" may have its blank where explanations begin.
bool is_within_brackets(std::string_view text) {
  return std::ranges::count(text, '[') > std::ranges::count(text, ']');
}

// "--format=console|json," or, of two words, "--scenario FILE.toml".
HelpOption option_named(std::string_view word, std::string_view next) {
  word = word.substr(0, word.find_last_not_of(",;:.") + 1);
  const auto name_end = std::min(word.find('='), word.size());
  HelpOption option;
  option.names = {std::string(word.substr(0, name_end))};
  option.in_one_word = name_end < word.size();
  if (option.in_one_word) {
    option.value = word.substr(name_end + 1);
  } else if (!next.empty() && std::isupper(static_cast<unsigned char>(next.front())) != 0) {
    option.value = next;
  }
  if (option.value.find('|') != std::string::npos) option.choices = split(option.value, '|');
  option.signature = word;
  return option;
}

class Parser {
 public:
  explicit Parser(std::vector<std::string> lines)
      : lines_(std::move(lines)), column_(explanation_column(lines_)) {}

  HelpPage parse() {
    std::size_t i = 0;
    for (; i < lines_.size() && !lines_[i].starts_with(kUsage); ++i) {
      page_.about.push_back(lines_[i]);
    }
    if (i < lines_.size()) page_.usage = lines_[i++].substr(kUsage.size());
    for (; i < lines_.size(); ++i) {
      take(lines_[i], i + 1 < lines_.size() ? lines_[i + 1] : "");
    }
    for (auto& section : page_.sections) {
      for (auto& option : section.options) {
        if (!option.value.empty() && option.choices.empty()) {
          option.choices = listed_words(option.text);
        }
      }
    }
    return std::move(page_);
  }

 private:
  void take(const std::string& line, std::string_view next) {
    if (line.empty()) return take_blank();
    if (indent_of(line) == 0 && line.ends_with(':') && next.starts_with("  ")) {
      page_.sections.push_back(
          {.title = line.substr(0, line.size() - 1), .options = {}, .lines = {}});
      in_option_ = false;
      return;
    }
    if (begins_option(line)) return take_option(line);
    if (in_option_ && indent_of(line) >= column_) {
      std::string& text = page_.sections.back().options.back().text;
      text += (text.empty() ? "" : " ") + trimmed(line);
      return;
    }
    in_option_ = false;
    if (page_.sections.empty() || !page_.sections.back().options.empty()) {
      page_.sections.emplace_back();
    }
    page_.sections.back().lines.push_back(line);
  }

  // Ends a section of options; in a text it is part of it.
  void take_blank() {
    in_option_ = false;
    if (page_.sections.empty()) return;
    HelpSection& section = page_.sections.back();
    if (!section.lines.empty()) section.lines.emplace_back();
  }

  [[nodiscard]] bool begins_option(const std::string& line) const {
    if (column_ == kNoColumn || page_.sections.empty() || indent_of(line) != 2) return false;
    const HelpSection& section = page_.sections.back();
    return section.lines.empty() && (line[2] == '-' || section.title == kPositionals);
  }

  void take_option(const std::string& line) {
    HelpSection& section = page_.sections.back();
    const bool has_text = line.size() > column_ && line[column_ - 1] == ' ' &&
                          !is_within_brackets(std::string_view(line).substr(0, column_));
    std::string signature =
        trimmed(std::string_view(line).substr(0, has_text ? column_ : line.size()));
    section.options.push_back(parse_signature(std::move(signature), section.title == kPositionals));
    if (has_text) section.options.back().text = trimmed(std::string_view(line).substr(column_));
    in_option_ = true;
  }

  std::vector<std::string> lines_;
  std::size_t column_;
  HelpPage page_;
  bool in_option_ = false;
};

}  // namespace

std::vector<HelpOption> options_in_text(const HelpPage& page) {
  std::vector<HelpOption> options;
  for (const HelpSection& section : page.sections) {
    if (!section.title.empty()) continue;
    for (const std::string& line : section.lines) {
      const std::vector<std::string> words = split(line, ' ');
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--")) continue;
        options.push_back(option_named(words[i], i + 1 < words.size() ? words[i + 1] : ""));
      }
    }
  }
  return options;
}

HelpPage parse_help(std::string_view text) { return Parser(split(text, '\n')).parse(); }

}  // namespace revenant::ci
