/** Redundancy sent beforehand, so that a loss costs no round trip: RED for sound, FlexFEC. */
@NullMarked
package dev.amphi.interactive.fec;

import org.jspecify.annotations.NullMarked;
