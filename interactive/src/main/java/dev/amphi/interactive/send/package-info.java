/** One subscription slot: rewriting, history, retransmission, reports. */
@NullMarked
package dev.amphi.interactive.send;

import org.jspecify.annotations.NullMarked;
