#include "chaos/src/script_text.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace revenant::chaos {
namespace {

TEST(ScriptText, AScriptedFaultIsReadAndWrittenBackTheSame) {
  for (const std::string text :
       {"kill@120", "kill@0,worker=2", "kill:3@7", "stop:50@300,worker=0", "kill-main@9",
        "kill@12,when=idle", "kill@12,worker=1,when=at-write,call=3,side=leaving",
        "stop:20@4,when=at-read,call=1,side=entering", "kill@5,when=before-ready,call=16",
        "kill@5,when=draining"}) {
    EXPECT_EQ(to_string(parse_scripted_fault(text)), text);
  }
}

TEST(ScriptText, WhatHasNoPlaceOrNoMeaningIsRefusedWithAnExample) {
  for (const std::string text :
       {"kill", "kill@", "@5", "kill@x", "kill@5,worker=x", "kill@5,when=poisson",
        "kill@5,when=never", "kill@5,side=both", "kill@5,call=0", "kill@5,colour=red"}) {
    EXPECT_THROW(static_cast<void>(parse_scripted_fault(text)), std::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace revenant::chaos
