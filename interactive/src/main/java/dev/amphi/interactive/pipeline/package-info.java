/** One transport's media path, declared as a tree of small nodes with counters. */
@NullMarked
package dev.amphi.interactive.pipeline;

import org.jspecify.annotations.NullMarked;
