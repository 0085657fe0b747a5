// The matrix in its formats, and against what is known of it.
#include "chaos/src/matrix/table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "chaos/src/matrix/golden.h"
#include "chaos/test/run/scratch_folder.h"

namespace revenant::chaos {
namespace {

Cell clean() {
  Cell cell;
  cell.state = Cell::State::judged;
  cell.ruling = "pass";
  cell.faults = 1;
  return cell;
}

Cell with(std::vector<std::string> findings, std::uint64_t open) {
  Cell cell = clean();
  cell.ruling = "fail";
  cell.findings = std::move(findings);
  cell.open = open;
  return cell;
}

Matrix small_matrix() {
  const auto all = experiments();
  Matrix matrix{.columns = {all[0], all[1]}, .rows = {}};
  matrix.rows.push_back(
      {.adapter = {.name = "revenant", .command = {}}, .cells = {clean(), clean()}});
  matrix.rows.push_back({.adapter = {.name = "a<b>|c", .command = {}, .folder = "/nowhere"},
                         .cells = {with({"lost"}, 7), clean()}});
  matrix.rows.push_back(
      {.adapter = {.name = "gone", .command = {}, .folder = "/nowhere", .absent = "no <node>"},
       .cells = {}});
  return matrix;
}

TEST(Table, StandsInColumnsAndNamesWhoWasLeftOut) {
  const std::string text = terminal_table(small_matrix(), {});
  EXPECT_EQ(text.substr(0, text.find("\n\n") + 1),
            "pool      busy    idle   harm\n"
            "revenant  clean   clean  0\n"
            "a<b>|c    7 lost  clean  7\n");
  EXPECT_NE(text.find("gone was left out: no <node>"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Table, IsColouredOnlyWhereThatIsWanted) {
  const std::string text = terminal_table(small_matrix(), {.colour = true});
  EXPECT_NE(text.find("\x1b[32mclean\x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("\x1b[31m7 lost\x1b[0m"), std::string::npos);
}

TEST(Table, LetsNoNameBreakMarkdownOrHtml) {
  EXPECT_NE(markdown_table(small_matrix()).find("| a\\<b>\\|c | 7 lost |"), std::string::npos);
  const std::string page = html_table(small_matrix());
  EXPECT_NE(page.find("a&lt;b&gt;|c"), std::string::npos);
  EXPECT_EQ(page.find("<b>"), std::string::npos);
  EXPECT_EQ(page.find("<node>"), std::string::npos);
}

TEST(Table, AsJsonHoldsEveryCell) {
  const auto json = nlohmann::json::parse(json_table(small_matrix()));
  EXPECT_EQ(json.at("pools").at(1).at("cells").at("busy").at("blast_radius"), 7);
  EXPECT_EQ(json.at("pools").at(1).at("cells").at("idle").at("verdict"), "pass");
  EXPECT_EQ(json.at("pools").at(2).at("absent"), "no <node>");
}

TEST(Golden, NamesEachCellThatIsNotAsItIsKnown) {
  const ScratchFolder folder;
  const auto differences_with = [&](const std::string& verdicts, Cell busy, Cell idle) {
    std::ofstream(folder.path() + "/verdicts.json") << verdicts;
    Matrix matrix = small_matrix();
    matrix.rows.resize(2);
    matrix.rows[1].adapter.folder = folder.path();
    matrix.rows[1].cells = {std::move(busy), std::move(idle)};
    return differences(matrix).size();
  };
  const std::string known = R"({"busy":{"lost":"always","stalled":"sometimes"},"idle":{}})";
  EXPECT_EQ(differences_with(known, with({"lost"}, 1), clean()), 0u);
  EXPECT_EQ(differences_with(known, with({"lost", "stalled"}, 1), clean()), 0u);
  EXPECT_EQ(differences_with(known, with({"stalled"}, 1), clean()), 1u);
  EXPECT_EQ(differences_with(known, with({"lost", "orphan"}, 1), clean()), 1u);
  EXPECT_EQ(differences_with(known, with({"lost"}, 1), with({"lost"}, 1)), 1u);
  EXPECT_EQ(differences_with(R"({"busy":{}})", clean(), clean()), 1u);
  EXPECT_THROW(differences_with("[", clean(), clean()), std::invalid_argument);
}

TEST(Golden, DemandsThatThisPoolIsClean) {
  Matrix matrix = small_matrix();
  matrix.rows.resize(1);
  EXPECT_TRUE(differences(matrix).empty());
  matrix.rows.front().cells.front() = with({"lost"}, 1);
  EXPECT_EQ(differences(matrix).size(), 1u);
}

}  // namespace
}  // namespace revenant::chaos
