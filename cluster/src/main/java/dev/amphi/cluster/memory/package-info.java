/** A cluster of one node, without a network. */
@NullMarked
package dev.amphi.cluster.memory;

import org.jspecify.annotations.NullMarked;
