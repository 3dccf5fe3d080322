/** Finding and keeping a network path (ICE, RFC 8445) by ice4j, on one UDP port for everybody. */
@NullMarked
package dev.amphi.interactive.transport.ice;

import org.jspecify.annotations.NullMarked;
