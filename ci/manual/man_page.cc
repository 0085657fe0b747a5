#include "ci/manual/man_page.h"

#include <algorithm>
#include <cctype>

namespace revenant::ci {
namespace {

// Text that roff shall print as it is, whatever the line begins with.
std::string plain(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

std::string heading(const std::string& title) { return ".SH \"" + upper(title) + "\"\n"; }

std::string title_line(const std::string& name, std::string_view version) {
  return ".\\\" Made by `revenant man` from --help.\n.TH \"" + upper(name) +
         "\" \"1\" \"\" \"revenant " + std::string(version) + "\" \"User Commands\"\n" +
         heading("Name");
}

// What roff has to be told between two lines of a text.
std::string_view between(bool stood, bool stands, bool blank, std::string_view before) {
  if (stood != stands) return stands ? ".PP\n.nf\n" : ".fi\n.PP\n";
  if (blank) return stands ? "\n" : ".PP\n";
  return !stands && before.ends_with('.') ? ".br\n" : "";
}

// Lines that are indented stand as they are; the others flow, up to a line that ends a sentence.
std::string body(const std::vector<std::string>& lines) {
  std::string text;
  std::string_view before;
  bool stood = false;
  bool blank = false;
  for (const auto& line : lines) {
    if (line.empty()) {
      blank = true;
      continue;
    }
    const bool stands = line.starts_with("  ");
    if (text.empty()) {
      text += stands ? ".nf\n" : "";
    } else {
      text += between(stood, stands, blank, before);
    }
    text += plain(line) + "\n";
    before = line;
    stood = stands;
    blank = false;
  }
  return stood ? text + ".fi\n" : text;
}

std::string option_paragraph(const HelpOption& option) {
  const auto name_end = std::min(option.signature.find(' '), option.signature.size());
  return ".TP\n\\fB" + plain(option.signature.substr(0, name_end)) + "\\fR" +
         plain(option.signature.substr(name_end)) + "\n" + plain(option.text) + "\n";
}

std::string section_text(const HelpSection& section) {
  std::string text = heading(section.title.empty() ? "Notes" : section.title);
  for (const HelpOption& option : section.options) text += option_paragraph(option);
  return text + body(section.lines);
}

}  // namespace

std::string man_page_of_all(std::span<const Verb> verbs, std::string_view version) {
  std::string text = title_line("revenant", version);
  text += "revenant \\- a worker pool that survives SIGKILL, and the harness that proves it\n" +
          heading("Synopsis") +
          "\\fBrevenant\\fR \\fIVERB\\fR [\\fIOPTIONS\\fR]\n.br\n\\fBrevenant \\-\\-version\\fR\n" +
          heading("Verbs");
  std::string others;
  for (const Verb& verb : verbs) {
    const std::string name(verb.name);
    text += ".TP\n\\fB" + plain(name) + "\\fR\n" + plain(verb.does) + ":\n.br\n";
    text += plain(verb.example) + "\n";
    others += (others.empty() ? "" : ",\n") + (".BR revenant\\-" + plain(name) + " (1)");
  }
  return text + heading("Exit status") +
         "Of every verb: 0 pass, 1 fail, 2 unknown (the run supports no verdict), 3 wrong usage "
         "or\n"
         "configuration, 4 revenant itself failed.\n" +
         heading("See also") + others + "\n";
}

std::string man_page(const VerbPage& verb, std::string_view version) {
  const std::string name = "revenant-" + verb.name;
  std::string text = title_line(name, version);
  text += plain(name) + " \\- " + plain(verb.does) + "\n" + heading("Synopsis") + "\\fB" +
          plain(verb.page.usage) + "\\fR\n" + heading("Description") + body(verb.page.about);
  for (const HelpSection& section : verb.page.sections) text += section_text(section);
  for (const VerbMode& mode : verb.modes) {
    text += heading("revenant " + verb.name + " " + mode.option) + body(mode.page.about);
    for (const HelpSection& section : mode.page.sections) {
      for (const HelpOption& option : section.options) text += option_paragraph(option);
      if (!section.lines.empty()) text += ".PP\n" + body(section.lines);
    }
  }
  return text + heading("See also") + ".BR revenant (1)\n";
}

}  // namespace revenant::ci
