/** Who owns which room: records, leases, the registry's port. */
@NullMarked
package dev.amphi.cluster.room;

import org.jspecify.annotations.NullMarked;
