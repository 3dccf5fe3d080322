/** A cluster over embedded Hazelcast; the only importer of it. */
@NullMarked
package dev.amphi.cluster.hazelcast;

import org.jspecify.annotations.NullMarked;
