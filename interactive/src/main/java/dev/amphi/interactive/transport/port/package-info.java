/** The node's one media port by Netty: its loops, sockets, and whose a datagram is. */
@NullMarked
package dev.amphi.interactive.transport.port;

import org.jspecify.annotations.NullMarked;
