// The page as a PDF, printed by a program that renders HTML.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace revenant::reports {

// Chromium or Chrome, else WeasyPrint, from PATH; nothing if none is there.
std::optional<std::filesystem::path> find_printer();

// What a reader is told where there is none.
inline constexpr const char* kNoPrinter =
    "--format pdf needs chromium, google-chrome or weasyprint on PATH; install one of them "
    "(Debian: "
    "apt install chromium, or apt install weasyprint), or print report.html from a browser";

// Prints `page` to `pdf` by way of a file beside it that is renamed. Empty if it is there, else a
// sentence. Waits for the printer, a minute at most.
std::string print_pdf(const std::filesystem::path& printer, const std::filesystem::path& page,
                      const std::filesystem::path& pdf);

}  // namespace revenant::reports
