/** One published stream: loss, order, frames, reports. */
@NullMarked
package dev.amphi.interactive.receive;

import org.jspecify.annotations.NullMarked;
