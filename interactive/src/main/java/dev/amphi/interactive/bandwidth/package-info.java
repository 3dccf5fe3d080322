/** Transport-wide congestion control: numbering and feedback. */
@NullMarked
package dev.amphi.interactive.bandwidth;

import org.jspecify.annotations.NullMarked;
