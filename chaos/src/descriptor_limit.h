// The limit of open descriptors: the harness holds one for each process of the target's tree.
#pragma once

namespace revenant::chaos {

// Raises the soft limit to the hard one, once. The target gets the limit that was there before.
void raise_descriptor_limit() noexcept;

// Puts the limit back as it was. Async-signal-safe: for the child between fork and exec.
void restore_descriptor_limit() noexcept;

}  // namespace revenant::chaos
