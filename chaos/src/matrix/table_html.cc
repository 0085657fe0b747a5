#include <fmt/format.h>

#include "chaos/src/matrix/table.h"
#include "chaos/src/matrix/table_rows.h"

namespace revenant::chaos {
namespace {

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>revenant matrix</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
  color: #1c2430; background: #fff; }
div { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-bottom: 1px solid #d8dde4; }
td.clean { background: #e6f4ea; }
td.harm { background: #fdecea; }
td.harm::before { content: "\2717\00a0"; }
td.clean::before { content: "\2713\00a0"; }
td { min-width: 6rem; }
small { color: #5a6575; display: block; font-weight: normal; }
@media (max-width: 40rem) { small { display: none; } body { margin: 1rem auto; } }
li { color: #5a6575; }
</style>
<h1>Who loses what</h1>
<div><table>
)";

std::string html_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

const char* class_of(const Cell& cell) {
  if (cell.state != Cell::State::judged) return "none";
  return cell.is_clean() ? "clean" : "harm";
}

void append_row(std::string& page, const Row& row) {
  const auto texts = table_row(row);
  page += fmt::format("<tr><th scope=\"row\">{}<small>{}</small></th>", html_escaped(texts.front()),
                      html_escaped(row.adapter.version));
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    page +=
        fmt::format("<td class=\"{}\">{}</td>", class_of(row.cells[i]), html_escaped(texts[i + 1]));
  }
  page += fmt::format("<td>{}</td></tr>\n", html_escaped(texts.back()));
}

}  // namespace

std::string html_table(const Matrix& matrix) {
  std::string page = kHead;
  page += "<tr>";
  for (const auto& word : table_heading(matrix)) {
    page += fmt::format("<th scope=\"col\">{}</th>", html_escaped(word));
  }
  page += "</tr>\n";
  for (const Row& row : matrix.rows) {
    if (row.adapter.absent.empty()) append_row(page, row);
  }
  page += "</table></div>\n<ul>\n";
  for (const auto& note : table_notes(matrix))
    page += fmt::format("<li>{}</li>\n", html_escaped(note));
  return page + "</ul>\n</html>\n";
}

}  // namespace revenant::chaos
