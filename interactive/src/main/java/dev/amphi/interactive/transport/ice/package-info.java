/** Finding and keeping a network path (ICE, RFC 8445) without sockets or clocks. */
@NullMarked
package dev.amphi.interactive.transport.ice;

import org.jspecify.annotations.NullMarked;
