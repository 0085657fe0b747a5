// The record that workers keep themselves of the tasks they do (operation `record`).
#pragma once

#include <string>

#include "chaos/src/recorder.h"

namespace revenant::chaos {

// Each line, "task-17 4711", becomes an event of the history. A file that is not there says that
// nothing was done.
void record_executions(const std::string& path, Recorder& recorder);

}  // namespace revenant::chaos
