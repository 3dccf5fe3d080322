/**
 * The rooms of a node: who is there, who may do what, which track goes to whom. Each room is
 * confined to one loop; time, ids, network and threads come as arguments.
 */
@NullMarked
package dev.amphi.interactive.room;

import org.jspecify.annotations.NullMarked;
