#include "ci/manual/verb_page.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iterator>

#include "pool/os/error.h"
#include "pool/os/read_to_end.h"
#include "pool/os/unique_fd.h"

namespace revenant::ci {
namespace {

// In the child. The verb writes into `out` as if that were standard output.
[[noreturn]] void print_help(const Verb& verb, std::vector<std::string> words, int out) {
  ::dup2(out, STDOUT_FILENO);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int code = verb.run(static_cast<int>(words.size()), argv.data());
  std::fflush(stdout);
  ::_exit(code);
}

std::string help_of(const Verb& verb, const std::string& mode) {
  std::vector<std::string> words{"revenant " + std::string(verb.name), "--help"};
  if (!mode.empty()) words.insert(words.begin() + 1, mode);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) os::throw_errno("pipe for the help of a verb");
  const os::UniqueFd in(ends[0]);
  os::UniqueFd out(ends[1]);
  std::fflush(nullptr);  // or the child prints it again
  const pid_t pid = ::fork();
  if (pid < 0) os::throw_errno("fork for the help of a verb");
  if (pid == 0) print_help(verb, std::move(words), out.get());
  out.reset();
  std::string text = os::read_to_end(in.get()).value_or("");
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return text;
}

// Each MODE of "see revenant VERB MODE --help".
std::vector<std::string> modes_in(const std::string& text, std::string_view verb) {
  const std::string before = "see revenant " + std::string(verb) + " ";
  std::vector<std::string> modes;
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
    at += before.size();
    const auto end = text.find(' ', at);
    if (text.compare(at, 2, "--") == 0 && end != std::string::npos) {
      modes.push_back(text.substr(at, end - at));
    }
  }
  return modes;
}

void add_options(const std::vector<HelpOption>& options, std::vector<HelpOption>& all) {
  for (const HelpOption& option : options) {
    const bool is_known = std::ranges::any_of(all, [&](const HelpOption& other) {
      return std::ranges::find(other.names, option.names.back()) != other.names.end();
    });
    if (option.names.front().starts_with('-') && !is_known) all.push_back(option);
  }
}

void add_options(const HelpPage& page, std::vector<HelpOption>& all) {
  for (const HelpSection& section : page.sections) add_options(section.options, all);
  add_options(options_in_text(page), all);
}

// The options of `other` that have a value, under the names by which `page` hands them on; none
// where it does not.
std::vector<HelpOption> options_handed_on(const HelpPage& page, const VerbPage& other) {
  const std::string prefix = "--" + other.name + "-";
  const bool hands_on = std::ranges::any_of(page.about, [&](const std::string& line) {
    return line.find(prefix + "NAME VALUE is handed on") != std::string::npos;
  });
  std::vector<HelpOption> options;
  if (!hands_on) return options;
  for (HelpOption& option : other.options()) {
    if (option.value.empty()) continue;
    option.names = {prefix + option.names.back().substr(2)};
    options.push_back(std::move(option));
  }
  return options;
}

}  // namespace

std::vector<HelpOption> VerbPage::options() const {
  std::vector<HelpOption> all;
  add_options(page, all);
  for (const VerbMode& mode : modes) add_options(mode.page, all);
  add_options(handed_on, all);
  return all;
}

std::vector<HelpOption> VerbPage::positionals() const {
  std::vector<HelpOption> all;
  for (const HelpSection& section : page.sections) {
    std::ranges::copy_if(section.options, std::back_inserter(all), [](const HelpOption& option) {
      return !option.names.front().starts_with('-');
    });
  }
  return all;
}

VerbPage read_verb_page(const Verb& verb) {
  const std::string text = help_of(verb, "");
  VerbPage page{.name = std::string(verb.name),
                .does = std::string(verb.does),
                .page = parse_help(text),
                .modes = {},
                .handed_on = {}};
  for (const auto& mode : modes_in(text, verb.name)) {
    page.modes.push_back({.option = mode, .page = parse_help(help_of(verb, mode))});
  }
  return page;
}

std::vector<VerbPage> read_verb_pages(std::span<const Verb> verbs) {
  std::vector<VerbPage> pages;
  for (const Verb& verb : verbs) pages.push_back(read_verb_page(verb));
  for (VerbPage& page : pages) {
    for (const VerbPage& other : pages) {
      auto options = options_handed_on(page.page, other);
      std::ranges::move(options, std::back_inserter(page.handed_on));
    }
  }
  return pages;
}

}  // namespace revenant::ci
