/** The nodes of the cluster and their load. */
@NullMarked
package dev.amphi.cluster.node;

import org.jspecify.annotations.NullMarked;
