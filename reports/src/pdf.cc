#include "reports/src/pdf.h"

#include <unistd.h>

#include <system_error>
#include <vector>

#include "reports/src/child_program.h"

namespace revenant::reports {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> chromium_arguments(const fs::path& page, const fs::path& out,
                                            const fs::path& profile) {
  std::vector<std::string> words = {"--headless",
                                    "--disable-gpu",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--user-data-dir=" + profile.string(),
                                    "--no-pdf-header-footer",
                                    "--print-to-pdf-no-header",
                                    "--print-to-pdf=" + out.string(),
                                    "file://" + page.string()};
  // Chromium refuses to run as root with its sandbox. The page has no script to confine.
  if (::geteuid() == 0) words.insert(words.begin(), "--no-sandbox");
  return words;
}

}  // namespace

std::optional<fs::path> find_printer() {
  for (const char* name :
       {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "weasyprint"}) {
    if (auto found = find_program(name)) return found;
  }
  return std::nullopt;
}

std::string print_pdf(const fs::path& printer, const fs::path& page, const fs::path& pdf) {
  const fs::path folder = fs::absolute(pdf).parent_path();
  const fs::path out = folder / ("partial-" + pdf.filename().string());
  const fs::path profile = folder / "partial-profile";
  const bool weasy = printer.filename() == "weasyprint";
  std::string problem = run_child(
      {.program = printer,
       .folder = folder,
       .arguments = weasy ? std::vector<std::string>{page.filename().string(), out.string()}
                          : chromium_arguments(fs::absolute(page), out, profile),
       .task = page.filename().string(),
       .limit = std::chrono::minutes(1)});
  std::error_code error;
  fs::remove_all(profile, error);
  if (problem.empty()) {
    fs::rename(out, pdf, error);
    if (error) problem = printer.filename().string() + " exited with 0 but wrote no PDF";
  }
  fs::remove(out, error);
  return problem;
}

}  // namespace revenant::reports
