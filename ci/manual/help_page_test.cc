// `--help` taken apart: nothing that it says of an option is lost.
#include "ci/manual/help_page.h"

#include <gtest/gtest.h>

namespace revenant::ci {
namespace {

constexpr const char* kHelp = R"(Runs pools.
Each under one fault.
Usage: revenant matrix [OPTIONS] [ADAPTER...]

Positionals:
  ADAPTER TEXT ...            Rows
                              [all]

Options:
  -h,--help                   Print this
  --fault TEXT:{busy,idle}=busy ...
                              Columns
  --seed UINT=1               Of every run
  --a-name-as-wide-as-it-may Explained
  --check Excludes: --quiet   Compare
  --workers UINT:UINT in [1 - 2048]=4
                              As many

A cell is a run.
  --not-an-option, but part of a text

Examples:
  revenant matrix --fault busy
)";

TEST(HelpPage, BeginsWithWhatItIsAbout) {
  const HelpPage page = parse_help(kHelp);
  EXPECT_EQ(page.about, (std::vector<std::string>{"Runs pools.", "Each under one fault."}));
  EXPECT_EQ(page.usage, "revenant matrix [OPTIONS] [ADAPTER...]");
  ASSERT_EQ(page.sections.size(), 4U);
}

TEST(HelpPage, KeepsPositionalArgumentsApart) {
  const HelpSection section = parse_help(kHelp).sections[0];
  ASSERT_EQ(section.options.size(), 1U);
  EXPECT_EQ(section.options[0].names, std::vector<std::string>{"ADAPTER"});
  EXPECT_EQ(section.options[0].text, "Rows [all]");
  EXPECT_TRUE(section.options[0].repeats);
}

TEST(HelpPage, KnowsNamesValuesAndChoicesOfOptions) {
  const std::vector<HelpOption> options = parse_help(kHelp).sections[1].options;
  ASSERT_EQ(options.size(), 6U);
  EXPECT_EQ(options[0].names, (std::vector<std::string>{"-h", "--help"}));
  EXPECT_EQ(options[0].value, "");
  EXPECT_EQ(options[1].value, "TEXT");
  EXPECT_EQ(options[1].choices, (std::vector<std::string>{"busy", "idle"}));
  EXPECT_EQ(options[1].text, "Columns");
  EXPECT_TRUE(options[1].repeats);
  EXPECT_EQ(options[2].value, "UINT");
  EXPECT_EQ(options[2].signature, "--seed UINT=1");
  EXPECT_EQ(options[3].names, std::vector<std::string>{"--a-name-as-wide-as-it-may"});
  EXPECT_EQ(options[4].value, "") << "what it excludes is no value";
  EXPECT_EQ(options[5].signature, "--workers UINT:UINT in [1 - 2048]=4");
  EXPECT_EQ(options[5].text, "As many");
}

TEST(HelpPage, TakesAnExplanationThatListsWordsForChoices) {
  const auto choices = [](const std::string& text) {
    const std::string help =
        "Usage: x\n\nOptions:\n  -h,--help  Print\n  --fault F  " + text + "\n";
    return parse_help(help).sections.at(0).options.at(1).choices;
  };
  EXPECT_EQ(choices("kill (the default), kill:K, stop[:MS] (a while; or more), oom; several times"),
            (std::vector<std::string>{"kill", "stop", "oom"}));
  EXPECT_TRUE(choices("a fault, or two, or three").empty());
  EXPECT_TRUE(choices("the seed").empty());
}

TEST(HelpPage, FindsTheOptionsThatItsTextNames) {
  const HelpPage page = parse_help(R"(Usage: x

Options:
  -h,--help  Print

x --goals measures; x --scenario FILE.toml runs: see x --goals --help.
Any of --filter=REGEX, --list,
--format=console|json ...

Examples:
  x --not-this
)");
  const std::vector<HelpOption> options = options_in_text(page);
  ASSERT_EQ(options.size(), 7U);
  EXPECT_EQ(options[0].names, std::vector<std::string>{"--goals"});
  EXPECT_EQ(options[0].value, "");
  EXPECT_EQ(options[1].names, std::vector<std::string>{"--scenario"});
  EXPECT_EQ(options[1].value, "FILE.toml");
  EXPECT_FALSE(options[1].in_one_word);
  EXPECT_EQ(options[4].names, std::vector<std::string>{"--filter"});
  EXPECT_EQ(options[4].value, "REGEX");
  EXPECT_TRUE(options[4].in_one_word);
  EXPECT_EQ(options[5].names, std::vector<std::string>{"--list"});
  EXPECT_EQ(options[6].choices, (std::vector<std::string>{"console", "json"}));
}

TEST(HelpPage, LeavesTextAsItIs) {
  const HelpPage page = parse_help(kHelp);
  EXPECT_TRUE(page.sections[2].options.empty());
  EXPECT_EQ(page.sections[2].lines[1], "  --not-an-option, but part of a text");
  EXPECT_EQ(page.sections[3].title, "Examples");
  EXPECT_EQ(page.sections[3].lines[0], "  revenant matrix --fault busy");
}

}  // namespace
}  // namespace revenant::ci
