/** Who owns which room, and which nodes there are. */
@NullMarked
package dev.amphi.cluster;

import org.jspecify.annotations.NullMarked;
