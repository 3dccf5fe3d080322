/** Passes requests about a room on to the node that owns it, so that any node serves any room. */
@NullMarked
package dev.amphi.server.proxy;

import org.jspecify.annotations.NullMarked;
