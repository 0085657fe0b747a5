// A value as it has to be written in the format of a report, so that it is only ever text there.
#pragma once

#include <string>

namespace revenant::reports {

std::string escaped_for_markdown(const std::string& text);
// Plain text has nothing to escape: control characters are gone already (plain_text.h).
std::string as_it_is(const std::string& text);

}  // namespace revenant::reports
