/** Synthetic participants and viewers: the demo's cast, the load generator and the benchmarks. */
@NullMarked
package dev.amphi.server.load;

import org.jspecify.annotations.NullMarked;
