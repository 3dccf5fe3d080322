/** The forwarding benchmark: this node beside Janus, by the same load client. */
@NullMarked
package dev.amphi.server.load.sfu;

import org.jspecify.annotations.NullMarked;
